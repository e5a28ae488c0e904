"""The register as a table of likelihood by impact, for people and for screen readers alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from risks.models.register import Entry
from risks.scheme import HIGHEST, LOWEST, Scheme
from risks.scoring import band_of

# More than these would not fit a square; the link to all of them says how many there are.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Chip:
    """A risk in a square; `whose` says which side put it there, where the sides differ."""

    entry: Entry
    whose: str


@dataclass(frozen=True, slots=True)
class Square:
    """One square: its score, its band for the colour and in words, and the risks in it."""

    number: int
    band: str
    word: str
    chips: tuple[Chip, ...]
    more: int
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One likelihood: its step, its name, and its squares from the mildest impact on."""

    step: int
    name: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The lines from the likeliest down, and the names of the impacts across."""

    impacts: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    unplaced: int


def heat_map(entries: Iterable[Entry], stage: str, scheme: Scheme, *, address: dict[str, str]) -> HeatMap:
    """Put each entry where each side puts it at a stage. `address` holds the filters that a square's link keeps."""
    placed: dict[tuple[int, int], list[Chip]] = defaultdict(list)
    unplaced = 0
    for entry in entries:
        sides = entry.at(stage)
        squares = {side.square for side in sides}
        unplaced += not squares
        for square in squares:
            whose = next(side.whose for side in sides if side.square == square) if len(squares) > 1 else ""
            placed[square].append(Chip(entry, whose))
    steps = range(LOWEST, HIGHEST + 1)
    return HeatMap(
        tuple((step, name_of(scheme.impacts[step - 1])) for step in steps),
        tuple(
            Line(
                likelihood,
                name_of(scheme.likelihoods[likelihood - 1]),
                tuple(
                    _square(likelihood, impact, placed[likelihood, impact], stage, scheme, address)
                    for impact in steps
                ),
            )
            for likelihood in reversed(steps)
        ),
        unplaced,
    )


def name_of(wording: str) -> str:
    """The name of a step, without what explains it: "Remote: only if …" is "Remote"."""
    return wording.partition(":")[0].strip()


def _square(
    likelihood: int, impact: int, chips: list[Chip], stage: str, scheme: Scheme, address: dict[str, str]
) -> Square:
    number = likelihood * impact + impact
    band = band_of(number, scheme=scheme)
    chips = sorted(chips, key=lambda chip: chip.entry.risk.pk)
    shown = chips if len(chips) <= SHOWN else chips[: SHOWN - 1]
    asked = address | {"stage": stage, "likelihood": str(likelihood), "impact": str(impact)}
    return Square(
        number,
        band.value,
        scheme.bands[band].lower(),
        tuple(shown),
        len(chips) - len(shown),
        len(chips),
        f"?{urlencode(asked)}#all" if chips else "",
    )
