"""Fields that several forms share."""

from typing import Any

from allies.partial_dates import PartialDate
from allies.widgets import PartialDayField


class PartialDateFormField(PartialDayField):
    """A year, a month or a day in three fields. Cleans to a `PartialDate`, or None when nothing was typed."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return PartialDate.read(text) if text else None
