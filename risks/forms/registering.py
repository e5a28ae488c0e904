"""What is typed about a risk itself: its words, what it concerns, who looks after it, when it is looked at again."""

from typing import Any

from django import forms

from actions.deadlines import read_deadline
from actions.forms.deadlines import DeadlineField
from actions.models import Action
from actions.models.choices import every_matter
from actions.services import Owner
from allies.models import Actor, Appointment, Body, Organisation, Person, Project
from allies.widgets import DayField
from risks.models import Category, Response, Risk

FOLLOWS = {
    Category.GOVERNANCE: "How we decide, and who may",
    Category.OPERATIONAL: "The daily work, and those who do it",
    Category.FINANCIAL: "Money that comes, goes or stops",
    Category.EXTERNAL: "Partners, the public, policy",
    Category.COMPLIANCE: "Law, contracts, safeguarding",
}


class RiskForm(forms.Form):
    """What the register says of a risk. Asked for: what might happen, and the category."""

    title = forms.CharField(
        label="What might happen?", max_length=300, error_messages={"required": "Say what might happen"}
    )
    because = forms.CharField(
        label="Because of what?", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    effect = forms.CharField(
        label="With what effect?", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    category = forms.ChoiceField(
        label="Category",
        choices=[(one.value, f"{one.label}: {FOLLOWS[one].lower()}") for one in Category],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the category that fits best"},
    )
    concerns = forms.MultipleChoiceField(
        label="Which projects or partners does it concern?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None, if it is about the group itself.",
    )
    looked_after_by = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who looks after it?",
        required=False,
        empty_label="Nobody yet",
        help_text="The group holds the risk. This person sees that it is looked at.",
    )
    response = forms.ChoiceField(
        label="What is done about it?",
        choices=[("", "Not decided yet"), *Response.choices],
        required=False,
        help_text="Tolerate: live with it. Treat: act on it. Transfer: share it. Terminate: stop what causes it.",
    )
    review_months = forms.TypedChoiceField(
        label="How often is it looked at again?",
        choices=[
            (3, "Every three months"),
            (6, "Every six months"),
            (12, "Every year"),
            (1, "Every month"),
            ("", "No rhythm"),
        ],
        coerce=lambda value: int(value) if value else None,
        empty_value=None,
        required=False,
        initial=3,
    )
    review_on = DayField(
        label="And next on", required=False, help_text="Leave it empty to count from the last look."
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Which group holds it?", empty_label=None, required=False
    )

    def __init__(self, *args: Any, actor: Actor, bodies: list[Body], **kwargs: Any) -> None:
        """`bodies` are those that could hold it; the first is chosen. One alone is not asked for."""
        super().__init__(*args, **kwargs)
        projects, partners = every_matter(actor)
        groups = [(name, rows) for name, rows in (("Projects", projects), ("Partners", partners)) if rows]
        self.fields["concerns"].choices = groups  # type: ignore[attr-defined]
        self.bodies = bodies
        self.fields["looked_after_by"].queryset = Person.objects.order_by("full_name")  # type: ignore[attr-defined]
        if len(bodies) > 1:
            ids = [one.pk for one in bodies]
            self.fields["body"].queryset = Body.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
            self.fields["body"].initial = bodies[0].pk
        else:
            del self.fields["body"]

    def concerned(self) -> list[Project | Organisation]:
        """The rows that were ticked. Call on a valid form."""
        ids: dict[str, list[str]] = {"project": [], "organisation": []}
        for key in self.cleaned_data["concerns"]:
            kind, _, pk = key.partition(":")
            ids[kind].append(pk)
        return [
            *Project.objects.filter(pk__in=ids["project"]),
            *Organisation.objects.filter(pk__in=ids["organisation"]),
        ]

    def values(self) -> dict[str, Any]:
        """What was typed, for the services. Call on a valid form."""
        names = ("title", "because", "effect", "category", "looked_after_by", "response")
        return {name: self.cleaned_data[name] for name in (*names, "review_months", "review_on")}

    def holder(self) -> Body:
        """The group that was chosen, or the only one."""
        return self.cleaned_data.get("body") or self.bodies[0]

    @staticmethod
    def initial_of(risk: Risk) -> dict[str, Any]:
        """What the form of an existing risk begins with."""
        names = ("title", "because", "effect", "category", "looked_after_by", "response", "review_months")
        return {name: getattr(risk, name) for name in (*names, "review_on")} | {
            "concerns": [
                f"project:{one.about_project_id}"
                if one.about_project_id
                else f"organisation:{one.about_organisation_id}"
                for one in risk.matters.all()
            ]
        }


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Why?",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why: the reason goes in the record"},
    )


class TreatForm(forms.Form):
    """An action that treats a risk: one of those that are open, or a new one."""

    mark_optional = False
    action = forms.ModelChoiceField(
        Action.objects.none(),
        label="An action that is open already",
        required=False,
        empty_label="Not one of these",
    )
    text = forms.CharField(
        label="Or a new one: what is to be done?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Who carries the new one?", required=False, empty_label="Nobody chosen"
    )
    deadline = DeadlineField(
        label="Its deadline, in your own words",
        help_text="Such as 31 January 2026, at the next meeting, once the report is out.",
    )

    def __init__(self, *args: Any, actor: Actor, risk: Risk, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        taken = risk.treatments.values("action")
        open_ones = Action.objects.visible_to(actor).open().exclude(pk__in=taken).order_by("text")
        self.fields["action"].queryset = open_ones  # type: ignore[attr-defined]
        held = Appointment.objects.on(today).values("person")
        self.fields["owner"].queryset = Person.objects.filter(pk__in=held).order_by("full_name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("action")) == bool(cleaned.get("text")) and not self.errors:
            raise forms.ValidationError(
                "Choose an action or write a new one, not both"
                if cleaned.get("text")
                else "Choose an action, or write a new one"
            )
        return cleaned

    def new_action(self) -> dict[str, Any]:
        """The new one, for `treat_anew`. Call on a valid form with `text`."""
        typed = self.cleaned_data
        owner = typed["owner"]
        return {
            "text": typed["text"],
            "owners": [Owner(owner.full_name, person=owner)] if owner else [],
            "deadline": read_deadline(typed["deadline"], meeting_date=self.today)
            if typed["deadline"]
            else None,
        }
