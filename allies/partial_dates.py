"""Dates as people know them: a year, a month of a year, or a day.

The record never invents a start: "since 2023" stays "2023". The written form is Popolo's
(`YYYY`, `YYYY-MM`, `YYYY-MM-DD`), which also sorts as text.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day. `month` and `day` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("A day needs its month.")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def read(cls, written: str) -> Self:
        """Take `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(written)
        if not match:
            raise ValueError(f"Not a date the record can keep: {written!r}")
        return cls(*(int(part) for part in match.groups() if part))

    @classmethod
    def of(cls, day: date) -> Self:
        """The partial date that knows all of `day`."""
        return cls(day.year, day.month, day.day)

    def first_day(self) -> date:
        """The earliest day it can mean, inclusive."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day it can mean, inclusive."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @property
    def in_words(self) -> str:
        """How a page says it: `2023`, `March 2023` or `8 March 2023`."""
        month = calendar.month_name[self.month]
        return " ".join(str(part) for part in (self.day, month, self.year) if part)


def ways_to_write(day: date) -> tuple[str, str, str]:
    """The three written forms that a date which includes `day` can have."""
    whole = day.isoformat()
    return whole[:4], whole[:7], whole
