"""The answers to what was left open when notes came in."""

from collections.abc import Sequence
from typing import Any

from django import forms

type Choice = tuple[Any, str]


class NameAnswerForm(forms.Form):
    """Whom a name means."""

    whom = forms.ChoiceField(label="Who is it?", error_messages={"required": "Choose who it is"})
    full_name = forms.CharField(
        label="Full name, if it is a new person",
        max_length=200,
        required=False,
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        written: str,
        offered: Sequence[Choice],
        people: Sequence[Choice],
        bodies: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {"written": written, "offered": offered, "people": people, "bodies": bodies}
        listed = {value for value, _ in offered}
        self.fields["whom"].choices = [
            ("", "Choose"),
            *offered,
            ("new", "A new person"),
            ("as_written", "Nobody in particular: these words are right"),
            ("Groups", list(bodies)),
            ("Everyone in the record", [pair for pair in people if pair[0] not in listed]),
        ]


class RemarkAnswerForm(forms.Form):
    """Which action a remark in the notes speaks of."""

    action = forms.TypedChoiceField(
        label="Which action is it?",
        coerce=int,
        empty_value=None,
        error_messages={"required": "Choose an action, or say that there is none"},
    )
    mark_optional = False

    def __init__(
        self, *args: Any, proposed: Sequence[Choice], actions: Sequence[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {"proposed": proposed, "actions": actions}
        listed = {value for value, _ in proposed}
        self.fields["action"].choices = [
            ("", "Choose"),
            *((value, _cut(words)) for value, words in proposed),
            (0, "None: it is right that the tables do not list it"),
            (
                "Actions in the record",
                [(value, _cut(words)) for value, words in actions if value not in listed],
            ),
        ]


class TwinsAnswerForm(forms.Form):
    """Whether two actions are one. Two plain buttons."""

    answer = forms.ChoiceField(
        choices=[("same", "The same"), ("two", "Two actions")],
        error_messages={"required": "Choose one of the two"},
    )
    choices: dict[str, Any] = {}


def _cut(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:88].rstrip()}…"
