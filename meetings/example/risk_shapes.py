"""The shapes in which the invented register is written down."""

from dataclasses import dataclass

from risks.models import Category, Response, Stage
from risks.scheme import Impact, Velocity

COMMUNITY, TEAM, HOST = Impact.COMMUNITY, Impact.TEAM, Impact.HOST
FUNDERS, PUBLIC = Impact.FUNDERS_AND_PARTNERS, Impact.PUBLIC
NOW, BEFORE, TARGET = Stage.NOW, Stage.BEFORE, Stage.TARGET
DAYS, WEEKS, MONTHS = Velocity.DAYS, Velocity.WEEKS, Velocity.MONTHS


@dataclass(frozen=True, slots=True)
class Score:
    """One weighing, so many days ago. Without a likelihood it says that the last one still stands.

    With `before` its days are counted from the meeting so many before the next one.
    """

    days_ago: int
    by: str
    reason: str
    likelihood: int = 0
    impacts: tuple[tuple[Impact, int], ...] = ()
    stage: Stage = NOW
    velocity: Velocity | None = None
    evidence: str = ""
    lost: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Worry:
    """A risk, entered so many days ago."""

    title: str
    because: str
    effect: str
    category: Category
    days_ago: int
    looked_after_by: str = ""
    response: Response | None = None
    concerns: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    months: int = 3
    watched: bool = False
    closed: tuple[int, str] | None = None
    # Words of actions that exist already are found; others are written down anew, with who carries them.
    treatments: tuple[tuple[str, str], ...] = ()
