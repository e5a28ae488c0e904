"""A deadline in somebody's own words, as every form asks for it."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from actions.dates import no_such_day

NO_SUCH_DAY = "No calendar has a {day}. Give another day, or send it again to keep these words"


class Typed(NamedTuple):
    """The words of a deadline, and the words that the page has asked about already."""

    words: str
    asked: str


def question_about(words: str, asked: str) -> str:
    """Ask about a day that no calendar has, such as 31/02/2026; "" when nothing is asked.

    Asked once: the same words sent again, as `asked` says, are meant, and kept as they are.
    """
    slip = no_such_day(words)
    return NO_SUCH_DAY.format(day=slip) if slip and asked.strip() != words.strip() else ""


class DeadlineInput(forms.TextInput):
    """A line of words; beside it, unseen, those that were asked about: they go with the next sending."""

    template_name = "components/widgets/deadline_input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Give what was typed with what was asked about, or None where the field was not there."""
        words = data.get(name)
        return None if words is None else Typed(words, data.get(_asked(name)) or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Words in no calendar were asked about on the page that shows them, or stand in the record already."""
        context = super().get_context(name, value, attrs)
        words = context["widget"]["value"] or ""
        return context | {"asked_name": _asked(name), "asked": words if no_such_day(words) else ""}


class DeadlineField(forms.CharField):
    """A deadline in one's own words, up to 200 letters. Cleans to the words; `read_deadline` says what they mean."""

    widget = DeadlineInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "required": False} | kwargs)

    def clean(self, value: Any) -> str:
        """Give the words. Raises ValidationError, once, where they name a day that no calendar has."""
        typed = value if isinstance(value, Typed) else Typed(value or "", "")
        words = super().clean(typed.words)
        if question := question_about(words, typed.asked):
            raise ValidationError(question, code="no_such_day")
        return words

    def prepare_value(self, value: Any) -> Any:
        """Show the words alone."""
        return value.words if isinstance(value, Typed) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether the words are others than they were."""
        return super().has_changed(initial, self.prepare_value(data))


def _asked(name: str) -> str:
    """The name of the unseen field: after the form's prefix, as Django writes it."""
    prefix, dash, own = name.rpartition("-")
    return f"{prefix}{dash}asked_{own}"
