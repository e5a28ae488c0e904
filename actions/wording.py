"""How an action's deadline, age and owners are said on a page. Pure: no database, no clock.

The record's own words come first, in quotation marks unless they are a date; then what they mean; then, once
and calmly, how late it is (LOOK §1 and §4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.dates import find_dates
from actions.deadlines import Deadline, DeadlineKind, is_overdue
from actions.statuses import read_status

UNCONFIRMED = "Nobody has confirmed yet that this still stands"


@dataclass(frozen=True, slots=True)
class DeadlineLines:
    """The three lines of a deadline; an empty one is left out. `unconfirmed` says why there is no lateness."""

    words: str
    meaning: str = ""
    lateness: str = ""
    unconfirmed: str = ""


@dataclass(frozen=True, slots=True)
class OwnerName:
    """One owner as a page names them: the name, whether they lead, whether it is the reader."""

    name: str
    leads: bool = True
    is_you: bool = False
    placed: bool = True


def deadline_lines(
    deadline: Deadline | None,
    *,
    due_on: date | None,
    agreed_on: date | None,
    first_seen_on: date,
    is_open: bool,
    stands: bool,
    today: date,
) -> DeadlineLines:
    """Say a deadline in up to three lines.

    `due_on` is the last day in time, inclusive, as the record keeps it (None: no day can be named). One that
    is closed is not late; one from old notes that nobody has confirmed (`stands` False) is never called late.
    """
    unconfirmed = UNCONFIRMED if is_open and not stands else ""
    if deadline is None:
        return DeadlineLines("No deadline", "", "", unconfirmed)
    counting = is_open and stands
    late = counting and is_overdue(due_on, today=today)
    return DeadlineLines(
        words=_as_written(deadline, agreed_on or first_seen_on),
        meaning=_meaning(deadline, due_on, agreed_on, first_seen_on, today, counting=counting),
        lateness=f"{span(due_on, today)} overdue" if late and due_on else "",
        unconfirmed=unconfirmed,
    )


def span(start: date, end: date) -> str:
    """How long it is from `start` to `end` (not earlier): days up to two months, then months, then years."""
    months = _whole_months(start, end)
    if months < 2:
        return _counted((end - start).days, "day")
    years, rest = divmod(months, 12)
    return ", ".join(_counted(number, unit) for number, unit in ((years, "year"), (rest, "month")) if number)


def ago(day: date, today: date) -> str:
    """How long ago a day is, in its largest unit: "4 years ago", "8 days ago", "today"."""
    if day >= today:
        return "today"
    return f"{span(day, today).split(', ')[0]} ago"


def ahead(day: date, today: date) -> str:
    """How far off a day is that is not past: "today", "tomorrow", "in 8 days"."""
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {span(today, day)}"


def day_in_words(day: date, *, today: date | None = None) -> str:
    """ "Tuesday 10 February 2026"; without the year when it is that of `today`."""
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def agreed_in_words(agreed_on: date | None, first_seen_on: date, *, short: bool = False) -> str:
    """When it was agreed. One from a meeting that is not in the record says so, and no date is invented."""
    month = "%b" if short else "%B"
    if agreed_on:
        return f"Agreed {agreed_on.day} {agreed_on:{month} %Y}"
    seen = f"{first_seen_on.day} {first_seen_on:{month} %Y}"
    return (
        f"First seen in the record {seen}"
        if short
        else f"Agreed at an earlier meeting, first seen in the record on {seen}"
    )


def carried_in_words(times: int) -> str:
    """ "carried 3 times"; nothing for an action never carried."""
    return f"carried {times} {'time' if times == 1 else 'times'}" if times else ""


def trail(times: int) -> str:
    """The drawing that goes with it: one dot for each time, a broken line after five, none for none."""
    return "" if not times else f"trail-{times}" if times <= 5 else "trail-many"


def trail_width(times: int) -> int:
    """How wide that drawing is, in pixels, as static/icons.svg has it: a ring, and 12 for each dot before it."""
    return 10 + 12 * times if times <= 5 else 61


def who(owners: Iterable[OwnerName]) -> str:
    """Owners in a table: "Bel, with Ada and Esme"; those who only support stand alone as "Ada supports"."""
    owners = list(owners)
    leads = [_named(owner) for owner in owners if owner.leads]
    supports = [_named(owner) for owner in owners if not owner.leads]
    if not owners:
        return "Nobody yet"
    if not leads:
        return f"{_listed(supports)} {_verb('support', owners)}"
    return ", ".join(leads) + (f", with {_listed(supports)}" if supports else "")


def who_leads(owners: Iterable[OwnerName]) -> str:
    """Owners in a sentence, with "you" for the reader: "Bel leads, you and Esme support"."""
    owners = list(owners)
    parts = []
    for verb, some in (
        ("lead", [owner for owner in owners if owner.leads]),
        ("support", [owner for owner in owners if not owner.leads]),
    ):
        if some:
            parts.append(f"{_listed(_or_you(some))} {_verb(verb, some)}")
    sentence = ", ".join(parts) or "Nobody carries this yet"
    return sentence[0].upper() + sentence[1:]


def counted_actions(number: int) -> str:
    """ "1 action", "10 actions", "No actions"."""
    return "No actions" if number == 0 else _counted(number, "action")


def _as_written(deadline: Deadline, reference: date) -> str:
    words = deadline.as_written
    if deadline.kind in {DeadlineKind.DATE, DeadlineKind.MONTH} and any(
        found.start == 0 and found.end == len(words) for found in find_dates(words, reference=reference)
    ):
        return words
    return f"“{words}”"


def _meaning(
    deadline: Deadline,
    due_on: date | None,
    agreed_on: date | None,
    first_seen_on: date,
    today: date,
    *,
    counting: bool,
) -> str:
    match deadline.kind:
        case DeadlineKind.DATE:
            return _day_and_how_far(due_on, today, counting=counting)
        case DeadlineKind.MONTH if due_on:
            how_far = f", {ahead(due_on, today)}" if counting and due_on >= today else ""
            return f"Its last day counts: {due_on.day} {due_on:%B %Y}{how_far}"
        case DeadlineKind.NEXT_MEETING:
            return _day_and_how_far(due_on, today, counting=counting) or "The next meeting has no date yet"
        case DeadlineKind.WITH_NOTES:
            return (
                f"The notes went out on {day_in_words(due_on, today=today)}"
                if due_on
                else "When the notes go out"
            )
        case DeadlineKind.ASAP:
            if agreed_on is None:
                return f"As soon as possible. First seen in the record {ago(first_seen_on, today)}."
            return f"As soon as possible. Agreed {ago(agreed_on, today)}."
        case DeadlineKind.CONDITION:
            return "When a condition holds. No date."
        case DeadlineKind.ONGOING:
            return "Looked at in every meeting"
        case _ if read_status(deadline.as_written):
            return "That is a status. No date was set."
        case _:
            return "No date can be read from these words."


def _day_and_how_far(due_on: date | None, today: date, *, counting: bool) -> str:
    if due_on is None:
        return ""
    how_far = f", {ahead(due_on, today)}" if counting and due_on >= today else ""
    return day_in_words(due_on, today=today) + how_far


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit if number == 1 else unit + 's'}"


def _named(owner: OwnerName) -> str:
    """Words that nobody has placed stand in quotation marks, as all words of the notes do."""
    return owner.name if owner.placed else f"“{owner.name}”"


def _or_you(owners: list[OwnerName]) -> list[str]:
    """The reader first among equals, as "you"."""
    others = [_named(owner) for owner in owners if not owner.is_you]
    return (["you"] if len(others) < len(owners) else []) + others


def _verb(verb: str, owners: list[OwnerName]) -> str:
    """One person leads; two lead; "you" lead."""
    alone = len(owners) == 1 and not owners[0].is_you
    return f"{verb}s" if alone else verb


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
