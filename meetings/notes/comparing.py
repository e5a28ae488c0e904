"""Two versions of an item's notes: side by side, both in one, or one laid upon the other (DESIGN §11).

Texts are compared line by line, as people typed them; line ends are "\\n" in what comes out, whatever they were.
No line is ever lost here: where two versions cannot be joined without a choice, the choice is a person's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz

ALIKE = 45.0  # of 100: lines with this much in common are one line in two wordings
_MOST_PAIRED = 10_000  # pairs of lines in one changed passage; beyond, lines are paired by their order
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class RowKind(StrEnum):
    """What a row of the comparison shows."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a line, and whether the other version has others in their place."""

    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the left beside its line of the right; `()` on a side that has none. Pieces joined are the line."""

    kind: RowKind
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


def lines_of(text: str) -> list[str]:
    """The lines of a text area, empty ones too; "" has one, which is empty."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def compare(left: str, right: str) -> tuple[Row, ...]:
    """The rows of both texts in their order: every line of the left and every line of the right exactly once."""
    mine, theirs = lines_of(left), lines_of(right)
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in _opcodes(mine, theirs):
        if tag == "equal":
            rows.extend(Row(RowKind.SAME, _whole(line, False), _whole(line, False)) for line in mine[i1:i2])
        else:
            rows.extend(_changed(mine[i1:i2], theirs[j1:j2]))
    return tuple(rows)


def both(left: str, right: str) -> str:
    """One text with every line of both, in their order: where they differ the left's lines stand first.

    A line that both have stands once, also where one of them has moved it (then where the left has it); as often
    as the version that has it more often.
    """
    mine, theirs = lines_of(left), lines_of(right)
    missing = Counter(theirs)
    missing.subtract(mine)
    joined: list[str] = []
    for tag, i1, i2, j1, j2 in _opcodes(mine, theirs):
        joined.extend(mine[i1:i2])
        if tag == "equal":
            continue
        for line in theirs[j1:j2]:
            if missing[line] > 0:
                missing[line] -= 1
                joined.append(line)
    return "\n".join(joined)


def rebase(base: str, theirs: str, mine: str) -> str | None:
    """The text with what `theirs` and `mine` each changed in `base`; None where a person has to choose.

    Edits are joined when at least one line between them is as it was in `base`. The same edit made by both counts
    once. Two people writing on at the end touch the same place: None.
    """
    was, left, right = lines_of(base), lines_of(theirs), lines_of(mine)
    if left in (was, right):
        return "\n".join(right)
    if right == was:
        return "\n".join(left)
    edits = sorted({*_edits(was, left), *_edits(was, right)})
    if any(later.start <= earlier.end for earlier, later in pairwise(edits)):
        return None
    merged: list[str] = []
    at = 0
    for edit in edits:
        merged += [*was[at : edit.start], *edit.lines]
        at = edit.end
    merged += was[at:]
    return "\n".join(merged) if _keeps_both(was, left, right, merged) else None


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """Lines `start` (inclusive) to `end` (exclusive) of the base became `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def _edits(base: Sequence[str], text: Sequence[str]) -> list[_Edit]:
    return [
        _Edit(i1, i2, tuple(text[j1:j2])) for tag, i1, i2, j1, j2 in _opcodes(base, text) if tag != "equal"
    ]


def _keeps_both(was: list[str], left: list[str], right: list[str], merged: list[str]) -> bool:
    """Whether all that was added is there and all that was taken out is not; a line that one moved while the
    other took it out fails here, and is a matter for a person."""
    there, before = set(merged), set(was)
    added = (set(left) | set(right)) - before
    removed = before - (set(left) & set(right))
    return added <= there and not (removed - {""}) & there


def _opcodes(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """How the one becomes the other, as `difflib` says it; what is the same at both ends is taken off first."""
    most = min(len(mine), len(theirs))
    head = next((at for at in range(most) if mine[at] != theirs[at]), most)
    tail = next((at for at in range(most - head) if mine[-1 - at] != theirs[-1 - at]), most - head)
    middle = SequenceMatcher(
        None, mine[head : len(mine) - tail], theirs[head : len(theirs) - tail], autojunk=False
    )
    codes: list[tuple[str, int, int, int, int]] = [("equal", 0, head, 0, head)] if head else []
    codes += [
        (tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in middle.get_opcodes()
    ]
    if tail:
        codes.append(("equal", len(mine) - tail, len(mine), len(theirs) - tail, len(theirs)))
    return codes


def _changed(mine: list[str], theirs: list[str]) -> list[Row]:
    """A passage that differs: lines alike stand side by side, the others alone, all in their order."""
    rows: list[Row] = []
    i = j = 0
    for at, beside in [*_pairs(mine, theirs), (len(mine), len(theirs))]:
        rows.extend(Row(RowKind.ONLY_LEFT, _whole(line, True), ()) for line in mine[i:at])
        rows.extend(Row(RowKind.ONLY_RIGHT, (), _whole(line, True)) for line in theirs[j:beside])
        if at < len(mine) and beside < len(theirs):
            rows.append(_side_by_side(mine[at], theirs[beside]))
        i, j = at + 1, beside + 1
    return rows


def _pairs(mine: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """Which lines are one line in two wordings: the choice, in the order of both, with the most in common."""
    if len(mine) * len(theirs) > _MOST_PAIRED:
        return [
            (at, at) for at in range(min(len(mine), len(theirs))) if fuzz.ratio(mine[at], theirs[at]) >= ALIKE
        ]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    alike = [[fuzz.ratio(one, other) for other in theirs] for one in mine]
    for i in reversed(range(len(mine))):
        for j in reversed(range(len(theirs))):
            joined = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    pairs = []
    i = j = 0
    while i < len(mine) and j < len(theirs):
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _side_by_side(left: str, right: str) -> Row:
    """One line in two wordings, with the words in which they differ."""
    mine, theirs = _TOKENS.findall(left), _TOKENS.findall(right)
    here: list[Piece] = []
    there: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        here += _whole("".join(mine[i1:i2]), tag != "equal")
        there += _whole("".join(theirs[j1:j2]), tag != "equal")
    return Row(RowKind.CHANGED, tuple(here), tuple(there))


def _whole(line: str, changed: bool) -> tuple[Piece, ...]:
    return (Piece(line, changed),) if line else ()
