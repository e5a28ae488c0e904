"""The forms of bringing notes in: a text or a file; then everything that was understood, to put right.

The state between the two steps travels in the form itself: the source text and every field. So a lapsed sign-in
or a second tab loses nothing.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from actions.dates import find_dates
from actions.models import STATUS_CHOICES
from allies.models import Body
from allies.widgets import DayField
from meetings.forms.planning import time_field
from meetings.models import Presence, Reached
from meetings.models.agenda import ITEM_KIND_CHOICES
from meetings.models.attendance import PRESENCE_CHOICES
from meetings.models.meeting import INTERESTS_CHOICES
from meetings.notes.document import Capacity, Section

MOST_ROWS = 1500
SECTION_CHOICES = [
    (Section.AGREED.value, "Agreed in this meeting"),
    (Section.CARRIED.value, "From previous meetings"),
]


class BodyField(forms.TypedChoiceField):
    """One of the groups whose notes somebody may bring in; cleans to the group, or None."""

    def __init__(self, *, nothing: str = "", **kwargs: Any) -> None:
        self.nothing = nothing
        self.bodies: dict[str, Body] = {}
        kwargs.setdefault("error_messages", {})["invalid_choice"] = "Choose whose meeting it was"
        super().__init__(
            label="Whose meeting", coerce=lambda key: self.bodies[key], empty_value=None, **kwargs
        )

    def set_bodies(self, bodies: Iterable[Body]) -> None:
        """Offer these groups, by name."""
        self.bodies = {str(body.pk): body for body in sorted(bodies, key=lambda body: body.name.lower())}
        self.coerce = lambda key: self.bodies[key]
        first = [("", self.nothing)] if self.nothing else []
        self.choices = [*first, *((key, body.name) for key, body in self.bodies.items())]


class BringInForm(forms.Form):
    """A text, pasted or as a file, and whose meeting it was."""

    text = forms.CharField(
        label="Paste the notes",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="Paste all of it, as it is. Tables, bullets and stray symbols do no harm.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        help_text="Word (.docx), HTML, Markdown or plain text, with up to 1 MB of text.",
    )
    body = BodyField(required=False, nothing="The group that the notes name")

    mark_optional = False

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].set_bodies(bodies)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not (typed.get("text") or "").strip() and not typed.get("file"):
            raise ValidationError("Paste the notes, or choose a file with them")
        return typed

    def content(self) -> tuple[bytes, str]:
        """The bytes of what was given, and the file's name; the file goes before the pasted text."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name or ""
        return self.cleaned_data["text"].encode("utf-8", "replace"), ""


def _words(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=more.pop("required", False), **more)


def _long(label: str, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=more.pop("required", False),
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class AnswerField(forms.CharField):
    """Which person or action: a list whose choices follow from the document. What is no longer offered is left open."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, widget=forms.Select(choices=[("", "Ask me later")]))


class RowOfReview(forms.Form):
    """One row of the review page: everything in it may be left empty."""

    mark_optional = False


class SetOfRows(forms.BaseFormSet):
    """Rows of one kind, with an empty one at the end for what the reader missed."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Leave this out"


class MeetingForm(forms.Form):
    """When, where, whose meeting; what was said about interests; and the source text."""

    mark_optional = False

    source = forms.CharField(widget=forms.HiddenInput, strip=False)
    source_name = forms.CharField(widget=forms.HiddenInput, required=False)
    body = BodyField(error_messages={"required": "Choose whose meeting it was"})
    date = DayField(label="Date of the meeting")
    starts = time_field("Began at")
    ends = time_field("Ended at")
    place = _words("Place", max_length=300)
    interests_state = forms.ChoiceField(
        label="Interests",
        choices=INTERESTS_CHOICES,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )
    interests_words = _words("In the words of the notes", max_length=2000)

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].set_bodies(bodies)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        starts, ends = typed.get("starts"), typed.get("ends")
        if ends and not starts:
            self.add_error("starts", "Give the time it began too, or leave both empty")
        elif starts and ends and ends <= starts:
            self.add_error("ends", "Give a time after the one it began at")
        return typed


