"""The scheme a group scores under: its scales and their wording, its bands, its values, and where its ladder begins.

A scheme is data with versions. The group adopts one by a decision; what was scored under an earlier one keeps its
number, its band and its words for good. The numbers of the first scheme are the Charity Commission's (guidance
CC26, "Charities and risk management"); the words are ours.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import IntEnum, StrEnum
from typing import Any

LOWEST, HIGHEST = 1, 5
POSITIONS = range(5)


class Impact(StrEnum):
    """Whom it would touch. One thing may touch several, each in its own measure."""

    COMMUNITY = "community"
    TEAM = "team"
    HOST = "host"
    FUNDERS_AND_PARTNERS = "funders_and_partners"
    PUBLIC = "public"


class Band(StrEnum):
    """What a number means, mildest first."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Velocity(StrEnum):
    """How soon it would hit, once it happened."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Level(IntEnum):
    """The rungs of the ladder: who decides what is done (DESIGN §5)."""

    ROUTINE = 0
    WATCH = 1
    CHAIRS = 2
    ALLIES = 3
    HOST = 4


class SchemeRefused(ValueError):
    """A scheme that could not be used. Its words say what is wrong."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What one version says. Words stand in the order of their scales, lowest first.

    `amber_from` and `red_from` are the lowest numbers of their bands. `level_of_position` gives the rung that each
    position on a value reaches. Raises SchemeRefused for one that contradicts itself.
    """

    likelihoods: tuple[str, ...] = (
        "Remote: only if something very unusual happens",
        "Unlikely: could happen, and mostly does not",
        "Possible: might well happen at some time",
        "Probable: happens more often than not",
        "Highly probable: expected, and often",
    )
    impacts: tuple[str, ...] = (
        "Insignificant: nobody outside would notice",
        "Minor: a bad day, put right with an apology",
        "Moderate: people ask questions, and work is held up",
        "Major: trust is lost with people who matter to us",
        "Extreme: the work, or people’s faith in it, may not recover",
    )
    whom: Mapping[str, str] = field(
        default_factory=lambda: {
            Impact.COMMUNITY.value: "The community",
            Impact.TEAM.value: "The team",
            Impact.HOST.value: "The host university",
            Impact.FUNDERS_AND_PARTNERS.value: "Funders and partners",
            Impact.PUBLIC.value: "The public",
        }
    )
    bands: Mapping[str, str] = field(
        default_factory=lambda: {
            Band.GREEN.value: "Low",
            Band.AMBER.value: "Watch",
            Band.RED.value: "High",
        }
    )
    amber_from: int = 8
    red_from: int = 15
    values: Mapping[str, str] = field(
        default_factory=lambda: {
            "human": "Human",
            "inclusive": "Inclusive",
            "transparent": "Transparent",
            "challenging": "Challenging",
            "anti_racism": "Anti-racism",
        }
    )
    positions: tuple[str, ...] = ("Aligned", "Mostly aligned", "In tension", "Against", "Crosses a line")
    level_of_position: tuple[int, ...] = (0, 0, 1, 2, 3)
    level_of_band: Mapping[str, int] = field(
        default_factory=lambda: {Band.GREEN.value: 0, Band.AMBER.value: 1, Band.RED.value: 2}
    )
    # How many rungs higher a band stands that would hit within days.
    days_raise: int = 1
    # The time the chairs have, in working days; and the Allies, in days, when they decide by correspondence.
    chairs_working_days: int = 5
    correspondence_days: int = 7

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise SchemeRefused(problem)

    def _problems(self) -> list[str]:
        found = []
        for name, words, count in (
            ("likelihood", self.likelihoods, HIGHEST),
            ("impact", self.impacts, HIGHEST),
            ("positions", self.positions, len(POSITIONS)),
        ):
            if len(words) != count or not all(isinstance(one, str) and one.strip() for one in words):
                found.append(f"Give {count} wordings for {name}, one for each step.")
        if set(self.whom) != {one.value for one in Impact}:
            found.append("Give a wording for each of the five impacts.")
        if set(self.bands) != {one.value for one in Band}:
            found.append("Give a wording for each of the three bands.")
        if not self.values or not all(str(words).strip() for words in self.values.values()):
            found.append("Name at least one value.")
        if not LOWEST < self.amber_from < self.red_from <= HIGHEST * HIGHEST + HIGHEST:
            found.append("Amber begins above 1 and below red, and red at 30 or before.")
        if set(self.level_of_band) != {one.value for one in Band}:
            found.append("Say which level each band reaches.")
            return found
        rungs = [self.level_of_band[one.value] for one in Band]
        if rungs != sorted(rungs) or not all(0 <= one <= Level.ALLIES for one in rungs):
            found.append("A worse band reaches the same level or a higher one, and none above the Allies.")
        steps = list(self.level_of_position)
        if len(steps) != len(POSITIONS) or steps != sorted(steps) or not all(0 <= one <= 3 for one in steps):
            found.append(
                "A worse position reaches the same level or a higher one, and none above the Allies."
            )
        if self.days_raise not in {0, 1}:
            found.append("What hits within days is raised by one level, or not at all.")
        if not 1 <= self.chairs_working_days <= 60 or not 1 <= self.correspondence_days <= 60:
            found.append("A time limit is between 1 and 60 days.")
        return found

    def as_data(self) -> dict[str, Any]:
        """Give the scheme as plain data, to be kept or sent on."""
        return {key: list(one) if isinstance(one, tuple) else one for key, one in asdict(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Scheme":
        """Read what `as_data` gave. What it does not name is as in the first scheme. Raises SchemeRefused."""
        known = {one.name for one in fields(cls)}
        if strange := sorted(set(data) - known):
            raise SchemeRefused(f"A scheme has no “{strange[0]}”.")
        given: dict[str, Any] = {
            key: tuple(one) if isinstance(one, list) else one for key, one in data.items()
        }
        return cls(**given)


FIRST = Scheme()
