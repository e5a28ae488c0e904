"""The filters of the list of actions, as they stand in the address."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import DEADLINE_CHOICES, STATUS_CHOICES
from actions.models.choices import Offered
from actions.models.finding import CLOSED_ONES, EVERY, NO_DEADLINE, NOT_RECORDED, OPEN, Wanted
from allies.models import Actor
from allies.policies import powers_of
from allies.widgets import DayField

STATUSES = [
    (OPEN, "Open"),
    *STATUS_CHOICES,
    (NOT_RECORDED, "Not recorded"),
    (CLOSED_ONES, "All that are closed"),
    (EVERY, "All, open and closed"),
]
SORTS = [
    ("deadline", "Deadline, the earliest first"),
    ("oldest", "When agreed, the oldest first"),
    ("newest", "When agreed, the newest first"),
    ("carried", "Times carried, the most first"),
    ("owner", "Who leads, by name"),
    ("status", "How it is going"),
    ("words", "Its words"),
]
ANY = ("", "Any")


class PlainSelect(forms.Select):
    """A select that writes all its options with one template: a list of every meeting is long."""

    template_name = "components/widgets/plain_select.html"


class FindForm(forms.Form):
    """What to look for. Everything is optional; an address with nothing in it asks for all that is open."""

    mark_optional = False
    q = forms.CharField(label="Words in it", required=False, max_length=200)
    owner = forms.CharField(label="Who", required=False, max_length=220, widget=PlainSelect)
    status = forms.ChoiceField(label="How it is going", required=False, choices=STATUSES, widget=PlainSelect)
    kind = forms.ChoiceField(
        label="Kind of deadline",
        required=False,
        choices=[ANY, *DEADLINE_CHOICES, (NO_DEADLINE, "No deadline")],
        widget=PlainSelect,
    )
    agreed = forms.CharField(
        label="Agreed at the meeting of", required=False, max_length=40, widget=PlainSelect
    )
    about = forms.CharField(label="About", required=False, max_length=40, widget=PlainSelect)
    carried = forms.IntegerField(
        label="Carried at least this many times",
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "size": 4, "maxlength": 3}),
        error_messages={"invalid": "Give a whole number, such as 3"},
    )
    sort = forms.ChoiceField(label="In this order", required=False, choices=SORTS, widget=PlainSelect)
    mine = forms.BooleanField(label="Only those I lead or support", required=False)
    overdue = forms.BooleanField(label="Only those overdue", required=False)
    unconfirmed = forms.BooleanField(
        label="Only those from old notes that nobody has confirmed", required=False
    )
    on = DayField(label="As the list stood on", required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data or {})
        self.actor = actor

    def offer(self, offered: Offered) -> None:
        """Fill the selects. Only a whole page needs it."""
        self.fields["owner"].widget.choices = _groups(
            ("People", offered.people), ("Groups", offered.bodies), ("As written in the notes", offered.words)
        )
        self.fields["about"].widget.choices = _groups(
            ("Projects", offered.projects), ("Partners", offered.organisations)
        )
        self.fields["agreed"].widget.choices = [ANY, *offered.meetings]

    def clean_owner(self) -> tuple[str, str] | None:
        return _pair(self.cleaned_data["owner"], "person", "body", "words")

    def clean_about(self) -> tuple[str, str] | None:
        return _pair(self.cleaned_data["about"], "project", "organisation")

    def clean_agreed(self) -> tuple[int, date] | None:
        written = self.cleaned_data["agreed"]
        if not written:
            return None
        found = re.fullmatch(r"(\d{1,9}):(\d{4}-\d\d-\d\d)", written, re.ASCII)
        try:
            return (int(found[1]), date.fromisoformat(found[2])) if found else _unknown()
        except ValueError:
            return _unknown()

    def wanted(self) -> Wanted:
        """What is looked for. Call on a valid form."""
        cleaned = self.cleaned_data
        return Wanted(
            words=cleaned["q"],
            owner=cleaned["owner"],
            # Somebody without a person carries nothing.
            mine_of=(powers_of(self.actor).person_id or 0) if cleaned["mine"] else None,
            status=cleaned["status"] or OPEN,
            overdue=cleaned["overdue"],
            kind=cleaned["kind"],
            agreed_at=cleaned["agreed"],
            carried=cleaned["carried"] or 0,
            about=cleaned["about"],
            unconfirmed=cleaned["unconfirmed"],
            on=cleaned["on"],
            sort=cleaned["sort"] or "deadline",
        )


def _groups(*groups: tuple[str, list[tuple[str, str]]]) -> list[Any]:
    return [ANY, *(group for group in groups if group[1])]


def _pair(written: str, *kinds: str) -> tuple[str, str] | None:
    if not written:
        return None
    kind, _, key = written.partition(":")
    if kind not in kinds or not key or (kind != "words" and not re.fullmatch(r"\d{1,9}", key, re.ASCII)):
        return _unknown()
    return kind, key


def _unknown() -> Any:
    raise ValidationError("Choose one from the list")
