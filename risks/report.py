"""What became of the cases over the years, so that the group can see whether its ladder is fair.

Counts and times alone: nobody who raised a concern or held a key is in any of it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from risks.limits import working_days_after
from risks.scheme import Level

ACCEPTED = "accept"


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: its day, who decided and what (keys of the record), and for an acceptance its last day."""

    on: date
    by: str
    response: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One case: the name of what it is about, its partners by name, the highest level it reached, its decisions

    in the order of their days, and the days on which its host is closed.
    """

    about: str
    partners: tuple[str, ...]
    opened_on: date
    highest: Level
    is_open: bool
    decisions: tuple[Decided, ...] = ()
    closed: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class Took:
    """How long one kind of decider took in one year: how many decisions, the middle of their times, the longest.

    In working days; half of the decisions came within `middle`.
    """

    year: int
    by: str
    count: int
    middle: float
    longest: int


@dataclass(frozen=True, slots=True)
class CameBack:
    """A project or partner with more than one case: how many, about what, and what was decided, each with its count."""

    name: str
    cases: int
    about: tuple[str, ...]
    outcomes: Mapping[str, int]


def by_level(cases: Iterable[Reviewed]) -> dict[int, Counter[Level]]:
    """Count the cases by the year in which they opened and the highest level they reached; the newest year first."""
    return _by_year((case.opened_on.year, case.highest) for case in cases)


def outcomes(cases: Iterable[Reviewed]) -> dict[int, Counter[str]]:
    """Count the decisions by their year and by what was decided; the newest year first."""
    return _by_year((one.on.year, one.response) for case in cases for one in case.decisions)


def undecided(cases: Iterable[Reviewed]) -> int:
    """Count the open cases of which nothing was ever decided."""
    return sum(case.is_open and not case.decisions for case in cases)


def times(cases: Iterable[Reviewed]) -> list[Took]:
    """Say how long deciding took, by the year of the decision and by who decided; the newest year first."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for case in cases:
        since = case.opened_on
        for one in case.decisions:
            found[one.on.year, one.by].append(working_days_after(since, one.on, closed=case.closed))
            # What was accepted is looked at again from the day after; any other decision begins the next wait.
            since = one.until + timedelta(days=1) if one.response == ACCEPTED and one.until else one.on
    return [
        Took(year, by, len(days), float(median(days)), max(days))
        for (year, by), days in sorted(found.items(), key=lambda item: (-item[0][0], item[0][1]))
    ]


def coming_back(cases: Sequence[Reviewed]) -> list[CameBack]:
    """Name the projects and partners with more than one case, those with the most first.

    A case of a project is one of each partner that takes part in it.
    """
    of: dict[str, list[Reviewed]] = defaultdict(list)
    for case in cases:
        for name in {case.about, *case.partners}:
            of[name].append(case)
    found = [
        CameBack(
            name,
            len(held),
            tuple(sorted({case.about for case in held} - {name})),
            Counter(one.response for case in held for one in case.decisions),
        )
        for name, held in of.items()
        if len(held) > 1
    ]
    return sorted(found, key=lambda one: (-one.cases, one.name))


def in_words(number: float) -> str:
    """ "the same day", "1 working day", "2.5 working days"."""
    if number == 0:
        return "the same day"
    whole = int(number) if number == int(number) else number
    return f"{whole} working day{'' if whole == 1 else 's'}"


def _by_year[Key](pairs: Iterable[tuple[int, Key]]) -> dict[int, Counter[Key]]:
    found: dict[int, Counter[Key]] = defaultdict(Counter)
    for year, key in pairs:
        found[year][key] += 1
    return {year: found[year] for year in sorted(found, reverse=True)}
