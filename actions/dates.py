"""Dates as people write them in notes and tables: found in words, never guessed without a ground.

ISO text comes out: "YYYY-MM-DD" for a day, "YYYY-MM" for a month. Years are four digits, or two digits read
as 20xx (a record of meetings has no other century in two digits). A date whose year is not written is given
only where a reference day is known: the next such day on or after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?(?![\d:])"
_YEAR = r"(?P<year>(?:19|20)\d{2}(?!\d)|['’]\d{2}(?!\d))"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d{2}(?!\d)|['’]?\d{2}(?!\d))"
_LEAD = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:the\s+)?"

# Each names its parts; the first that fits at a place wins, so the fuller forms stand first.
_FORMS: tuple[str, ...] = (
    r"(?<![\d/.-])(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    r"(?<![\d/.-])(?P<first>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<second>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>(?:19|20)\d{2}|\d{2})(?![\d:]|[/.-]\d)",
    rf"{_LEAD}(?<![\d/.:-]){_DAY}\s+(?:day\s+)?(?:of\s+)?(?P<name>{_MONTH}),?\s*{_YEAR}",
    rf"{_LEAD}(?<![\d/.:-]){_DAY}[-/.](?P<name>{_MONTH})[-/.]?{_SHORT_YEAR}",
    rf"{_LEAD}\b(?P<name>{_MONTH})\s*{_DAY},?\s+{_YEAR}",
    rf"\b(?P<year>(?:19|20)\d{{2}})[-\s,]+(?P<name>{_MONTH})[-\s]+{_DAY}",
    rf"\b(?P<name>{_MONTH}),?(?:\s*[-/]\s*|\s+)(?:of\s+)?{_YEAR}",
    rf"\b(?P<name>{_MONTH})[-/](?P<year>\d{{2}})(?!\d)",
    rf"{_LEAD}(?<![\d/.:-]){_DAY}\s*[-\s]\s*(?:of\s+)?(?P<name>{_MONTH})(?!\s*\d{{3}})",
    rf"{_LEAD}\b(?P<name>{_MONTH})\s+(?:the\s+)?{_DAY}(?!\s*(?:am|pm))",
    r"(?<![\d/.-])(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d])",
    r"(?<![\d/.-])(?P<year>(?:19|20)\d{2})-(?P<month>0[1-9]|1[0-2])(?![\d-])",
)
# Written as a day, whether or not a calendar has it. More than 31 beside a name is a number of something else.
_WRITTEN_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        *_FORMS[:2],
        rf"(?<![\d/.:-])(?P<day>(?:29|3[01]))(?:st|th)?\s+(?:of\s+)?(?P<name>{_MONTH})(?:\s*,?\s*{_YEAR})?",
    )
)
_SOME_LEAP_YEAR = date(2024, 1, 1)
_FINDERS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_MAYBE = re.compile(rf"\d|{_MONTH}", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"(?P<name>{_MONTH})", re.IGNORECASE)
_NUMERIC_ORDER = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?![\d:]|[/.-]\d)")
_DAY_AND_MONTH = re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a piece of text: `value` is ISO (day or month), `start` and `end` its place in the text."""

    value: str
    start: int
    end: int
    year_implied: bool = False
    by_number: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it names a day, not a month."""
        return len(self.value) == 10


def find_dates(words: str, *, reference: date | None = None, day_first: bool = True) -> list[FoundDate]:
    """Every date in `words`, in their order; overlapping readings give the fuller one.

    `reference` is the day from which a year that is not written is inferred (none: such dates are left out).
    `day_first` decides 3/4/2025 where nothing else does; 13/4 and 4/13 decide for themselves.
    """
    if not _MAYBE.search(words):
        return []
    taken: list[FoundDate] = []
    for finder in _FINDERS:
        for found in finder.finditer(words):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            one = _read(found, reference, day_first)
            if one:
                taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def no_such_day(words: str) -> str:
    """What `words` write as a day that no calendar has ("31/02/2026", "31 June"), as it stands there; else "".

    Most likely a slip of the pen: worth asking about, and kept as it is if it was meant.
    """
    for written in _WRITTEN_DAYS:
        for found in written.finditer(words):
            parts = found.groupdict()
            if _read(found, None if parts.get("year") else _SOME_LEAP_YEAR, day_first=True) is None:
                return found[0].strip()
    return ""


def read_month_alone(words: str, *, reference: date | None) -> str | None:
    """The month that `words` name alone, as YYYY-MM: the next such on or after the month of `reference`.

    None for other words.
    """
    found = _MONTH_ALONE.fullmatch(words.strip())
    if not found or reference is None:
        return None
    month = _month_number(found["name"])
    return f"{reference.year + (month < reference.month):04d}-{month:02d}"


def read_day_and_month(words: str, *, reference: date | None, day_first: bool = True) -> str | None:
    """ "23/8" as the next such day on or after `reference`, ISO; None for anything else."""
    found = _DAY_AND_MONTH.fullmatch(words.strip())
    if not found or reference is None:
        return None
    day, month = _day_and_month(int(found["first"]), int(found["second"]), day_first)
    chosen = _next_such_day(month, day, None, reference)
    return chosen.isoformat() if chosen else None


def day_first_evidence(text: str) -> bool | None:
    """Whether the numeric dates of a text put the day first; None where they do not tell or disagree."""
    days, months = 0, 0
    for found in _NUMERIC_ORDER.finditer(text):
        first, second = int(found[1]), int(found[3])
        days += 12 < first <= 31 and 1 <= second <= 12
        months += 12 < second <= 31 and 1 <= first <= 12
    return None if bool(days) == bool(months) else bool(days)


def ambiguous_dates(text: str) -> Iterator[int]:
    """Where in `text` the numeric dates stand that read differently with the day or the month first."""
    for found in _NUMERIC_ORDER.finditer(text):
        if 1 <= int(found[1]) <= 12 and 1 <= int(found[3]) <= 12 and found[1] != found[3]:
            yield found.start()


def _read(found: re.Match[str], reference: date | None, day_first: bool) -> FoundDate | None:
    parts = found.groupdict()
    year = _year(parts.get("year"))
    by_number = bool(parts.get("first"))
    if by_number:
        day, month = _day_and_month(int(parts["first"]), int(parts["second"]), day_first)
    else:
        month = _month_number(parts["name"]) if parts.get("name") else int(parts["month"])
        day = int(parts["day"]) if parts.get("day") else 0
    if not 1 <= month <= 12:
        return None
    if not day:
        return FoundDate(f"{year:04d}-{month:02d}", found.start(), found.end()) if year else None
    chosen = _date(year, month, day) if year else _next_such_day(month, day, parts.get("weekday"), reference)
    if chosen is None:
        return None
    return FoundDate(chosen.isoformat(), found.start(), found.end(), not year, by_number)


def _day_and_month(first: int, second: int, day_first: bool) -> tuple[int, int]:
    if first > 12 or second > 12:
        return (first, second) if first > 12 else (second, first)
    return (first, second) if day_first else (second, first)


def _month_number(name: str) -> int:
    short = name[:3].lower()
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(short))


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    digits = digits.lstrip("'’")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_such_day(month: int, day: int, weekday: str | None, reference: date | None) -> date | None:
    """The next day with this month and day on or after `reference`; a weekday that was written must fit
    within the two years that follow, or it is taken for a slip of the pen."""
    if reference is None:
        return None
    years = range(reference.year, min(reference.year + 9, 9999))
    days = [found for year in years if (found := _date(year, month, day)) and found >= reference]
    if not days:
        return None
    if weekday and days[0] - reference > timedelta(days=300):
        # "Fri 23 Aug" a few days before the meeting had passed already, if the weekday says so.
        earlier = _date(reference.year, month, day)
        if earlier and _is_weekday(earlier, weekday) and not _is_weekday(days[0], weekday):
            return earlier
    return days[0]


def _is_weekday(day: date, name: str) -> bool:
    return day.strftime("%a").lower() == name[:3].lower()
