"""Which rung of the ladder a matter has reached, and why; and the whole ladder in words (DESIGN §5).

A score chooses who decides; it never decides, and it never refuses a partner by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from risks.scheme import Band, Level, Scheme, Velocity
from risks.scoring import Score


@dataclass(frozen=True, slots=True)
class Weighed:
    """One assessment as the ladder sees it: its score, and how soon it would hit if somebody said so."""

    score: Score
    velocity: Velocity | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """The level reached, and the sentences that say by what; empty at level 0."""

    level: Level
    because: tuple[str, ...] = ()


NAMES: Mapping[Level, str] = {
    Level.ROUTINE: "Routine",
    Level.WATCH: "Watch",
    Level.CHAIRS: "The chairs",
    Level.ALLIES: "The Allies",
    Level.HOST: "The host university",
}
WHO_DECIDES: Mapping[Level, str] = {
    Level.ROUTINE: "Nobody needs to decide anything. It is looked at again at its date.",
    Level.WATCH: "The core team’s lead keeps it on the watch list.",
    Level.CHAIRS: "Both co-chairs decide.",
    Level.ALLIES: "The group decides.",
    Level.HOST: "The university decides, and the group’s advice is recorded.",
}


def reached(
    assessments: Iterable[Weighed],
    positions: Iterable[tuple[str, int]],
    *,
    scheme: Scheme,
    concern_taken_up: bool = False,
) -> Rung:
    """Say how high assessments and positions on values bring a project or partner.

    `positions` are pairs of a value's key and a step from 0 to 4. The highest rung counts, whoever gave it: two
    views are never averaged. A concern that the chairs took up reaches the chairs. Level 4 is not reached by numbers.
    Raises ValueError for what is no step.
    """
    found: list[tuple[Level, str]] = []
    for one in assessments:
        level = level_of_score(one.score.band, one.velocity, scheme=scheme)
        soon = ", and it would hit within days" if _is_raised(one.score.band, one.velocity, scheme) else ""
        found.append((level, f"A score of {one.score.number} ({scheme.bands[one.score.band].lower()}){soon}"))
    for value, step in positions:
        if not 0 <= step < len(scheme.positions):
            raise ValueError(f"{step} is no position.")
        words = scheme.positions[step]
        found.append(
            (Level(scheme.level_of_position[step]), f"{scheme.values.get(value, value)}: {words.lower()}")
        )
    if concern_taken_up:
        found.append((Level.CHAIRS, "A concern that the chairs took up"))
    level = max((one for one, _ in found), default=Level.ROUTINE)
    if level is Level.ROUTINE:
        return Rung(level)
    return Rung(level, tuple(dict.fromkeys(words for one, words in found if one is level)))


def level_of_score(band: Band, velocity: Velocity | None, *, scheme: Scheme) -> Level:
    """Give the rung of one band; what would hit within days stands higher, unless it is green."""
    raised = scheme.days_raise if _is_raised(band, velocity, scheme) else 0
    return Level(min(scheme.level_of_band[band] + raised, Level.ALLIES))


def _is_raised(band: Band, velocity: Velocity | None, scheme: Scheme) -> bool:
    return band is not Band.GREEN and velocity is Velocity.DAYS and scheme.days_raise > 0


@dataclass(frozen=True, slots=True)
class Step:
    """One rung in words: its name with its number, what reaches it, who decides, by when, what a missed limit does."""

    level: Level
    name: str
    reached_by: tuple[str, ...]
    decides: str
    limit: str
    missed: str


# What reaches a level whatever the scheme says: the other app's facts, and people.
_ALWAYS: Mapping[Level, tuple[str, ...]] = {
    Level.CHAIRS: ("a concern that the chairs take up", "opened by hand, with a reason"),
    Level.ALLIES: ("the two keys differ", "a key that nobody can hold"),
    Level.HOST: ("a matter of law or regulation, or the host’s own decision: the university is told",),
}
_MISSED: Mapping[Level, str] = {
    Level.ROUTINE: "It shows as due.",
    Level.WATCH: "It is asked about again.",
    Level.CHAIRS: "The Allies are told. Nothing is decided by the clock.",
    Level.ALLIES: "It goes to the next meeting. Nothing is decided by the clock.",
    Level.HOST: "Nothing runs: a case is here because the university was told.",
}
_DECIDED = "Closed; or accepted until a day, and then back where it was"
_ABOVE_THE_TABLE = (
    "# The ladder",
    "",
    "A score says who decides. It never refuses a partner by itself, and nothing is decided by the clock.",
    "`python manage.py ladder` prints this page for the scheme in force.",
    "",
)


def whole(scheme: Scheme) -> tuple[Step, ...]:
    """Give the whole ladder under a scheme, the lowest rung first."""
    return tuple(
        Step(
            level,
            f"{level.value} {NAMES[level]}",
            (*_reached_by(level, scheme), *_ALWAYS.get(level, ())),
            WHO_DECIDES[level],
            _limit(level, scheme),
            _MISSED[level],
        )
        for level in Level
    )


def as_markdown(scheme: Scheme) -> str:
    """Give the whole ladder as a table and as a diagram (Mermaid), for the docs; it ends with a line break."""
    steps = whole(scheme)
    rows = [
        ("Level", "Reached by", "Who decides", "Limit", "If the limit is missed"),
        ("---",) * 5,
        *((one.name, "; ".join(one.reached_by), one.decides, one.limit, one.missed) for one in steps),
    ]
    table = [f"| {' | '.join(row)} |" for row in rows]
    boxes = [f'  level{one.level.value}["{one.name}<br>{one.limit}"]' for one in steps]
    up = [
        f'  level{low.level.value} -- "{"<br>".join(high.reached_by)}" --> level{high.level.value}'
        for low, high in pairwise(steps)
    ]
    down = [
        f'  level{one.level.value} -. "handed back, by a recorded decision" .-> level{Level.CHAIRS.value}'
        for one in steps
        if one.level is Level.ALLIES
    ]
    decided = [
        f'  level{one.level.value} -- "decided" --> decided(["{_DECIDED}"])'
        for one in steps
        if one.level >= Level.CHAIRS
    ]
    diagram = ["```mermaid", "flowchart TD", *boxes, *up, *down, *decided, "```"]
    return "\n".join([*_ABOVE_THE_TABLE, *table, "", *diagram]) + "\n"


def _reached_by(level: Level, scheme: Scheme) -> list[str]:
    by_itself = [_band(band, scheme) for band in Band if level_of_score(band, None, scheme=scheme) is level]
    soon = [
        f"{_band(band, scheme)} that would hit within days"
        for band in Band
        if level_of_score(band, Velocity.DAYS, scheme=scheme) is level
        and level_of_score(band, None, scheme=scheme) is not level
    ]
    positions = [
        f"“{words}” on a value"
        for words, reaches in zip(scheme.positions, scheme.level_of_position, strict=True)
        if reaches == level
    ]
    return [*by_itself, *soon, *positions]


def _band(band: Band, scheme: Scheme) -> str:
    word = scheme.bands[band].lower()
    match band:
        case Band.GREEN:
            return f"a score below {scheme.amber_from} ({word})"
        case Band.AMBER:
            return f"a score from {scheme.amber_from} to {scheme.red_from - 1} ({word})"
        case Band.RED:
            return f"a score from {scheme.red_from} ({word})"


def _limit(level: Level, scheme: Scheme) -> str:
    match level:
        case Level.ROUTINE:
            return "its own review date"
        case Level.WATCH:
            return "the next meeting"
        case Level.CHAIRS:
            return _days(scheme.chairs_working_days, "working day")
        case Level.ALLIES:
            return _days(scheme.correspondence_days, "day")
        case Level.HOST:
            return "told the same day"


def _days(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
