"""Forms of the register of interests."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from allies import clock
from allies.forms.fields import PartialDateFormField
from allies.interests import InterestKind, Nature
from allies.models import Actor, Appointment, Interest, Organisation, Person, Project
from allies.models.interests import KIND_CHOICES, NATURE_CHOICES
from allies.models.register import Wanted
from allies.policies import powers_of
from allies.services.interests import Entry
from allies.widgets import ChoiceCards, DayField

KINDS_FOLLOW = {
    InterestKind.FINANCIAL: "Money could be gained or lost by it: pay, fees, a grant, shares.",
    InterestKind.PROFESSIONAL: "A post, a place on a board, or standing at work, without money in it.",
    InterestKind.PERSONAL: "Something close to one’s own life: a cause, care received, a complaint.",
    InterestKind.INDIRECT: "Somebody close has the interest: family, a friend, a business partner.",
}
NATURES_FOLLOW = {
    Nature.ACTUAL: "It touches our work now.",
    Nature.POTENTIAL: "It could, if something happens.",
    Nature.PERCEIVED: "Others could think that it does.",
}
_TEXT = CharField()


class MatterField(forms.ChoiceField):
    """A project or a partner that somebody may know of, or neither. Cleans to the row itself, or None."""

    def offer(self, actor: Actor, chosen: Project | Organisation | None = None) -> None:
        """Fill the choices: one query. What is chosen already stays on offer."""
        rows = {
            kind: model.objects.visible_to(actor)
            .order_by()
            .values_list(Value(kind, _TEXT), Cast("pk", _TEXT), "name")
            for kind, model in (("project", Project), ("organisation", Organisation))
        }
        found: dict[str, dict[str, str]] = {"project": {}, "organisation": {}}
        for kind, pk, name in rows["project"].union(rows["organisation"]).order_by():
            found[kind][f"{kind}:{pk}"] = name
        if chosen:
            key = key_of(chosen)
            found[key.partition(":")[0]][key] = chosen.name
        groups = [
            (title, sorted(found[kind].items(), key=lambda row: row[1].casefold()))
            for kind, title in (("project", "Projects"), ("organisation", "Partners"))
            if found[kind]
        ]
        self.choices = [("", "None of these"), *groups]

    def clean(self, value: Any) -> Project | Organisation | None:
        value = super().clean(value)
        if not value:
            return None
        kind, _, pk = value.partition(":")
        return (Project if kind == "project" else Organisation).objects.get(pk=pk)


def key_of(matter: Project | Organisation | None) -> str:
    """The value of `MatterField` for a project or a partner."""
    if matter is None:
        return ""
    return f"{'project' if isinstance(matter, Project) else 'organisation'}:{matter.pk}"


class InterestForm(forms.Form):
    """An entry in the register. For the core team also whose it is, and when it was declared."""

    person = forms.ModelChoiceField(
        label="Whose interest",
        queryset=Person.objects.none(),
        empty_label="Choose somebody",
        error_messages={"required": "Choose whose interest it is"},
    )
    declared_on = DayField(
        label="Declared on",
        help_text="The day they told the group, if that was not today.",
        required=False,
    )
    about = MatterField(label="With which project or partner", required=False)
    with_whom = forms.CharField(
        label="Or with whom, if they are not in this list",
        max_length=200,
        required=False,
        help_text="Their name as people know it.",
    )
    words = forms.CharField(
        label="What it is",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="One sentence will do, such as “Sits on their board”: notes put it after the name.",
        error_messages={"required": "Say what the interest is"},
    )
    private = forms.BooleanField(
        label="Keep these words private",
        required=False,
        help_text="Others still see that there is an interest, with whom, and of which kind. Only the chairs, and"
        " the person whose it is, read the words.",
    )
    kind = forms.ChoiceField(
        label="Of which kind",
        choices=KIND_CHOICES,
        widget=ChoiceCards(follows=KINDS_FOLLOW),
        error_messages={"required": "Choose the kind that fits best"},
    )
    nature = forms.ChoiceField(
        label="How near it is",
        choices=NATURE_CHOICES,
        widget=ChoiceCards(follows=NATURES_FOLLOW),
        error_messages={"required": "Choose how near it is"},
    )
    begun = PartialDateFormField(
        label="From", required=False, help_text="A year will do. Leave it empty if nobody knows."
    )
    until = PartialDateFormField(label="Until", required=False, help_text="Leave it empty while it goes on.")
    is_all = forms.BooleanField(
        label="That is all there is to declare",
        required=False,
        help_text="Ticked, this answers our question for now. Leave it if there is more to add.",
    )

    def __init__(
        self, *args: Any, actor: Actor, for_others: bool, interest: Interest | None = None, **kwargs: Any
    ) -> None:
        """`interest` is the entry to change, as the actor may read it."""
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(actor, interest.about if interest else None)  # type: ignore[attr-defined]
        if for_others and not interest:
            held = Appointment.objects.values("person")
            self.fields["person"].queryset = Person.objects.filter(pk__in=held).in_order()  # type: ignore[attr-defined]
        else:
            del self.fields["person"], self.fields["declared_on"]
        if interest:
            del self.fields["is_all"]
            if interest.private and interest.person_id != powers_of(actor).person_id:
                # The words, and whether they are private, are their owner's.
                del self.fields["words"], self.fields["private"]

    def clean_declared_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["declared_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Give today, or the earlier day on which they declared it")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse two answers to one question, and an end before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("about") and cleaned.get("with_whom"):
            self.add_error("with_whom", "Choose from the list, or write a name here, not both")
        begun, until = cleaned.get("begun"), cleaned.get("until")
        if begun and until and until.last_day() < begun.first_day():
            self.add_error("until", "It cannot end before it begins. Mend one of the two")
        return cleaned

    def entry(self) -> Entry:
        """What the entry shall say. Call on a valid form."""
        cleaned = self.cleaned_data
        return Entry(
            kind=InterestKind(cleaned["kind"]),
            nature=Nature(cleaned["nature"]),
            words=cleaned.get("words"),
            about=cleaned["about"],
            with_whom=cleaned["with_whom"],
            private=cleaned.get("private", True),
            begun=cleaned["begun"],
            until=cleaned["until"],
        )

    @staticmethod
    def initial_of(interest: Any) -> dict[str, Any]:
        """What the form shows of an entry, as `visible_to` gave it."""
        fields = ("kind", "nature", "with_whom", "private", "begun", "until", "words")
        return {name: getattr(interest, name) for name in fields} | {"about": key_of(interest.about)}


class EndInterestForm(forms.Form):
    """The end of an interest."""

    until = PartialDateFormField(
        label="Last day",
        help_text="A month or a year will do. The entry stays readable, as ended.",
        error_messages={"required": "Say when it ended: a year will do"},
    )


class OpenRegisterForm(forms.Form):
    """Why a group opens its register of interests to the public, or closes it."""

    because = forms.CharField(
        label="Why, or which decision it rests on",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Such as: agreed by the group on 10 February 2026. Everyone on the group can read this.",
        error_messages={"required": "Say why, or which decision it rests on: it goes in the record"},
    )
    # What the page offered: so that one who is late does not turn it back.
    to_public = forms.ChoiceField(choices=[("yes", "Open"), ("no", "Close")], widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why something was a mistake."""

    reason = forms.CharField(
        label="Why it was a mistake",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="It stays in the record, struck through, with this reason. The group can read both.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )


class RegisterFilter(forms.Form):
    """Which entries to list, as they stand in the address."""

    mark_optional = False
    q = forms.CharField(label="Whose", max_length=100, required=False)
    about = forms.CharField(label="With", max_length=40, required=False, widget=forms.Select)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), *KIND_CHOICES])
    on = DayField(label="As it stood on", required=False)
    ended = forms.BooleanField(label="Show those that ended or were withdrawn, too", required=False)

    def offer(self, matters: list[tuple[str, str]]) -> None:
        """Fill the list of projects and partners."""
        self.fields["about"].widget.choices = [("", "Anybody"), *matters]  # type: ignore[attr-defined]

    def clean_about(self) -> tuple[str, int] | None:
        """Give "project" or "organisation" with an id."""
        written = self.cleaned_data["about"]
        if not written:
            return None
        found = re.fullmatch(r"(project|organisation):(\d{1,9})", written, re.ASCII)
        if not found:
            raise forms.ValidationError("Choose one from the list")
        return found[1], int(found[2])

    def clean_on(self) -> date | None:
        """Refuse a day to come: nobody knows yet how the register will stand."""
        day: date | None = self.cleaned_data["on"]
        if day and day > clock.today():
            raise forms.ValidationError("Give today or an earlier day")
        return day

    def wanted(self) -> Wanted:
        """What is looked for; where something is to be mended, everything as it stands today."""
        if not self.is_valid():
            return Wanted(on=clock.today())
        cleaned = self.cleaned_data
        return Wanted(
            on=cleaned["on"] or clock.today(),
            name=cleaned["q"],
            kind=cleaned["kind"],
            about=cleaned["about"],
            ended=cleaned["ended"],
        )
