"""Deadlines of actions: typed, with the words as they were written (DESIGN §4, the table of kinds)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.dates import find_dates, read_day_and_month, read_month_alone
from actions.statuses import read_status


class DeadlineKind(StrEnum):
    """What sort of deadline it is; only the first two, next_meeting and with_notes can ever be overdue."""

    DATE = "date"
    MONTH = "month"
    ASAP = "asap"
    NEXT_MEETING = "next_meeting"
    WITH_NOTES = "with_notes"
    CONDITION = "condition"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: `date` is ISO, a day for kind date, "YYYY-MM" for kind month, else None."""

    as_written: str
    kind: DeadlineKind
    date: str | None = None


_NOTHING = re.compile(r"[\W_]*|n/?a|none|nil|no deadline|not applicable", re.IGNORECASE)
_ONGOING = re.compile(
    r"(?:[(]?\s*)?(?:on[- ]?going|continuous(?:ly)?|continual(?:ly)?|rolling|standing(?: item)?|regularly?|"
    r"recurring|"
    r"(?:every|each) \w+|daily|weekly|fortnightly|monthly|quarterly|annual(?:ly)?|yearly|always)\b",
    re.IGNORECASE,
)
_ASAP = re.compile(
    r"\ba\.?s\.?a\.?p\b|\bas soon as (?:possible|practicable|practical|they can|we can|s?he can)|"
    r"\bimmediate(?:ly)?\b|"
    r"\bstraight ?away\b|\bright away\b|^urgent(?:ly)?\b|^now$|^at once$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:as (?:and )?)?(?:once|when|whenever|after|if|subject to|as soon as|following|upon|on receipt|"
    r"on completion|"
    r"on approval|dependent|depending|provided|until|unless|as (?:and when )?(?:needed|required|necessary|"
    r"able))\b",
    re.IGNORECASE,
)
# A few words may stand between: "next Allies Group meeting", "next month's committee meeting".
_NEXT_MEETING = re.compile(
    r"\bnext\s(?:[\w’'-]+\s){0,4}?(?:meetings?|mtg|call|session|board|committee|agm|time)\b|"
    r"^(?:the )?(?:following|forthcoming|upcoming) (?:[\w-]+ ){0,3}?meeting\b|^next one$",
    re.IGNORECASE,
)
_WITH_NOTES = re.compile(
    r"\b(?:with|alongside|together with|when (?:sharing|circulating|sending)|attached to) (?:the |these |"
    r"those )?"
    r"(?:[\w-]+ ){0,2}?(?:notes|minutes)\b",
    re.IGNORECASE,
)
_LEADING_WORDS = re.compile(
    r"^(?:(?:no later than|not later than|by|before|due(?: date| on| by)?|on|in|for|at|during|until|till|"
    r"w/?c|w/?e|"
    r"week commencing|week ending|beginning of|start of|early|mid|late|the|end(?: of)?|deadline)\b[-:\s]*)+",
    re.IGNORECASE,
)


def read_deadline(
    words: str | None, *, meeting_date: date | None = None, day_first: bool = True
) -> Deadline | None:
    """The deadline that `words` speak of; None where there are no words (or only a dash, "n/a", "none").

    A year that is not written is inferred from `meeting_date`: the next such day on or after it; without a
    meeting date such words are kept as `unknown`. A status in the deadline column ("In progress") is
    `unknown`: its words are kept, and whoever reads the column sets the status.
    """
    written = " ".join((words or "").split())
    if _NOTHING.fullmatch(written):
        return None
    if read_status(written) is not None:
        return Deadline(written, DeadlineKind.UNKNOWN)
    dates = find_dates(written, reference=meeting_date, day_first=day_first)
    days = [found for found in dates if found.is_day]
    if days:
        return Deadline(written, DeadlineKind.DATE, days[0].value)
    if dates:
        return Deadline(written, DeadlineKind.MONTH, dates[0].value)
    bare = _LEADING_WORDS.sub("", written).strip(" .,;")
    day = read_day_and_month(bare, reference=meeting_date, day_first=day_first)
    if day:
        return Deadline(written, DeadlineKind.DATE, day)
    month = read_month_alone(bare, reference=meeting_date)
    if month:
        return Deadline(written, DeadlineKind.MONTH, month)
    return Deadline(written, _kind_without_date(written))


def _kind_without_date(written: str) -> DeadlineKind:
    if _ASAP.search(written):
        return DeadlineKind.ASAP
    if _WITH_NOTES.search(written):
        return DeadlineKind.WITH_NOTES
    if _CONDITION.match(written):
        return DeadlineKind.CONDITION
    if _NEXT_MEETING.search(written):
        return DeadlineKind.NEXT_MEETING
    if _ONGOING.match(written):
        return DeadlineKind.ONGOING
    return DeadlineKind.UNKNOWN


def due_on(
    deadline: Deadline | None, *, next_meeting_on: date | None, circulated_on: date | None
) -> date | None:
    """The last day on which the action is still in time, inclusive; None where no day can be named.

    A month is due on its last day; "next meeting" on the day of that meeting (`next_meeting_on`, of the body
    that agreed it); "with the notes" on the day they are circulated (`circulated_on`).
    """
    if deadline is None:
        return None
    match deadline.kind:
        case DeadlineKind.DATE:
            return _day(deadline.date)
        case DeadlineKind.MONTH:
            return _last_day(deadline.date)
        case DeadlineKind.NEXT_MEETING:
            return next_meeting_on
        case DeadlineKind.WITH_NOTES:
            return circulated_on
        case _:
            return None


def is_overdue(due: date | None, *, today: date) -> bool:
    """Whether `today` is past the last day in time; never where no day is due."""
    return due is not None and today > due


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _last_day(iso_month: str | None) -> date | None:
    first = _day(f"{iso_month}-01") if iso_month else None
    return first.replace(day=monthrange(first.year, first.month)[1]) if first else None
