"""The forms of the escalation review: keys, standing aside, substitutes, correspondence, the university, sittings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from actions.deadlines import read_deadline
from actions.forms.deadlines import DeadlineField
from actions.services import Owner
from allies.models import Actor, Appointment, Organisation, Person, Project
from allies.widgets import ChoiceCards, DayField
from risks.correspondence import Answer
from risks.models import CaseResponse
from risks.models.proposal import ANSWER_CHOICES
from risks.services.deciding import Decided, ToDo

FOLLOWS = {
    CaseResponse.LET_GO: "Nothing more is done about it.",
    CaseResponse.TALK: "A conversation with them, with somebody from the group there.",
    CaseResponse.TERMS: "Go on only under terms that both sides sign.",
    CaseResponse.PAUSE: "Stop the work for now.",
    CaseResponse.RED_LINE: "We decline the work, or leave it.",
    CaseResponse.ACCEPT: "Go on as it is. It comes back by itself after the day you give.",
}
SAY_WHY = {"required": "Say why: the reason goes in the record"}


def _words(label: str, missing: str, *, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=8000,
        widget=forms.Textarea({"rows": rows}),
        help_text=hint,
        error_messages={"required": missing},
    )


class DecidedForm(forms.Form):
    """What should happen, and why. Nothing is chosen beforehand."""

    response = forms.ChoiceField(
        label="What should happen?",
        choices=CaseResponse.choices,
        widget=ChoiceCards(follows={key.value: words for key, words in FOLLOWS.items()}),
        error_messages={"required": "Choose what should happen"},
    )
    until = DayField(
        label="Accept until, if you accept it",
        required=False,
        help_text="The last day. Leave it empty for every other choice.",
    )
    reason = _words(
        "Why",
        SAY_WHY["required"],
        hint="This goes in the record. Say what you weighed, and what is lost either way.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse an acceptance without a day to come, and a day without an acceptance."""
        cleaned = super().clean() or self.cleaned_data
        response, until = cleaned.get("response"), cleaned.get("until")
        if response == CaseResponse.ACCEPT and "until" not in self.errors:
            if until is None:
                self.add_error(
                    "until", "Say until when it is accepted: it comes back by itself after that day"
                )
            elif until <= self.today:
                self.add_error("until", "Give a day that is still to come")
        elif response and until:
            self.add_error("until", "Only an acceptance has a day: leave it empty, or choose to accept")
        return cleaned

    def decided(self) -> Decided:
        """What was chosen. Call on a valid form."""
        typed = self.cleaned_data
        return Decided(CaseResponse(typed["response"]), typed["reason"], typed["until"])


class HostDecidedForm(DecidedForm):
    """What the university decided, and when."""

    on = DayField(label="When it decided", required=False, help_text="Leave it empty for today.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["response"].label = "What did the university decide?"
        self.fields["until"].label = "Accepted until, if it accepted it"
        self.fields["reason"].label = "Its reasons"
        self.fields["reason"].help_text = "As far as it gave them. This goes in the record."


class AsideForm(forms.Form):
    """A word on what ties somebody to the matter; it need not be said."""

    words = forms.CharField(
        label="What ties you to it",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Only the chairs read this. Everyone sees that you stood aside.",
    )


class PersonForm(forms.Form):
    """One of some people; a substitute, or a chair who cannot be reached."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one person"},
    )

    def __init__(self, *args: Any, label: str, people: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = label
        found = Person.objects.filter(pk__in=list(people)).order_by("full_name")
        self.fields["person"].queryset = found  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to a proposal; the core team and the chairs may write one down for somebody, by phone."""

    answer = forms.ChoiceField(
        label="What do you say?",
        choices=ANSWER_CHOICES,
        widget=ChoiceCards(),
        error_messages={"required": "Choose your answer"},
    )
    words = forms.CharField(
        label="In your words", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Whose answer it is, if you write it down for somebody",
        required=False,
        empty_label="Mine",
        help_text="Somebody who answered by phone.",
    )

    def __init__(self, *args: Any, counted: Any, for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_others:
            self.fields["person"].queryset = counted.order_by("full_name")  # type: ignore[attr-defined]
        else:
            del self.fields["person"]

    def values(self) -> dict[str, Any]:
        """For `answer_proposal`. Call on a valid form."""
        typed = self.cleaned_data
        return {"answer": Answer(typed["answer"]), "words": typed["words"], "person": typed.get("person")}


class TellForm(forms.Form):
    """What the university was told, and who there."""

    words = _words("What it was told", "Say what the university was told")
    told = forms.CharField(
        label="Who there was told",
        max_length=200,
        error_messages={"required": "Say who at the university was told"},
    )


class HostAnswerForm(forms.Form):
    """What the university answered, and when."""

    answer = _words("What it answered", "Say what it answered")
    on = DayField(label="When", required=False, help_text="Leave it empty for today.")


class BecauseForm(forms.Form):
    """A reason, under the words that fit."""

    because = _words("Why?", SAY_WHY["required"])

    def __init__(self, *args: Any, label: str = "Why?", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].label = label


class OpenForm(BecauseForm):
    """A project or partner that should be reviewed, and why."""

    about = forms.ChoiceField(
        label="Which project or partner?", error_messages={"required": "Choose the project or partner"}
    )
    field_order = ("about", "because")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, label="Why should it be reviewed?", **kwargs)
        self.things: dict[str, Project | Organisation] = {
            **{f"project-{one.pk}": one for one in Project.objects.visible_to(actor).order_by("name")},
            **{f"partner-{one.pk}": one for one in Organisation.objects.visible_to(actor).order_by("name")},
        }
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *((key, str(one)) for key, one in self.things.items()),
        ]

    def clean_about(self) -> Project | Organisation:
        """Give the project or the partner itself."""
        return self.things[self.cleaned_data["about"]]


class ToDoForm(forms.Form):
    """An action that a decision asks for."""

    text = _words("What is to be done?", "Say what is to be done", rows=2)
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Who carries it?", required=False, empty_label="Nobody chosen"
    )
    deadline = DeadlineField(
        label="Its deadline, in your own words",
        help_text="Such as 31 January 2026, or at the next meeting.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        held = Appointment.objects.on(today).values("person")
        self.fields["owner"].queryset = Person.objects.filter(pk__in=held).order_by("full_name")  # type: ignore[attr-defined]

    def to_do(self) -> ToDo:
        """The action. Call on a valid form."""
        typed = self.cleaned_data
        owner = typed["owner"]
        return ToDo(
            typed["text"],
            [Owner(owner.full_name, person=owner)] if owner else [],
            read_deadline(typed["deadline"], meeting_date=self.today) if typed["deadline"] else None,
        )


class SubstitutesForm(forms.Form):
    """The list of substitutes that the group agreed."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="Who may hold a key in a chair’s place?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person"},
    )
    agreed_on = DayField(label="When the group agreed it")
    until = DayField(label="Until, the last day", help_text="The group agrees a list each year.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.on(today).values("person")
        self.fields["people"].queryset = Person.objects.filter(pk__in=held).order_by("full_name")  # type: ignore[attr-defined]


class ClosedForm(forms.Form):
    """Days on which the university is closed, from one to another, both inclusive."""

    first = DayField(label="Closed from")
    last = DayField(label="Until, the last day", required=False, help_text="Leave it empty for one day.")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, and a year and more."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days <= 366:
            self.add_error("last", "Give a last day that is not before the first, within a year of it")
        return cleaned
