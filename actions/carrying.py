"""Who carries how much, now and before: counts from plain rows. Pure: no database, no clock.

Of a day is what stood at its end: an action counts from the day it was agreed (or first seen) until its latest
status is a closed one; an owner from `since` (inclusive; None: the start) until `until` (exclusive; None: still).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actions.statuses import CLOSED


@dataclass(frozen=True, slots=True)
class Held:
    """One owner of one action: whose it is (any key), whether they lead, from when until when."""

    action: int
    owner: tuple[str, str]
    leads: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Load:
    """What one owner carries on one day."""

    leads: int = 0
    supports: int = 0

    @property
    def total(self) -> int:
        return self.leads + self.supports


def quarter_ends(today: date, number: int) -> list[date]:
    """The last days of the `number` quarters before `today`, the earliest first, and then `today`."""
    first_of_quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    days = [today]
    for _ in range(number):
        last = first_of_quarter - timedelta(days=1)
        days.append(last)
        first_of_quarter = date(last.year, last.month - 2, 1)
    return days[::-1]


def loads(
    held: Iterable[Held],
    begun: Mapping[int, date],
    said: Mapping[int, Sequence[tuple[date, str]]],
    days: Sequence[date],
) -> dict[tuple[str, str], list[Load]]:
    """How much each owner led and supported at the end of each day.

    `begun` gives the day each action was agreed; `said` its statuses in the order of the days they speak of,
    the earliest first. Owners who carried nothing on any of the days are left out.
    """
    open_on = {day: _open_on(day, begun, said) for day in days}
    counts: dict[tuple[str, str], dict[date, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    for one in held:
        for day in days:
            if one.action in open_on[day] and _holds(one, day):
                counts[one.owner][day][one.leads] += 1
    return {
        owner: [Load(leads=by_day[day][True], supports=by_day[day][False]) for day in days]
        for owner, by_day in counts.items()
    }


def _open_on(
    day: date, begun: Mapping[int, date], said: Mapping[int, Sequence[tuple[date, str]]]
) -> frozenset[int]:
    return frozenset(
        action
        for action, first in begun.items()
        if first <= day
        and next((status for on, status in reversed(said.get(action, ())) if on <= day), "") not in CLOSED
    )


def _holds(one: Held, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or one.until > day)
