"""Where a project or partner stands among the others, and why: from its own risks and views, and its partners'.

"Rank all projects on a scale and monitor them" (the group, November 2025). The order is by rung of the ladder, then
by number, then by impact, then by whose last look lies furthest back. What nobody has looked at is in no order: it
stands apart, in a list of its own, and never at the bottom of the ranking.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from risks.ladder import Rung, Weighed, reached
from risks.scheme import Level, Scheme
from risks.scoring import Score, worst


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the thing itself (`through` is empty), or of one of those who take part in it.

    `positions` are pairs of a value's key and a step from 0 to 4; `last_looked` is the last day of any of it.
    """

    through: str = ""
    weighed: tuple[Weighed, ...] = ()
    positions: tuple[tuple[str, int], ...] = ()
    concern_taken_up: bool = False
    last_looked: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything of it yet."""
        return not (self.weighed or self.positions or self.concern_taken_up)


@dataclass(frozen=True, slots=True)
class Standing:
    """The level reached, the sentences that say by what, the heaviest score, and the last day somebody looked.

    `score_through` is whose score that is, empty for its own. `is_looked_at` is False where nothing was ever said.
    """

    level: Level
    because: tuple[str, ...] = ()
    score: Score | None = None
    score_through: str = ""
    last_looked: date | None = None
    is_looked_at: bool = False


@dataclass(frozen=True, slots=True)
class Ranked[Thing]:
    """The things in order, those higher up first, and apart from them those that nobody has looked at."""

    in_order: tuple[tuple[Thing, Standing], ...]
    not_looked_at: tuple[tuple[Thing, Standing], ...]


def standing_of(sources: Iterable[Source], *, scheme: Scheme) -> Standing:
    """Say where something stands: the highest rung of it and of all that take part in it, each reason with its source.

    The order of the sources does not matter, but that the reasons come in it. Raises ValueError as `ladder.reached`.
    """
    known = [one for one in sources if not one.is_empty]
    if not known:
        return Standing(Level.ROUTINE)
    rungs = [(one, _rung(one, scheme)) for one in known]
    level = max(rung.level for _, rung in rungs)
    because = [
        f"{words}, through {one.through}" if one.through else words
        for one, rung in rungs
        if rung.level == level
        for words in rung.because
    ]
    heaviest = worst(weighed.score for one in known for weighed in one.weighed)
    whose = [one.through for one in known if any(weighed.score == heaviest for weighed in one.weighed)]
    looks = [one.last_looked for one in known if one.last_looked]
    return Standing(
        level=level,
        because=tuple(dict.fromkeys(because)),
        score=heaviest,
        score_through="" if "" in whose or not whose else sorted(whose)[0],
        last_looked=max(looks, default=None),
        is_looked_at=True,
    )


def rank[Thing](things: Iterable[tuple[Thing, Standing]], *, name: Callable[[Thing], str]) -> Ranked[Thing]:
    """Put things in order: level, number and impact with the highest first, then the oldest last look, then `name`.

    One that was never scored stands after those of its level that were.
    """
    every = sorted(things, key=lambda one: (_weight(one[1]), name(one[0])))
    return Ranked(
        tuple(one for one in every if one[1].is_looked_at),
        tuple(one for one in every if not one[1].is_looked_at),
    )


def _rung(source: Source, scheme: Scheme) -> Rung:
    return reached(source.weighed, source.positions, scheme=scheme, concern_taken_up=source.concern_taken_up)


def _weight(standing: Standing) -> tuple[int, int, int, date]:
    number, impact = (standing.score.number, standing.score.impact) if standing.score else (0, 0)
    return -standing.level, -number, -impact, standing.last_looked or date.min
