"""Which words of notes that are being typed are finished: those who follow along see finished lines (issue 3).

Pure: no database, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

A_WHILE = timedelta(seconds=20)  # after which a line that nobody goes on with counts as finished


@dataclass(frozen=True, slots=True)
class LastSave:
    """When the standing notes of one item were saved, by which account (None: nobody known), and their end."""

    item: int
    saved_at: datetime | None
    by: int | None
    ends_in_a_line: bool


def finished_lines(notes: str) -> str:
    """The notes without the line that no newline ends; "" where that is the only one."""
    return notes[: notes.rfind("\n") + 1]


def being_typed(saves: Iterable[LastSave], *, now: datetime) -> dict[int, datetime]:
    """The items whose last line is not finished, each with the moment from which it counts as finished.

    A line is finished by a newline, by its writer going on in another item, or by `A_WHILE` without change.
    """
    saves = list(saves)
    found = {}
    for one in saves:
        if not one.ends_in_a_line or one.saved_at is None or abs(now - one.saved_at) >= A_WHILE:
            continue
        if not any(_was_left(one.saved_at, one.by, other) for other in saves if other.item != one.item):
            found[one.item] = one.saved_at + A_WHILE
    return found


def _was_left(saved_at: datetime, by: int | None, other: LastSave) -> bool:
    """Whether the same writer has saved another item since."""
    return other.by == by and other.saved_at is not None and other.saved_at > saved_at
