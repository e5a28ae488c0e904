"""By when a level is to decide (DESIGN §5). A missed limit tells the next level; it never decides by itself."""

from collections.abc import Collection
from datetime import date, timedelta

import holidays

from risks.scheme import Level, Scheme

_SATURDAY = 5


def is_working_day(day: date, *, closed: Collection[date] = ()) -> bool:
    """Whether it is no weekend, no bank holiday of England and Wales, and no day on which the host is closed."""
    return day.weekday() < _SATURDAY and day not in closed and day not in _bank_holidays(day.year)


def after_working_days(day: date, count: int, *, closed: Collection[date] = ()) -> date:
    """Give the `count`-th working day after `day`, which itself does not count. Raises ValueError below 1."""
    if count < 1:
        raise ValueError("A limit is at least one working day.")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, closed=closed)
    return day


def working_days_after(day: date, until: date, *, closed: Collection[date] = ()) -> int:
    """Count the working days after `day`, up to `until` with it; none where `until` is not after it."""
    days = (day + timedelta(days=number) for number in range(1, (until - day).days + 1))
    return sum(is_working_day(one, closed=closed) for one in days)


def limit_of(
    level: Level,
    reached_on: date,
    *,
    scheme: Scheme,
    next_meeting: date | None = None,
    closed: Collection[date] = (),
) -> date | None:
    """Give the last day (inclusive) on which a level that was reached on `reached_on` is in time.

    The Allies have until their next meeting, or a week from the day where none is planned sooner. None where
    there is no limit: what is routine is reviewed at its own date, what is watched at a meeting not yet planned.
    """
    match level:
        case Level.ROUTINE:
            return None
        case Level.WATCH:
            return next_meeting
        case Level.CHAIRS:
            return after_working_days(reached_on, scheme.chairs_working_days, closed=closed)
        case Level.ALLIES:
            week = reached_on + timedelta(days=scheme.correspondence_days)
            return min(week, next_meeting) if next_meeting and next_meeting >= reached_on else week
        case Level.HOST:
            return reached_on


def _bank_holidays(year: int) -> holidays.HolidayBase:
    # One country and one year at a time: the package keeps what it has worked out.
    return holidays.country_holidays("GB", subdiv="ENG", years=year)
