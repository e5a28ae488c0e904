"""Forms for planning a meeting."""

from datetime import date
from typing import Any

from django import forms

from allies.models import Actor, Body
from allies.policies import powers_of
from allies.powers import Permission
from allies.widgets import DayField
from meetings.models import AnnouncedMeeting, Meeting
from meetings.services.planning import Arrangements


def time_field(label: str) -> forms.TimeField:
    """A time of day as people write it: 11:00, 11.00 or 11."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"size": 6, "autocomplete": "off"}, format="%H:%M"),
        error_messages={"invalid": "Give the time as 11:00"},
    )


class ArrangementsForm(forms.Form):
    """When and where a meeting is."""

    date = DayField(label="Date")
    starts = time_field("Starts at")
    ends = time_field("Ends at")
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text="Only where the date is not enough: “Away day”.",
    )
    place = forms.CharField(
        label="Place", max_length=300, required=False, help_text="A room and address, or “Online”."
    )
    link = forms.URLField(
        label="Link to join",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Give the whole address, such as https://meet.example.org/allies"},
    )
    access = forms.CharField(
        label="Access",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Captions, breaks, steps, how to get in. Everyone who is invited reads this.",
    )

    def arrangements(self) -> Arrangements:
        """What was typed, for the service."""
        return Arrangements(**{name: self.cleaned_data[name] for name in Arrangements.__slots__})


class PlanForm(ArrangementsForm):
    """A new meeting: of which body, too."""

    body = forms.ModelChoiceField(
        label="Whose meeting",
        queryset=Body.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose whose meeting it is"},
    )
    announced = forms.ModelChoiceField(
        queryset=AnnouncedMeeting.objects.none(), required=False, widget=forms.HiddenInput
    )
    standing_items = forms.BooleanField(
        label="Begin with the standing items",
        required=False,
        initial=True,
        help_text="You can change the agenda afterwards.",
    )
    field_order = (
        "body",
        "date",
        "starts",
        "ends",
        "place",
        "link",
        "access",
        "title",
        "standing_items",
        "announced",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = powers_of(actor).where(Permission.WRITE_NOTES)
        bodies = Body.objects.all() if held is None else Body.objects.filter(pk__in=held)
        self.fields["body"].queryset = bodies
        self.fields["announced"].queryset = AnnouncedMeeting.objects.filter(meeting__body__in=bodies)


class CallOffForm(forms.Form):
    """Why a meeting will not take place."""

    reason = forms.CharField(
        label="Why is it called off?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everyone in the group can read this.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form of an existing meeting begins with."""
    return {name: getattr(meeting, name) for name in Arrangements.__slots__}


def initial_from(announced: AnnouncedMeeting) -> dict[str, Any]:
    """What the form of a new meeting begins with, where earlier notes announce one: its day only when all is known."""
    day: date | None = announced.date.first_day() if announced.date and announced.date.day else None
    return {
        "body": announced.meeting.body_id,
        "announced": announced.pk,
        # A month alone still fills two of the three fields.
        "date": day or announced.date,
        "starts": announced.starts,
        "ends": announced.ends,
        "place": announced.meeting.place,
        "link": announced.meeting.link,
        "access": announced.meeting.access,
    }
