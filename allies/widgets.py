"""Controls of our forms: dates in three fields, and choices that say what follows."""

import calendar
import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


class DateFields(forms.MultiWidget):
    """Day, month and year side by side. Its value is the three as they were typed.

    A single value under the field's own name, such as `?on=2026-02-10`, is understood too.
    """

    template_name = "components/widgets/date_fields.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        part = {"inputmode": "numeric", "autocomplete": "off"}
        widgets = {
            "day": forms.TextInput(part | {"size": 2, "maxlength": 2}),
            "month": forms.TextInput({"autocomplete": "off", "size": 2, "maxlength": 9}),
            "year": forms.TextInput(part | {"size": 4, "maxlength": 4, "class": "year"}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Take a date, a partial date or ISO text; give day, month and year as texts without leading noughts."""
        year, month, day = [*(str(value).split("-") if value else []), "", "", ""][:3]
        return [day.lstrip("0"), month.lstrip("0"), year]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Give day, month and year as they were typed."""
        if data.get(name):
            return self.decompress(data[name])
        return [(value or "").strip() for value in super().value_from_datadict(data, files, name)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], ("Day", "Month", "Year"), strict=True):
            part["label"] = label
        return context


class PartialDateFields(DateFields):
    """Day, month and year side by side, where the day, or the day and the month, may be left empty."""


class DayField(forms.Field):
    """A day in three fields. Cleans to a `date`, or None when nothing was typed."""

    widget = DateFields
    default_error_messages = {
        "required": "Give the day, the month and the year",
        "year": "Give the year in four figures, such as 2026",
        "month": "Give the month as a number from 1 to 12",
        "no_month": "Give the month too",
        "day": "Give the day as a number from 1 to 31",
        "no_day": "Give the day too",
        "no_such_day": "%(month)s %(year)s has no day %(day)s",
    }

    def to_python(self, value: Any) -> Any:
        """Take [day, month, year] as typed, a date or ISO text. Raises ValidationError that says what to mend."""
        parts = self._parts(value)
        return parts and date(*parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another day was given; what cannot be read counts as a change."""
        if self.disabled:
            return False
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _parts(self, value: Any) -> tuple[int, int, int] | None:
        if not isinstance(value, list | tuple):
            value = DateFields().decompress(value)
        day, month, year = (part.strip() for part in value)
        if not (day or month or year):
            return None
        if not re.fullmatch(r"[1-9]\d{3}", year, re.ASCII):
            raise self._wrong("year")
        parts = int(year), self._month(month), self._day(day)
        if parts[2] and not parts[1]:
            raise self._wrong("no_month")
        if parts[2] > calendar.monthrange(parts[0], parts[1] or 1)[1]:
            words = {"month": calendar.month_name[parts[1]], "year": parts[0], "day": parts[2]}
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day", params=words)
        return parts

    def _month(self, typed: str) -> int:
        if not typed:
            raise self._wrong("no_month")
        number = MONTHS.get(typed.lower().rstrip(".")) or self._number(typed)
        if not 1 <= number <= 12:
            raise self._wrong("month")
        return number

    def _day(self, typed: str) -> int:
        if not typed:
            raise self._wrong("no_day")
        if not 1 <= self._number(typed) <= 31:
            raise self._wrong("day")
        return self._number(typed)

    def _number(self, typed: str) -> int:
        return int(typed) if re.fullmatch(r"\d{1,2}", typed, re.ASCII) else 0

    def _wrong(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class PartialDayField(DayField):
    """A day, a month or a year in three fields. Cleans to `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or the empty string."""

    widget = PartialDateFields
    default_error_messages = {"required": "Give the year, and the month and day if they are known"}

    def to_python(self, value: Any) -> str:
        """Take [day, month, year] as typed, a partial date or ISO text. Raises ValidationError."""
        year, month, day = self._parts(value) or (0, 0, 0)
        return "-".join(
            text
            for number, text in ((year, f"{year:04}"), (month, f"{month:02}"), (day, f"{day:02}"))
            if number
        )

    def _month(self, typed: str) -> int:
        return super()._month(typed) if typed else 0

    def _day(self, typed: str) -> int:
        return super()._day(typed) if typed else 0


class ChoiceCards(forms.RadioSelect):
    """Radios as cards: a bold label and one sentence of what follows, `{value: sentence}`. For decisions."""

    template_name = "components/widgets/choice_cards.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), follows: dict[str, str] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.follows = follows or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **kwargs) | {
            "follows": self.follows.get(str(value), "")
        }
