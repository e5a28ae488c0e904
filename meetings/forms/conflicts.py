"""Forms about conflicts of interest: what somebody declares, how it is handled, who takes the chair."""

from collections.abc import Sequence
from typing import Any

from django import forms

from allies.interests import Handling as How
from meetings.forms.planning import time_field

HOW_CHOICES = [
    (How.NOTED.value, "Noted"),
    (How.STAYED.value, "Stayed, took no part in the decision"),
    (How.LEFT.value, "Left for this item"),
    (How.WITHHELD.value, "Withheld from them"),
]

type Choices = Sequence[tuple[Any, str]]


def _number(value: str) -> int | None:
    return int(value) if value else None


class HandlingForm(forms.Form):
    """How a declaration is handled at one item, who decided it, why, and when they went out and came back."""

    mark_optional = False
    how = forms.ChoiceField(
        label="How it is handled",
        choices=HOW_CHOICES,
        initial=How.NOTED.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it is handled"},
    )
    decided_by = forms.TypedChoiceField(
        label="Who decided it", coerce=_number, empty_value=None, required=False
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=2000,
        help_text="Everyone who may read the item can read this.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    left = time_field("Went out at")
    back = time_field("Came back at")

    def __init__(self, *args: Any, deciders: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].choices = [("", "Nobody is named"), *deciders]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("left") and typed.get("back") and typed["back"] < typed["left"]:
            self.add_error("back", "Give a time back that is not before leaving")
        return typed


class SomebodyElseForm(HandlingForm):
    """Somebody whom the register does not name here declares an interest in an item."""

    who = forms.ChoiceField(label="Who declares it", error_messages={"required": "Say who declares it"})
    words = forms.CharField(
        label="What they declare",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Having an interest is normal. Saying so protects them and the group.",
        error_messages={"required": "Say what was declared"},
    )
    field_order = ("who", "words")

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Choose a name"), *people]  # type: ignore[attr-defined]


class ChairForm(forms.Form):
    """Who takes the chair for one item."""

    mark_optional = False
    chair = forms.TypedChoiceField(
        label="Who takes the chair for this item", coerce=_number, empty_value=None, required=False
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [("", "Whoever chairs the meeting"), *people]  # type: ignore[attr-defined]


class DeclaredForm(forms.Form):
    """What one person declares: entries of theirs in the register, or something of the moment in words."""

    mark_optional = False
    entries = forms.TypedMultipleChoiceField(
        label="From the register", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="In words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Something of the moment that no entry says, such as “Has a friend who works there”.",
    )

    def __init__(self, *args: Any, entries: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entries:
            self.fields["entries"].choices = entries  # type: ignore[attr-defined]
        else:
            del self.fields["entries"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("entries") and not typed.get("words", "").strip():
            self.add_error("words", "Say what was declared")
        return typed


class OwnDeclarationForm(DeclaredForm):
    """What the reader declares before a meeting; it may be about one item of its agenda."""

    item = forms.TypedChoiceField(
        label="What it touches",
        coerce=_number,
        empty_value=None,
        required=False,
        help_text="If it is one item.",
    )

    def __init__(self, *args: Any, items: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "Nothing in particular"), *items]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    mark_optional = False
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: the reason goes in the record"},
    )