class AttendeeForm(RowOfReview):
    """One row of the attendance list."""

    as_written = forms.CharField(widget=forms.HiddenInput, required=False)
    name = _words("Name", max_length=200)
    presence = forms.ChoiceField(label="Was", choices=PRESENCE_CHOICES, initial=Presence.PRESENT)
    capacities = _words("In which capacity", help_text="")
    whom = AnswerField("In the record")

    def clean_capacities(self) -> tuple[Capacity, ...]:
        """The capacities named, with commas between. Raises ValidationError for other words."""
        found = []
        for word in re.split(r"[,;]", self.cleaned_data["capacities"]):
            plain = word.strip().lower()
            if not plain:
                continue
            try:
                found.append(Capacity({"co chair": "co-chair", "notes": "notetaker"}.get(plain, plain)))
            except ValueError as error:
                known = ", ".join(capacity.value for capacity in Capacity)
                raise ValidationError(f"“{word.strip()}” is not one of: {known}") from error
        return tuple(dict.fromkeys(found))


class NameForm(RowOfReview):
    """A name that the notes use outside the attendance list."""

    written = forms.CharField(widget=forms.HiddenInput)
    whom = AnswerField("Who is it?")


class DeclarationForm(RowOfReview):
    """An interest that somebody declared."""

    name = _words("Who", max_length=200)
    words = _words("What they said")


class RowForm(RowOfReview):
    """A row of one of the two tables of actions."""

    section = forms.ChoiceField(label="Table", choices=SECTION_CHOICES, initial=Section.AGREED.value)
    text = _long("What was agreed", 2)
    details = _long("In more detail", 1)
    owners = _words("Person taking this on", max_length=300)
    deadline = _words("Deadline", max_length=200)
    status = forms.ChoiceField(label="Status", choices=[("", "Not said"), *STATUS_CHOICES], required=False)
    action = AnswerField("In the record")


class ItemForm(RowOfReview):
    """An item of the agenda with its notes."""

    title = _words("Item", max_length=300)
    kind = forms.ChoiceField(label="Kind", choices=ITEM_KIND_CHOICES)
    presenters = _words("Presented by", max_length=600)
    notes = _long("Notes", 6)


class RemarkForm(RowOfReview):
    """A line marked ACTION in the notes."""

    text = forms.CharField(widget=forms.HiddenInput)
    action = AnswerField("Which action is it?")


class DecisionForm(RowOfReview):
    """Something that was agreed."""

    text = _long("What was decided", 2)
    reached = forms.ChoiceField(label="How", choices=[("", "Not said"), *Reached.choices], required=False)


class NextForm(RowOfReview):
    """A next meeting that the notes announce."""

    as_written = _words("In the words of the notes", max_length=300)
    date = _words("Day or month", max_length=40)
    starts = time_field("From")
    ends = time_field("To")

    def clean_date(self) -> str:
        """ISO text of a day or a month; "" for nothing. Raises ValidationError for other words."""
        typed = self.cleaned_data["date"]
        found = find_dates(typed)
        if typed and not found:
            raise ValidationError("Give the date as 10 February 2026, or the month as February 2026")
        return found[0].value if found else ""


def _set_of(form: type[forms.Form], *, extra: int) -> type[forms.BaseFormSet]:
    return forms.formset_factory(
        form,
        formset=SetOfRows,
        extra=extra,
        can_delete=bool(extra),
        can_delete_extra=False,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )


# What the reader missed can be added in the empty form at the end; names and remarks follow from the rest.
SETS: dict[str, type[forms.BaseFormSet]] = {
    "attendees": _set_of(AttendeeForm, extra=1),
    "declarations": _set_of(DeclarationForm, extra=1),
    "rows": _set_of(RowForm, extra=1),
    "items": _set_of(ItemForm, extra=1),
    "decisions": _set_of(DecisionForm, extra=1),
    "nexts": _set_of(NextForm, extra=1),
    "names": _set_of(NameForm, extra=0),
    "remarks": _set_of(RemarkForm, extra=0),
}
