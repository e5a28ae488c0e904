"""The history of a project or a partner on one line of time: whatever the record holds of it, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby


class Kind(StrEnum):
    """What happened, in the order in which one day is told: the latest word of it first."""

    DECISION = "decision"
    CASE_DECIDED = "case_decided"
    CASE = "case"
    ACTION = "action"
    ITEM = "item"
    CONCERN = "concern"
    ASSESSMENT = "assessment"
    POSITION = "position"
    AGREEMENT = "agreement"


ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened on a day. `key` is its number in the record, `url` may be empty."""

    kind: Kind
    day: date
    key: int
    title: str
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its moments."""

    year: int
    moments: tuple[Moment, ...]


def by_year(moments: Iterable[Moment]) -> list[Year]:
    """Put moments in order, the newest day first, and within a day as `Kind` has them; then the later entry first.

    The order in which they come does not matter.
    """
    ordered = sorted(moments, key=lambda one: (-one.day.toordinal(), ORDER.index(one.kind), -one.key))
    return [Year(year, tuple(rows)) for year, rows in groupby(ordered, key=lambda one: one.day.year)]
