"""How long somebody has sat on a body, and when that is long enough to ask who comes next.

From the group's notes: "members who are coming up to three years on the Group". A start that nobody knows
is never invented; what the record first saw is said as that, and only bounds the answer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from allies.partial_dates import PartialDate

MONTHS_BEFORE = 6


class Standing(StrEnum):
    """Where a term is on a day."""

    RUNNING = "running"
    COMING_UP = "coming_up"
    OVER = "over"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Term:
    """A place on a body, as far as the record knows: its start, its agreed end, and the day it was first seen."""

    starts: PartialDate | None = None
    ends: PartialDate | None = None
    first_evidenced: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """When a term is up: between `first` and `last`, both inclusive; `first` is None where only `last` is sure."""

    first: date | None
    last: date


def reached(term: Term, years: int) -> Reached | None:
    """Give when the term is up: at its agreed end, else `years` after its start.

    A start first evidenced on a day was that day or earlier, so the term is up by then at the latest.
    None where nothing is known.
    """
    if term.ends:
        return Reached(term.ends.first_day(), term.ends.last_day())
    after = relativedelta(years=years)
    if term.starts:
        return Reached(term.starts.first_day() + after, term.starts.last_day() + after)
    if term.first_evidenced:
        return Reached(None, term.first_evidenced + after)
    return None


def standing(term: Term, years: int, today: date) -> Standing:
    """Say whether the term is up within six months of `today` (inclusive), is over, or runs on.

    A term that may be up within the six months counts as coming up. Where only the day it was first seen
    is known and that bound is further off, nothing can be said.
    """
    up = reached(term, years)
    if up is None:
        return Standing.NOT_KNOWN
    if up.last < today:
        return Standing.OVER
    horizon = today + relativedelta(months=MONTHS_BEFORE)
    if up.first is None:
        return Standing.COMING_UP if up.last <= horizon else Standing.NOT_KNOWN
    return Standing.COMING_UP if up.first <= horizon else Standing.RUNNING


def since_in_words(term: Term) -> str:
    """How a page says when a place began and ended: "Since March 2024", "2022 to June 2024"."""
    if term.starts and term.ends:
        return f"{term.starts.in_words} to {term.ends.in_words}"
    if term.starts:
        return f"Since {term.starts.in_words}"
    seen = (
        f"First seen in the record on {day_in_words(term.first_evidenced)}"
        if term.first_evidenced
        else "Start not known"
    )
    return f"{seen}, until {term.ends.in_words}" if term.ends else seen


def up_in_words(term: Term, years: int) -> str:
    """How a page says when a term is up: "Three years in March 2026", or what is not known."""
    if term.ends:
        return f"Until {term.ends.in_words}"
    if term.starts:
        up = PartialDate(term.starts.year + years, term.starts.month, _day_then(term.starts, years))
        return f"{years_in_words(years)} {'on' if up.day else 'in'} {up.in_words}"
    if term.first_evidenced:
        return f"First seen in the record on {day_in_words(term.first_evidenced)}: their start is not known"
    return "Their start is not known"


def years_in_words(years: int) -> str:
    """Give a number of years as a sentence begins: "Three years", "One year"; figures from ten on."""
    words = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    number = words[years] if 0 < years < len(words) else str(years)
    return f"{number} year" if years == 1 else f"{number} years"


def day_in_words(day: date) -> str:
    """Give a day as a sentence holds it: "8 November 2021"."""
    return PartialDate.of(day).in_words


def _day_then(starts: PartialDate, years: int) -> int:
    """The day of the month so many years on: 29 February becomes the 28th."""
    return (starts.first_day() + relativedelta(years=years)).day if starts.day else 0
