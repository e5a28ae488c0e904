"""The forms in which somebody weighs a risk."""

from typing import Any

from django import forms

from allies.models import Person
from allies.widgets import DayField
from risks.models import VELOCITY_CHOICES, Stage
from risks.scheme import Impact, Scheme, Velocity

# Radios of one likelihood, or of one impact.
STEPS_OF_IMPACT = {impact: f"impact_{impact.value}" for impact in Impact}
NEEDS_LIKELIHOOD = "Choose how likely it is"
NEEDS_IMPACT = "Choose how bad it would be for at least one of the five"


class Steps(forms.RadioSelect):
    """Short answers side by side: the steps of a scale."""

    template_name = "components/widgets/steps.html"


def step(value: str) -> int | None:
    """Read a step; nothing chosen, or "not scored", is None."""
    return int(value) if value else None


class WeighForm(forms.Form):
    """A likelihood and up to five impacts, in the words of the scheme."""

    mark_optional = False

    def __init__(self, *args: Any, scheme: Scheme, needed: bool = True, **kwargs: Any) -> None:
        """`needed` is False where all of it may be left out."""
        super().__init__(*args, **kwargs)
        self.scheme, self.needed = scheme, needed
        self.fields["likelihood"] = forms.TypedChoiceField(
            label="How likely is it?",
            choices=[(number, f"{number} {words}") for number, words in enumerate(scheme.likelihoods, 1)],
            coerce=step,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
        short = [
            ("", "Not scored"),
            *((number, f"{number} {_name(words)}") for number, words in enumerate(scheme.impacts, 1)),
        ]
        for impact, name in STEPS_OF_IMPACT.items():
            self.fields[name] = forms.TypedChoiceField(
                label=scheme.whom[impact],
                choices=short,
                coerce=step,
                empty_value=None,
                required=False,
                widget=Steps,
            )

    @property
    def impact_fields(self) -> list[Any]:
        """The five, for the page."""
        return [self[name] for name in STEPS_OF_IMPACT.values()]

    @property
    def impacts(self) -> dict[Impact, int | None]:
        """What was chosen for each. Call on a valid form."""
        return {impact: self.cleaned_data.get(name) for impact, name in STEPS_OF_IMPACT.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen. Call on a cleaned form."""
        return self.cleaned_data.get("likelihood") is None and not any(self.impacts.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.needed or not self.is_empty:
            if cleaned.get("likelihood") is None and "likelihood" not in self.errors:
                self.add_error("likelihood", NEEDS_LIKELIHOOD)
            if not any(self.impacts.values()):
                self.add_error(STEPS_OF_IMPACT[Impact.COMMUNITY], NEEDS_IMPACT)
        return cleaned


class ScoreForm(WeighForm):
    """A whole weighing: the numbers, one reason, and what else is known."""

    reason = forms.CharField(
        label="Why this score?",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="One reason is enough. Everyone in the group can read it.",
    )
    velocity = forms.ChoiceField(
        label="If it happened, how soon would it hit?",
        choices=[*VELOCITY_CHOICES, ("", "Not said")],
        required=False,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label="What it rests on",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Something seen, read or told.",
    )
    lost_by_stopping = forms.CharField(
        label="What would be lost by stopping",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Stopping has a price too: say what people would go without.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        said = any(cleaned.get(name) for name in ("reason", "evidence", "lost_by_stopping", "velocity"))
        if not self.needed and self.is_empty and said:
            self.add_error("likelihood", NEEDS_LIKELIHOOD)
            self.add_error(STEPS_OF_IMPACT[Impact.COMMUNITY], NEEDS_IMPACT)
        if (self.needed or not self.is_empty) and not cleaned.get("reason"):
            self.add_error("reason", "Say why: one reason is enough")
        return cleaned

    def weighing(self) -> dict[str, Any]:
        """What was typed, for `assess`. Call on a valid form."""
        typed = self.cleaned_data
        return {
            "likelihood": typed["likelihood"],
            "impacts": self.impacts,
            "reason": typed["reason"],
            "velocity": Velocity(typed["velocity"]) if typed["velocity"] else None,
            "evidence": typed["evidence"],
            "lost_by_stopping": typed["lost_by_stopping"],
        }


class ScoreAgainForm(ScoreForm):
    """A weighing of a risk in the register; the core team may write it down for somebody, or for an earlier day."""

    stage = forms.ChoiceField(
        label="Which score is this?",
        choices=[
            (Stage.NOW, "As it is now"),
            (Stage.BEFORE, "Before controls: if nothing were done"),
            (Stage.TARGET, "Target: where it is meant to go"),
        ],
        initial=Stage.NOW,
        widget=forms.RadioSelect,
    )
    on = DayField(
        label="On which day",
        required=False,
        help_text="Leave it empty for today. Entries may be of an earlier day.",
    )
    scored_by = forms.ModelChoiceField(
        Person.objects.none(), label="Whose score it is", required=False, empty_label="Mine"
    )

    def __init__(self, *args: Any, may_answer_for_others: bool, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if may_answer_for_others:
            self.fields["scored_by"].queryset = Person.objects.order_by("full_name")  # type: ignore[attr-defined]
        else:
            del self.fields["scored_by"], self.fields["on"]

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day > self.today:
            raise forms.ValidationError("Give today or an earlier day")
        return day

    def weighing(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().weighing() | {
            "stage": Stage(typed["stage"]),
            "on": typed.get("on"),
            "scored_by": typed.get("scored_by"),
        }


class StillStandsForm(forms.Form):
    """A review that changes nothing says why."""

    reason = forms.CharField(
        label="The score still stands, because",
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why it still stands"},
    )


def _name(words: str) -> str:
    return words.partition(":")[0].strip()
