"""The lines of an item's notes as a page sets them: points and replies, with markers as bars between. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.notes.document import Line, Marker

# What a bar says: the group's own notes say "agreed" for a decision.
MARKER_WORDS = {
    Marker.ACTION: "Action",
    Marker.DECISION: "Agreed",
    Marker.OFFER: "Offer",
    Marker.PARKED: "Parked",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point: who said it (as written, None where nobody is named), the words, and what stands under it."""

    text: str
    speaker: str | None
    under: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Either a bar (`marker` is its word, with one point) or a run of points (`marker` is empty)."""

    marker: str
    points: tuple[Point, ...]


def blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The lines in their order, runs of points gathered, each marker a bar of its own."""
    found: list[Block] = []
    for line in lines:
        point = Point(line.text, line.speaker, blocks(line.children))
        if line.marker:
            found.append(Block(MARKER_WORDS[line.marker], (point,)))
        elif found and not found[-1].marker:
            found[-1] = Block("", (*found[-1].points, point))
        else:
            found.append(Block("", (point,)))
    return tuple(found)
