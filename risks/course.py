"""How a risk's number moved over time, and what of a register changed between two days.

The number of a day is the heavier of the two that stood: the team's and the Allies'. Where they differ the register
shows both; for the course of things the worse one counts, so that no disagreement looks like relief.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HIGHEST_NUMBER = 30


@dataclass(frozen=True, slots=True)
class Said:
    """One weighing, by its day, its side and its number; in the order in which it was typed."""

    on: date
    from_team: bool
    number: int


@dataclass(frozen=True, slots=True)
class Point:
    """The number that stood at the end of a day on which somebody spoke."""

    on: date
    number: int


def course(said: Iterable[Said]) -> tuple[Point, ...]:
    """Give the number at the end of each day on which a side spoke, the earliest first."""
    standing: dict[bool, int] = {}
    points: dict[date, int] = {}
    for one in sorted(said, key=lambda one: one.on):
        standing[one.from_team] = one.number
        points[one.on] = max(standing.values())
    return tuple(Point(on, number) for on, number in points.items())


def moved(points: Sequence[Point]) -> int | None:
    """How far the number moved at its last change of day; None where there is nothing to compare with."""
    return points[-1].number - points[-2].number if len(points) > 1 else None


def moved_in_words(by: int | None) -> str:
    """ "Up 4", "Down 4", "Same"; "First score" where there was none before."""
    if by is None:
        return "First score"
    return "Same" if by == 0 else f"{'Up' if by > 0 else 'Down'} {abs(by)}"


class Change(StrEnum):
    """What became of one risk between two days; the worst news first."""

    NEW = "new"
    UP = "up"
    FIRST_SCORED = "first_scored"
    DOWN = "down"
    CLOSED = "closed"
    OPENED_AGAIN = "opened_again"
    REAFFIRMED = "reaffirmed"


@dataclass(frozen=True, slots=True)
class Stood:
    """A risk on one day: whether it was in the register, and its number, None where nobody had scored it."""

    in_register: bool
    number: int | None


def what_became(then: Stood, now: Stood, *, spoken_of: bool, existed: bool) -> Change | None:
    """Say what changed of a risk from one day to a later one; None where nothing did and nobody looked.

    `spoken_of` is whether anybody weighed it after the earlier day and by the later one; `existed` whether it had
    been entered by the earlier day.
    """
    if not now.in_register:
        return Change.CLOSED if then.in_register or not existed else None
    if not then.in_register:
        return Change.OPENED_AGAIN if existed else Change.NEW
    if then.number is None:
        return None if now.number is None else Change.FIRST_SCORED
    if now.number is not None and now.number != then.number:
        return Change.UP if now.number > then.number else Change.DOWN
    return Change.REAFFIRMED if spoken_of else None


def line(numbers: Sequence[int], *, width: int, height: int, margin: int = 4) -> tuple[tuple[int, int], ...]:
    """Give the points of a line through the numbers, from 0 at the bottom to 30 at the top, evenly apart.

    Units are those of the drawing; its origin is at the top left.
    """
    if not numbers:
        return ()
    across, down = width - 2 * margin, height - 2 * margin
    step = across / (len(numbers) - 1) if len(numbers) > 1 else 0
    begin = margin if len(numbers) > 1 else margin + across
    return tuple(
        (round(begin + step * at), round(margin + down * (1 - number / HIGHEST_NUMBER)))
        for at, number in enumerate(numbers)
    )
