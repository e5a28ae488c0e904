"""Forms for keeping somebody from a matter, and for releasing it."""

from typing import Any

from django import forms

from allies import clock
from allies.models import Actor, Organisation, Person, Project
from allies.widgets import DayField


class WithholdForm(forms.Form):
    """Who is kept from what, and why."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who is kept from it",
        empty_label="Choose a person",
        error_messages={"required": "Say whom you mean"},
    )
    about = forms.ChoiceField(
        label="From what",
        help_text="An item about nothing in particular is withheld at the meeting, with how an interest is handled.",
        error_messages={"required": "Choose the project or the partner"},
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Whoever writes notes can read this, but for those who are kept from it.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.in_order()  # type: ignore[attr-defined]
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        self._matters: dict[str, Project | Organisation] = {}
        for label, kind, rows in (
            ("Projects", "project", Project.objects.visible_to(actor).order_by("name")),
            ("Partners", "organisation", Organisation.objects.visible_to(actor).order_by("name")),
        ):
            keyed = {f"{kind}:{row.pk}": row for row in rows}
            self._matters |= keyed
            groups.append((label, [(key, str(row)) for key, row in keyed.items()]))
        choices = [("", "Choose a project or a partner"), *(group for group in groups if group[1])]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]

    def clean_about(self) -> Project | Organisation:
        """The row itself."""
        return self._matters[self.cleaned_data["about"]]


class ReleaseForm(forms.Form):
    """From when on a withholding holds no longer, and why."""

    on = DayField(
        label="From which day",
        required=False,
        help_text="From that day on they see everything of it, also what was said before. Today, if left empty.",
    )
    why = forms.CharField(
        label="Why is it released?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: the reason goes in the record"},
    )

    def clean_on(self) -> Any:
        """The day, or today."""
        return self.cleaned_data["on"] or clock.today()
