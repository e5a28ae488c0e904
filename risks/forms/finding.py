"""What the address of the register asks for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from allies.widgets import DayField
from risks.models import Category, RiskStatus, Stage
from risks.models.register import EVERY, Entry, Wanted
from risks.scheme import Band, Scheme

STEP = {"min_value": 1, "max_value": 5, "required": False, "widget": forms.HiddenInput}


class FindForm(forms.Form):
    """The filters. Every field may be left out."""

    mark_optional = False
    q = forms.CharField(label="Words in it", required=False, max_length=200)
    category = forms.ChoiceField(
        label="Category", required=False, choices=[("", "Every category"), *Category.choices]
    )
    band = forms.ChoiceField(label="Band", required=False, choices=[("", "Every band")])
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Not closed"), *RiskStatus.choices, (EVERY, "Every status")],
    )
    about = forms.RegexField(r"^(project|organisation):\d{1,18}$", required=False, label="Project or partner")
    mine = forms.BooleanField(label="Those I look after", required=False)
    review = forms.BooleanField(label="To be looked at again by now", required=False)
    unscored = forms.BooleanField(label="Not scored yet", required=False)
    differ = forms.BooleanField(label="Where the team and the Allies differ", required=False)
    on = DayField(label="As it stood on", required=False)
    since = DayField(label="What has changed since", required=False)
    stage = forms.ChoiceField(required=False, choices=Stage.choices, widget=forms.HiddenInput)
    likelihood = forms.IntegerField(**STEP)  # type: ignore[arg-type]
    impact = forms.IntegerField(**STEP)  # type: ignore[arg-type]

    def __init__(self, data: Any, *, person_id: int | None, today: date) -> None:
        super().__init__(data)
        self.person_id, self.today = person_id, today
        self.fields["band"].choices = [("", "Every band"), *((one.value, one.value) for one in Band)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days that are still to come, and changes since a day after the one that is asked for."""
        cleaned = super().clean() or self.cleaned_data
        on, since = cleaned.get("on"), cleaned.get("since")
        for name, day in (("on", on), ("since", since)):
            if day and day > self.today:
                self.add_error(name, "That day is still to come. Give today, or a day before")
        if on and since and on < since <= self.today:
            self.add_error("since", "Give a day that is not after the one on which it stood so")
        return cleaned

    def offer(self, scheme: Scheme, entries: Iterable[Entry]) -> None:
        """Name the bands as the scheme does, and offer the projects and partners that the register speaks of."""
        self.fields["band"].choices = [("", "Every band"), *((one.value, scheme.bands[one]) for one in Band)]  # type: ignore[attr-defined]
        concerns = sorted({(one.name, f"{one.kind}:{one.pk}") for entry in entries for one in entry.concerns})
        self.fields["about"].widget = forms.Select(
            choices=[("", "Everything"), *((key, name) for name, key in concerns)]
        )

    def wanted(self) -> Wanted:
        """What is asked for. Call on a valid form."""
        typed = self.cleaned_data
        kind, _, pk = typed["about"].partition(":")
        square = (typed["likelihood"], typed["impact"])
        return Wanted(
            on=typed["on"],
            since=typed["since"],
            stage=Stage(typed["stage"] or Stage.NOW),
            category=typed["category"],
            band=typed["band"],
            status=typed["status"],
            about=(kind, int(pk)) if pk else None,
            looked_after_by=(self.person_id or 0) if typed["mine"] else None,
            review_due=typed["review"],
            unscored=typed["unscored"],
            differ=typed["differ"],
            square=square if all(square) else None,
            words=typed["q"],
        )
