"""Deadlines that stand within a sentence: "… by 31 Jan 2026", "… once able", "…, ongoing".

One place for the importer and for the notes as they are typed: `meetings.notes.tasks` and
`meetings.notes.understanding` both ask here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from actions.dates import find_dates
from actions.deadlines import Deadline, DeadlineKind, read_deadline

_BEFORE_DATE = re.compile(
    r"(?:\b(?:no later than|not later than|on or before|due(?: date)?(?: by| on| for)?|deadline(?: of| is)?:?|"
    r"target(?: date)?:?|by|before|until|in time for|ready for|complete(?:d)? (?:by|for)|ETA:?|w/c|"
    r"week commencing|for)\b[\s:]*)"
    r"(?:(?:the|about|around|approximately|mid|early|late|end of|the end of|beginning of|start of|"
    r"\d{1,2}(?::\d\d)?\s?(?:am|pm)|noon|midday|close of business|cob|eod|on|of|next|this)\s+){0,5}$",
    re.IGNORECASE,
)
_ON_LAST = re.compile(r"\b(?:on|in|for)\s+(?:the\s+)?$", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?:\b(?:by|before|at|for|to|in time for|ahead of|until)\s+(?:the\s+)?(?:our\s+)?next\s(?:[\w'’-]+\s){0,3}?"
    r"(?:meeting|call|session|committee|board|agm)\b|"
    r"\bas soon as possible|\bASAP\b|\bby (?:the )?end of (?:the |this |next )?(?:week|month|year|quarter|term)|"
    r"\bby (?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\bonce (?:we(?:’re| are)? |they are |it is |he is |she is )?able\b|"
    r"\bwith(?:in)? (?:the|these|meeting|next) (?:meeting )?(?:minutes|notes|two weeks|week|month|fortnight)\b|"
    r"\bwithin (?:\w+) (?:days|weeks|months)\b|"
    r"\bnext week\b|\bthis week\b|\bimmediately\b)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?(?!\s*\d)(?!-\d)"
)
# A month without its year, told by "by" or "end of"; "in March" may as well be when something takes place.
_MONTH_ALONE = re.compile(
    r"(?:\b(?:[Bb]y|[Bb]efore|[Dd]ue(?: by| in)?|[Nn]o later than)\s+(?:the\s+)?"
    r"(?:(?:end|middle|beginning|start) of\s+|early\s+|mid[\s-]|late\s+)?|"
    rf"\b(?:[Aa]t\s+)?(?:[Tt]he\s+)?[Ee]nd of\s+){_MONTH}"
)
_ONGOING = re.compile(
    r"(?:(?<=,\s)on-?going\b|(?<!\bis )(?<!\bare )(?<!\bbe )\bon-?going(?=[.\s]*$)|\bon an on-?going basis\b)",
    re.IGNORECASE,
)
# What waits for something says so to the end of its clause.
_CONDITION = re.compile(
    r"(?:\b(?:once|as soon as)\s|\bsubject to\s|(?<=,\s)(?:when|after|if|following)\s)(?!possible)[^.;,()]{2,120}",
    re.IGNORECASE,
)
_KINDS = {_ONGOING: DeadlineKind.ONGOING, _CONDITION: DeadlineKind.CONDITION}
_WEAK_CUE = re.compile(r"(?:for|on|to|in(?!\s+time))\b", re.IGNORECASE)
# Words before a date that its own column says anyway.
_PLAIN_CUE = re.compile(r"(?:due|deadline|target|eta|date|by|on|in|for|to|of|is|at|the|:|\s)*", re.IGNORECASE)
_NEEDLESS = re.compile(r"(?:for|to|by|due)\s+", re.IGNORECASE)
_MAYBE = re.compile(
    r"\d|\bnext\b|\bsoon\b|\bASAP\b|\bend of\b|\bby\b|\bonce\b|\bwith|\bweek\b|\bimmediately\b|on-?going|"
    r"\bsubject to\b|\bbefore\b|\bdue\b|\bwhen\b|\bafter\b|\bif\b|\bfollowing\b|\blater than\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Within:
    """A deadline and its place in a text: letters from `start` (inclusive) to `end` (exclusive), cue and all.

    `weak`: the words may as well say what it is about ("the agenda for the next meeting").
    """

    deadline: Deadline
    start: int
    end: int
    weak: bool = False

    @property
    def dated(self) -> bool:
        """Whether it names a day or a month."""
        return self.deadline.date is not None


@lru_cache(maxsize=4096)  # notes are read again at every save, and most of their lines have not changed
def deadlines_within(text: str, *, meeting_date: date | None, day_first: bool = True) -> tuple[Within, ...]:
    """Every deadline that `text` names, in its order; of two that overlap the dated one, then the longer.

    A year that is not written is inferred from `meeting_date`, as in `actions.deadlines.read_deadline`.
    """
    if not _MAYBE.search(text):
        return ()
    found = [*_dated(text, meeting_date, day_first), *_undated(text, meeting_date, day_first)]
    found.sort(key=lambda one: (not one.dated, one.start - one.end, one.start))
    apart: list[Within] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in apart):
            apart.append(one)
    return tuple(sorted(apart, key=lambda one: one.start))


def chosen_deadline(found: Sequence[Within]) -> Within | None:
    """Which of several is the deadline: a dated one before the others, a plain one before a weak one, then the last."""
    return max(found, key=lambda one: (not one.weak, one.dated, one.start), default=None)


def _dated(text: str, meeting_date: date | None, day_first: bool) -> list[Within]:
    found = []
    last = len(text.rstrip(" .)"))
    for one in find_dates(text, reference=meeting_date, day_first=day_first):
        before = _BEFORE_DATE.search(text[: one.start])
        if not before and one.end >= last:
            before = _ON_LAST.search(text[: one.start])
        if before:
            cue = text[before.start() : one.start]
            start = one.start if _PLAIN_CUE.fullmatch(cue) else before.start()
            kind = DeadlineKind.DATE if one.is_day else DeadlineKind.MONTH
            deadline = Deadline(" ".join(text[start : one.end].split()).rstrip("."), kind, one.value)
            found.append(Within(deadline, before.start(), one.end, bool(_WEAK_CUE.match(cue))))
    return found


def _undated(text: str, meeting_date: date | None, day_first: bool) -> list[Within]:
    """Those that name no day by themselves; a month without its year becomes a month of a year."""
    found = []
    for reader in (_LOOSE, _MONTH_ALONE, _ONGOING, _CONDITION):
        for one in reader.finditer(text):
            words = one[0].strip(" .")
            weak = reader is _LOOSE and bool(_WEAK_CUE.match(words))
            if weak or reader is _MONTH_ALONE:
                words = _NEEDLESS.sub("", words, count=1)
            deadline = read_deadline(words, meeting_date=meeting_date, day_first=day_first)
            if deadline and reader in _KINDS:
                deadline = Deadline(deadline.as_written, _KINDS[reader])
            if deadline:
                found.append(Within(deadline, one.start(), one.start() + len(one[0].rstrip()), weak))
    return found
