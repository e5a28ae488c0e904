"""Forms for what was so at a meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from allies.models import Actor, Person
from allies.partial_dates import PartialDate
from allies.widgets import PartialDayField
from meetings.forms.planning import time_field
from meetings.models import AgendaItem, Attendance, DecisionKind, Meeting, Reached
from meetings.models.attendance import CAPACITY_CHOICES, PRESENCE_CHOICES
from meetings.models.meeting import INTERESTS_CHOICES
from meetings.services.recording import Seen

_PRESENCE = [("", "Not said"), *PRESENCE_CHOICES]


class AttendeeForm(forms.Form):
    """One row: how somebody took part.

    Its prefix is "person-<id>", on the list already or not, so that a page loaded before somebody answered still
    says the right thing of them; "row-<id>" for a name that is nobody's in the record.
    """

    mark_optional = False
    presence = forms.ChoiceField(
        label="Presence", choices=_PRESENCE, required=False, widget=forms.RadioSelect
    )
    capacities = forms.MultipleChoiceField(
        label="What they did", choices=CAPACITY_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    arrived = time_field("Arrived late, at")
    left = time_field("Left early, at")

    def __init__(
        self, *args: Any, attendance: Attendance | None = None, person: Person | None = None, **kwargs: Any
    ) -> None:
        self.attendance, self.person = attendance, attendance.person if attendance else person
        if attendance is not None:
            kwargs["initial"] = {
                "presence": attendance.presence,
                "capacities": [str(kind) for kind in attendance.kinds],  # type: ignore[attr-defined]
                "arrived": attendance.arrived,
                "left": attendance.left,
            }
        kwargs["prefix"] = self.prefix_of(attendance, self.person)
        super().__init__(*args, **kwargs)

    @staticmethod
    def prefix_of(attendance: Attendance | None, person: Person | None) -> str:
        """What the names of a row's controls begin with."""
        if person is not None:
            return f"person-{person.pk}"
        return f"row-{attendance.pk}" if attendance else "guest"

    @property
    def name(self) -> str:
        """Whose row it is."""
        return self.attendance.name if self.attendance else str(self.person or "")

    def seen(self) -> Seen:
        """What was said of them, for the service; capacities keep the order in which they were first said."""
        typed = self.cleaned_data
        before = [str(kind) for kind in self.attendance.kinds] if self.attendance else []  # type: ignore[attr-defined]
        chosen = typed["capacities"]
        ordered = [kind for kind in before if kind in chosen] + [
            kind for kind in chosen if kind not in before
        ]
        return Seen(
            presence=typed["presence"],
            capacities=tuple(ordered),
            person=self.person,
            name=self.attendance.name_as_written if self.attendance else typed.get("name", ""),
            arrived=typed["arrived"],
            left=typed["left"],
        )


class GuestForm(AttendeeForm):
    """Somebody who is not on the list: a name is enough."""

    name_typed = forms.CharField(
        label="Somebody else", max_length=300, required=False, help_text="Type the whole name."
    )
    field_order = ("name_typed", "presence", "capacities", "arrived", "left")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["name"] = (typed.get("name_typed") or "").strip()
        if typed["name"] and not typed.get("presence"):
            self.add_error("presence", f"Say whether {typed['name']} was there")
        if not typed["name"] and (typed.get("presence") or typed.get("capacities")):
            self.add_error("name_typed", "Give the name of whoever this is about")
        return typed

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name"))


class InterestsForm(forms.Form):
    """Which of the three it was, and in which words."""

    state = forms.ChoiceField(
        label="What was said about interests", choices=INTERESTS_CHOICES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In the words of the notes", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DeclarationForm(forms.Form):
    """An interest that somebody declared."""

    name = forms.CharField(
        label="Who declared it", max_length=200, required=False, help_text="The whole name."
    )
    words = forms.CharField(
        label="What was declared",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Having an interest is normal. Saying so protects you and the group.",
        error_messages={"required": "Say what was declared"},
    )


class DecisionForm(forms.Form):
    """A decision, or a piece of advice."""

    text = forms.CharField(
        label="What was decided, or advised",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was decided"},
    )
    kind = forms.ChoiceField(
        label="Which of the two",
        choices=DecisionKind.choices,
        widget=forms.RadioSelect,
        help_text="Deciding and advising are told apart wherever this is shown.",
        error_messages={"required": "Say whether the group decided or advised"},
    )
    reached = forms.ChoiceField(
        label="How it was reached", choices=[("", "Not said"), *Reached.choices], required=False
    )
    item = forms.ModelChoiceField(
        label="Under which item",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="None in particular",
    )

    def __init__(self, *args: Any, meeting: Meeting, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
        self.fields["item"].queryset = items.order_by("position")


class AnnouncementForm(forms.Form):
    """The next meeting, as these notes announce it."""

    as_written = forms.CharField(
        label="In the words of the notes",
        max_length=300,
        help_text="Such as “Tuesday 10 February 2026, 11:00–13:00”.",
        error_messages={"required": "Give the words that the notes use"},
    )
    date = PartialDayField(label="Date", required=False, help_text="As much of it as is known.")
    starts = time_field("Starts at")
    ends = time_field("Ends at")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", ValidationError("Give an end that is later than the start"))
        return typed

    def day(self) -> PartialDate | None:
        """The date that was typed, as far as it is known."""
        return PartialDate.read(self.cleaned_data["date"]) if self.cleaned_data["date"] else None
