"""How much a risk weighs: the number, its band, and whom it would hit hardest.

`score = likelihood × impact + impact`: the Charity Commission's weighting (CC26), by which a remote catastrophe
outranks a frequent nuisance. A score is of a project, a partner link or a risk of the group, never of a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from risks.scheme import HIGHEST, LOWEST, Band, Impact, Scheme


@dataclass(frozen=True, slots=True)
class Score:
    """A number under a scheme. `drivers` are those whom the highest impact touches: there may be several."""

    number: int
    band: Band
    likelihood: int
    impact: int
    drivers: tuple[Impact, ...]


def score(likelihood: int | None, impacts: Mapping[Impact, int | None], *, scheme: Scheme) -> Score | None:
    """Weigh a likelihood and up to five impacts, each 1 to 5; an impact of None was not scored and is left out.

    None where there is no likelihood or no impact: not scored is not zero. Raises ValueError for what is no step
    of the scale.
    """
    scored = {one: step for one in Impact if (step := impacts.get(one)) is not None}
    for step in (likelihood, *scored.values()):
        if step is not None and not LOWEST <= step <= HIGHEST:
            raise ValueError(f"{step} is not between {LOWEST} and {HIGHEST}.")
    if likelihood is None or not scored:
        return None
    highest = max(scored.values())
    number = likelihood * highest + highest
    drivers = tuple(one for one, step in scored.items() if step == highest)
    return Score(number, band_of(number, scheme=scheme), likelihood, highest, drivers)


def band_of(number: int, *, scheme: Scheme) -> Band:
    """Say which band a number falls in."""
    if number >= scheme.red_from:
        return Band.RED
    return Band.AMBER if number >= scheme.amber_from else Band.GREEN


def worst(scores: Iterable[Score]) -> Score | None:
    """Give the score that weighs most, in whatever order they come; None of none."""
    return max(
        scores,
        key=lambda one: (one.number, one.impact, [-list(Impact).index(d) for d in one.drivers]),
        default=None,
    )


def differ(scores: Iterable[Score]) -> bool:
    """Whether scorers disagree on the likelihood or the impact. It is shown, and never averaged away."""
    return len({(one.likelihood, one.impact) for one in scores}) > 1


def spread(scores: Iterable[Score]) -> tuple[int, int] | None:
    """Give the lowest and the highest number; None of none."""
    numbers = sorted(one.number for one in scores)
    return (numbers[0], numbers[-1]) if numbers else None
