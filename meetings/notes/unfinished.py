"""Which words of notes that are being typed are finished: those who follow along see finished lines (issue 3).

Pure: no database, no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

A_WHILE = timedelta(seconds=20)  # after which a line that nobody goes on with counts as finished
STATES = 20  # saved states that are looked at: a save each second or two, while one line is typed


@dataclass(frozen=True, slots=True)
class LastSave:
    """When the standing notes of one item were saved, and by which account (None: nobody known)."""

    item: int
    saved_at: datetime | None
    by: int | None


@dataclass(frozen=True, slots=True)
class State:
    """The notes of one item as they stood from a moment on."""

    notes: str
    saved_at: datetime


def finished_lines(states: Sequence[State]) -> str:
    """The newest of the states, with the line that is being typed as it was when somebody last left it.

    Takes the last `STATES` of an item, the newest first (all of them, if they are fewer). A line is left by a newline,
    by going on in another line, or by standing for `A_WHILE`; one that never was is not there yet.
    """
    if not states:
        return ""
    lines = states[0].notes.split("\n")
    older = states[1].notes.split("\n") if len(states) > 1 else []
    head, after = _same_ends(older, lines)
    place = len(lines) - 1 - after
    if place < head or not lines[place].strip():
        return states[0].notes
    left = _as_left(states, after)
    return "\n".join([*lines[:place], *([] if left is None else [left]), *lines[place + 1 :]])


def being_typed(saves: Iterable[LastSave], *, now: datetime) -> dict[int, datetime]:
    """The items in which a line may not be finished, each with the moment from which all of it counts as finished.

    That is `A_WHILE` after its last save, or at once when its writer goes on in another item.
    """
    saves = list(saves)
    found = {}
    for one in saves:
        if one.saved_at is None or abs(now - one.saved_at) >= A_WHILE:
            continue
        if not any(_was_left(one.saved_at, one.by, other) for other in saves if other.item != one.item):
            found[one.item] = one.saved_at + A_WHILE
    return found


def _as_left(states: Sequence[State], after: int) -> str | None:
    """The words of the line that `after` others follow, when it was last left; None where it never was."""
    for newer, older in pairwise(states):
        before, then = older.notes.split("\n"), newer.notes.split("\n")
        head, tail = _same_ends(before, then)
        if tail != after:  # what was changed then was another line
            return then[-1 - after]
        if head + tail >= len(before):  # there was no such line
            return None
        if newer.saved_at - older.saved_at >= A_WHILE:
            return before[-1 - after]
    oldest = states[-1].notes.split("\n")
    return None if len(states) < STATES and after == 0 else oldest[-1 - after]


def _same_ends(one: list[str], other: list[str]) -> tuple[int, int]:
    """How many lines two texts share at their start, and how many of the rest at their end."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


def _was_left(saved_at: datetime, by: int | None, other: LastSave) -> bool:
    """Whether the same writer has saved another item since."""
    return other.by == by and other.saved_at is not None and other.saved_at > saved_at
