"""The form of a body."""

from typing import Any

from django import forms

from allies.models import Body, BodyKind, SaidBy

DAYS_TO_CHECK = 14


class BodyForm(forms.Form):
    """What a group is, and how it is made up."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Give the group a name"})
    kind = forms.ChoiceField(label="Kind", choices=BodyKind)
    purpose = forms.CharField(
        label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    parent = forms.ModelChoiceField(
        label="Part of",
        queryset=Body.objects.order_by("name"),
        required=False,
        empty_label="No other group",
        help_text="Whoever reads the record of that group reads this one too.",
    )
    quorum = forms.IntegerField(
        label="How many make a quorum",
        required=False,
        min_value=1,
        max_value=1000,
        error_messages={"invalid": "Give a whole number, such as 5"},
    )
    term_years = forms.IntegerField(
        label="Length of a term, in years",
        min_value=1,
        max_value=20,
        initial=3,
        error_messages={
            "required": "Give a number of years, such as 3",
            "invalid": "Give a whole number, such as 3",
        },
    )
    interests_asked_every = forms.IntegerField(
        label="Ask again for interests after how many months",
        min_value=0,
        max_value=120,
        initial=12,
        help_text="12 is once a year. With 0 everyone is asked once, when they join.",
        error_messages={
            "required": "Give a number of months, such as 12",
            "invalid": "Give a whole number, such as 12",
        },
    )
    words_checked_for = forms.IntegerField(
        label="How long people can check their words in circulated notes, in days",
        required=False,
        min_value=1,
        max_value=365,
        initial=DAYS_TO_CHECK,
        help_text=f"{DAYS_TO_CHECK} where nothing is given.",
        error_messages={"invalid": "Give a whole number, such as 14"},
    )
    said_by = forms.ChoiceField(
        label="Who spoke, in published notes",
        choices=SaidBy,
        initial=SaidBy.NAME,
        required=False,
        help_text="What is done unless something else is chosen for a line.",
    )
    turn_to = forms.CharField(
        label="Where to turn when somebody may be harmed",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Immediate harm and safeguarding: whom to ring or write to, and when they can be reached. "
        "It stands first on the page for raising a concern.",
    )
    co_chaired = forms.BooleanField(
        label="It has two co-chair seats: one lived experience, one learnt experience", required=False
    )

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if body:
            parents = self.fields["parent"]
            parents.queryset = parents.queryset.exclude(pk=body.pk)  # type: ignore[attr-defined]

    def clean_words_checked_for(self) -> int:
        """Give the number of days; the usual one where none was given."""
        return self.cleaned_data["words_checked_for"] or DAYS_TO_CHECK

    def clean_said_by(self) -> SaidBy:
        """Give how it is said as a `SaidBy`; by name where nothing was chosen."""
        return SaidBy(self.cleaned_data["said_by"] or SaidBy.NAME)

    def clean_kind(self) -> BodyKind:
        """Give the kind as a `BodyKind`."""
        return BodyKind(self.cleaned_data["kind"])

    @staticmethod
    def initial_of(body: Body) -> dict[str, Any]:
        """What the form shows of a body that is in the record."""
        fields = (
            "name",
            "kind",
            "purpose",
            "parent",
            "quorum",
            "term_years",
            "interests_asked_every",
            "words_checked_for",
            "said_by",
            "turn_to",
            "co_chaired",
        )
        return {name: getattr(body, name) for name in fields}
