"""The form in which the core team proposes another scheme: its thresholds and its wordings."""

from typing import Any

from django import forms

from risks.ladder import NAMES
from risks.scheme import Band, Impact, Level, Scheme, SchemeRefused

# A proposal names the levels that a number or a position can reach; the host's is reached by none.
LEVELS = [(level.value, f"{level.value} {NAMES[level]}") for level in Level if level is not Level.HOST]
# Wordings that do not fit one line of a phone.
LONG = ("likelihood_", "impact_")
NUMBERS = ("amber_from", "red_from", "chairs_working_days", "correspondence_days")


class ProposeForm(forms.Form):
    """A whole scheme, filled with the one in force; and why it should change."""

    why = forms.CharField(
        label="Why should it change?",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it should change"},
        help_text="The group reads this when it decides.",
    )
    amber_from = forms.IntegerField(label="The middle band begins at", min_value=2, max_value=29)
    red_from = forms.IntegerField(label="The worst band begins at", min_value=3, max_value=30)
    chairs_working_days = forms.IntegerField(
        label="Working days that the chairs have", min_value=1, max_value=60
    )
    correspondence_days = forms.IntegerField(
        label="Days that the Allies have by correspondence", min_value=1, max_value=60
    )

    def __init__(self, data: Any = None, *, scheme: Scheme, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(data, initial=_initial(scheme), **kwargs)
        for name in NUMBERS:
            self.fields[name].widget = forms.TextInput({"inputmode": "numeric", "size": 3})
        for name, label in _wordings(scheme):
            self.fields[name] = forms.CharField(
                label=label, max_length=200, error_messages={"required": "Give it words"}
            )
            if name.startswith(LONG):
                self.fields[name].widget = forms.Textarea({"rows": 2})
        for band in Band:
            self.fields[f"level_{band.value}"] = forms.TypedChoiceField(
                label=f"{scheme.bands[band]} reaches", choices=LEVELS, coerce=int
            )
        for step, words in enumerate(scheme.positions):
            self.fields[f"position_level_{step}"] = forms.TypedChoiceField(
                label=f"“{words}” reaches", choices=LEVELS, coerce=int
            )
        self.fields["days_raise"] = forms.BooleanField(
            label="What would hit within days stands one level higher", required=False
        )

    def groups(self) -> list[tuple[str, list[Any], bool]]:
        """The fields under their headings, for the page, and whether they are shown unasked: those that need

        something, and the first.
        """
        return [
            (heading, fields, number == 0 or any(field.errors for field in fields))
            for number, (heading, fields) in enumerate(self._groups())
        ]

    def _groups(self) -> list[tuple[str, list[Any]]]:
        return [
            ("The bands", [self["amber_from"], self["red_from"], *self._named("band_")]),
            ("How likely, in words", self._named("likelihood_")),
            ("How bad, in words", self._named("impact_")),
            ("Whom it would hit", self._named("whom_")),
            ("Our values", self._named("value_")),
            ("Positions on a value", self._named("words_of_position_")),
            (
                "Where the ladder begins",
                [*self._named("level_"), *self._named("position_level_"), self["days_raise"]],
            ),
            ("Time limits", [self["chairs_working_days"], self["correspondence_days"]]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                Scheme.from_data(self.content())
            except SchemeRefused as refused:
                raise forms.ValidationError(str(refused)) from refused
            if self.content() == self.scheme.as_data():
                raise forms.ValidationError("Change something first: this is the scheme in force")
        return cleaned

    def content(self) -> dict[str, Any]:
        """The scheme as data. Call on a form whose fields are valid."""
        typed = self.cleaned_data
        return {
            "likelihoods": [_in_one_line(typed[f"likelihood_{step}"]) for step in range(1, 6)],
            "impacts": [_in_one_line(typed[f"impact_{step}"]) for step in range(1, 6)],
            "whom": {one.value: typed[f"whom_{one.value}"] for one in Impact},
            "bands": {one.value: typed[f"band_{one.value}"] for one in Band},
            **{name: typed[name] for name in NUMBERS},
            "values": {key: typed[f"value_{key}"] for key in self.scheme.values},
            "positions": [typed[f"words_of_position_{step}"] for step in range(5)],
            "level_of_position": [typed[f"position_level_{step}"] for step in range(5)],
            "level_of_band": {one.value: typed[f"level_{one.value}"] for one in Band},
            "days_raise": int(typed["days_raise"]),
        }

    def _named(self, beginning: str) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(beginning)]


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _wordings(scheme: Scheme) -> list[tuple[str, str]]:
    """Each field that holds words, with its label."""
    return [
        *((f"likelihood_{step}", f"Likelihood {step}") for step in range(1, 6)),
        *((f"impact_{step}", f"Impact {step}") for step in range(1, 6)),
        *((f"whom_{one.value}", f"Instead of “{scheme.whom[one]}”") for one in Impact),
        *((f"band_{one.value}", f"Instead of “{scheme.bands[one]}”") for one in Band),
        *((f"value_{key}", f"Instead of “{name}”") for key, name in scheme.values.items()),
        *((f"words_of_position_{step}", f"Position {step}") for step in range(5)),
    ]


def _initial(scheme: Scheme) -> dict[str, Any]:
    return {
        **{name: getattr(scheme, name) for name in NUMBERS},
        "days_raise": bool(scheme.days_raise),
        **{f"likelihood_{step}": words for step, words in enumerate(scheme.likelihoods, 1)},
        **{f"impact_{step}": words for step, words in enumerate(scheme.impacts, 1)},
        **{f"whom_{key}": words for key, words in scheme.whom.items()},
        **{f"band_{key}": words for key, words in scheme.bands.items()},
        **{f"value_{key}": words for key, words in scheme.values.items()},
        **{f"words_of_position_{step}": words for step, words in enumerate(scheme.positions)},
        **{f"position_level_{step}": level for step, level in enumerate(scheme.level_of_position)},
        **{f"level_{key}": level for key, level in scheme.level_of_band.items()},
    }
