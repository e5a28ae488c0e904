"""Which rung of the ladder a matter has reached, and why (DESIGN §5).

A score chooses who decides; it never decides, and it never refuses a partner by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
