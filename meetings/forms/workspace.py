"""Forms of the workspace: what a browser hands in, and what is said with one press."""

from typing import Any

from django import forms

from actions.forms.deadlines import DeadlineField
from actions.models import STATUS_CHOICES
from actions.statuses import Status
from allies.widgets import DayField
from meetings.forms.planning import time_field
from meetings.models import CapacityKind, Reached
from meetings.services.minutes import LONGEST
from meetings.services.recording import Votes
from meetings.wording import CAPACITY_WORDS_NOW

SAID = [(value, words) for value, words in STATUS_CHOICES if value != Status.MERGED]


class SaveForm(forms.Form):
    """One save of an item's notes (docs/decisions/0010-saving-notes.md)."""

    notes = forms.CharField(required=False, strip=False, max_length=LONGEST)
    base = forms.IntegerField(min_value=0)
    save_id = forms.UUIDField(required=False)
    account = forms.IntegerField(required=False)


class TimesForm(forms.Form):
    """What somebody did at the meeting; late, early, and out for the open item."""

    mark_optional = False
    capacities = forms.MultipleChoiceField(
        label="What they do",
        choices=[(kind.value, CAPACITY_WORDS_NOW[kind].capitalize()) for kind in CapacityKind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    arrived = time_field("Arrived late, at")
    left = time_field("Left early, at")
    out = forms.BooleanField(label="Out for this item", required=False)
    out_left = time_field("Went out at")
    out_back = time_field("Came back at")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("out_left") and typed.get("out_back") and typed["out_back"] < typed["out_left"]:
            self.add_error("out_back", "Give a time back that is not before leaving")
        return typed


class GuestByNameForm(forms.Form):
    """Somebody who is here and on nobody's list: a name is enough."""

    mark_optional = False
    name = forms.CharField(
        label="Somebody else who is here",
        max_length=300,
        help_text="Type the whole name. They need no account.",
        error_messages={"required": "Give a name"},
    )
    guest = forms.BooleanField(label="As a guest", required=False, initial=True)


class ReviewForm(forms.Form):
    """What was said of one carried action, or of several in one breath. Its statuses are buttons that send it."""

    mark_optional = False
    status = forms.ChoiceField(label="How is it going?", choices=[("", "As it was"), *SAID], required=False)
    note = forms.CharField(
        label="What was said?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AgainForm(ReviewForm):
    """What is asked once an action was carried too often: a new date, another owner, or let go with a reason."""

    deadline = DeadlineField(label="A new date", help_text="A date, or in words: “at next meeting”.")
    owners = forms.CharField(
        label="Another owner",
        max_length=400,
        required=False,
        help_text="Whole names with commas between; “with” before those who help.",
    )


class DecidedForm(forms.Form):
    """A decision or a piece of advice: its words, how it was reached, and the numbers of a vote."""

    mark_optional = False
    text = forms.CharField(
        label="What was decided, or advised",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what was decided"},
    )
    reached = forms.ChoiceField(
        label="How it was reached", choices=[("", "Not said"), *Reached.choices], required=False
    )
    votes_for = forms.IntegerField(label="For", min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label="Against", min_value=0, max_value=999, required=False)
    votes_abstained = forms.IntegerField(label="Abstained", min_value=0, max_value=999, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.votes() and typed.get("reached") != Reached.MAJORITY:
            self.add_error("reached", "Numbers belong to a majority. Choose it, or leave them out")
        return typed

    def votes(self) -> Votes:
        """The numbers of the vote, as far as they were counted."""
        typed = self.cleaned_data
        return Votes(typed.get("votes_for"), typed.get("votes_against"), typed.get("votes_abstained"))


class ItemTitleForm(forms.Form):
    """One more item, by its title alone; the rest can be said of it afterwards."""

    mark_optional = False
    title = forms.CharField(
        label="One more item", max_length=300, error_messages={"required": "Say what the item is"}
    )

    def __init__(self, data: Any = None) -> None:
        # The open item's own form has a title, too.
        super().__init__(data, auto_id="id_new-%s")


class NextMeetingForm(forms.Form):
    """When the group meets next, and who chairs it this once."""

    mark_optional = False
    date = DayField(label="Date")
    starts = time_field("Starts at")
    ends = time_field("Ends at")
    chair = forms.CharField(
        label="Who chairs it, if somebody does this once",
        max_length=200,
        required=False,
        help_text="Leave this empty when the chairs do.",
    )
    plan = forms.BooleanField(
        label="Plan it now, with the standing items on its agenda", required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        starts, ends = typed.get("starts"), typed.get("ends")
        if ends and not starts:
            self.add_error("starts", "Say when it starts, too")
        elif starts and ends and ends <= starts:
            self.add_error("ends", "Give an end that is later than the start")
        return typed
