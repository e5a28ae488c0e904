"""Forms of the way from draft to sealed: reopening, approving, adding, suggesting a correction and answering one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from allies.models import Person
from meetings.models import CorrectionKind, CorrectionPlace, Meeting

type Choices = Sequence[tuple[Any, Any]]
SAY_WHY = "Say why: the reason goes in the record"


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReopenForm(forms.Form):
    """Why circulated notes are a draft again."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=_lines(3),
        help_text="Everyone who reads these notes can read this.",
        error_messages={"required": SAY_WHY},
    )


class ApproveForm(forms.Form):
    """Which meeting approved, who chaired it, and what it changed."""

    # One of the two ways to name who chaired is needed.
    mark_optional = False
    at_meeting = forms.ModelChoiceField(
        label="Which meeting approved them",
        queryset=Meeting.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the meeting that approved them"},
    )
    chaired_by = forms.ModelChoiceField(
        label="Who chaired that meeting",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Somebody else, named below",
    )
    chaired_by_name = forms.CharField(
        label="Their name", max_length=200, required=False, help_text="Only where they are not in the list."
    )
    changes = forms.CharField(
        label="What the meeting changed",
        required=False,
        max_length=10_000,
        widget=_lines(4),
        help_text="One change on a line. It stands below the notes, which keep their words: to change those, accept a "
        "correction first. Leave it empty where they were approved as presented. Corrections that were accepted since "
        "the notes last went round are added by themselves.",
    )

    def __init__(self, *args: Any, meetings: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["chaired_by"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("chaired_by") and not (typed.get("chaired_by_name") or "").strip():
            self.add_error("chaired_by", "Say who chaired the meeting that approved them")
        return typed


class AddendumForm(forms.Form):
    """What is to stand below sealed notes."""

    words = forms.CharField(
        label="What is to stand below the notes",
        max_length=20_000,
        widget=_lines(5),
        help_text="It carries today’s date and your name. The notes themselves stay as they were approved.",
        error_messages={"required": "Write what is to stand below the notes"},
    )
    item = forms.TypedChoiceField(
        label="Which item it is about",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Whoever is kept from that item is kept from this, too.",
    )

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "The notes as a whole"), *items]  # type: ignore[attr-defined]


class SuggestForm(forms.Form):
    """A correction, or a statement. `about` names a place, an item ("item-4") or a row of a list ("action-7")."""

    kind = forms.ChoiceField(
        label="What you suggest",
        choices=[
            (CorrectionKind.CORRECTION.value, "Other words for something in the notes"),
            (CorrectionKind.STATEMENT.value, "A statement of mine, to stand beside the notes"),
        ],
        initial=CorrectionKind.CORRECTION.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you suggest"},
    )
    about = forms.ChoiceField(label="What it is about", error_messages={"required": "Say what it is about"})
    line = forms.CharField(
        label="The words as they stand",
        required=False,
        max_length=5000,
        widget=_lines(2),
        help_text="Copy the line from the notes. Leave it empty where something is missing.",
    )
    words = forms.CharField(
        label="What it should say",
        max_length=5000,
        widget=_lines(4),
        help_text="Everyone in the group can read this, whatever becomes of it.",
        error_messages={"required": "Write what it should say"},
    )
    person = forms.ModelChoiceField(
        label="Whose it is", queryset=Person.objects.none(), required=False, empty_label="Mine"
    )
    name = forms.CharField(
        label="Or the name of a guest",
        max_length=200,
        required=False,
        help_text="For somebody without an account: you write it down for them.",
    )

    def __init__(self, *args: Any, places: Choices, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = places  # type: ignore[attr-defined]
        if people is None:
            del self.fields["person"], self.fields["name"]
        else:
            self.fields["person"].queryset = people  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What becomes of a correction; where it is of an item, the item's notes as they are to read."""

    mark_optional = False
    notes = forms.CharField(
        label="The notes of this item, as they are to read",
        required=False,
        strip=False,
        max_length=200_000,
        widget=_lines(10),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why, or a word about it",
        required=False,
        max_length=2000,
        widget=_lines(2),
        help_text="Needed where you decline. Whoever suggested it reads this, and so can everyone in the group.",
    )

    def __init__(self, *args: Any, with_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_notes:
            del self.fields["notes"], self.fields["base"]


# Where a correction can point to that is no item and no action.
PLACES: Choices = [
    (place.value, place.label) for place in CorrectionPlace if place is not CorrectionPlace.ITEM
]
