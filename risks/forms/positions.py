"""The form in which somebody says how far a project or partner fits the group's values."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from allies.models import Person
from risks.scheme import Scheme
from risks.services.positions import View


class PositionsForm(forms.Form):
    """One view for each value, each with what it rests on. A value left alone is not spoken of.

    The core team may write down what somebody told them.
    """

    # Every value may be left out, and the page says so once.
    mark_optional = False

    viewer = forms.ModelChoiceField(
        Person.objects.none(),
        label="Whose view it is",
        required=False,
        empty_label="Mine",
        help_text="Choose somebody who told you theirs. Everyone reads that it was told to us; the chairs, to whom.",
    )

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        before: Mapping[str, str],
        viewers: QuerySet[Person] | None,
        **kwargs: Any,
    ) -> None:
        """`before` says in words, for a value's key, what the same person said last; `viewers` are those for whom

        the reader may write a view down, None where for nobody.
        """
        self.scheme = scheme
        super().__init__(*args, **kwargs)
        if viewers is None:
            del self.fields["viewer"]
        else:
            self.fields["viewer"].queryset = viewers  # type: ignore[attr-defined]
        for value, name in scheme.values.items():
            self.fields[f"position_{value}"] = forms.TypedChoiceField(
                label=f"{name}: how far does what they do fit?",
                choices=list(enumerate(scheme.positions)),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                help_text=before.get(value, ""),
            )
            self.fields[f"evidence_{value}"] = forms.CharField(
                label=f"{name}: what it rests on",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a view without what it rests on, the one without the other, and a form that says nothing."""
        cleaned = super().clean() or self.cleaned_data
        for value in self.scheme.values:
            position, evidence = cleaned.get(f"position_{value}"), cleaned.get(f"evidence_{value}")
            if position is not None and not evidence:
                self.add_error(f"evidence_{value}", "Say what it rests on: something seen, read or told")
            if position is None and evidence and f"position_{value}" not in self.errors:
                self.add_error(f"position_{value}", "Choose how far it fits")
        if not self.errors and not self.views:
            raise forms.ValidationError("Give your view on at least one value")
        return cleaned

    @property
    def views(self) -> list[View]:
        """What was said, value by value."""
        return [
            View(value, self.cleaned_data[f"position_{value}"], self.cleaned_data[f"evidence_{value}"])
            for value in self.scheme.values
            if self.cleaned_data.get(f"position_{value}") is not None
        ]

    def by_value(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """The name of each value with its two fields, for the page."""
        for value, name in self.scheme.values.items():
            yield name, self[f"position_{value}"], self[f"evidence_{value}"]
