"""The lines of a source text, each with what was understood of it: for showing both side by side. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetings.notes.document import NotesDocument, Section

_PARTS = {
    "title": "Title",
    "body": "Whose meeting",
    "date": "Date",
    "starts": "Time",
    "ends": "Time",
    "place": "Place",
    "interests": "Interests",
    "attendance": "Attendance",
    "next_meetings": "Next meeting",
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line: its number from 1, its words, what it was read as ("" for nothing), and what is doubtful about it.

    `begins` says that the line before was read as something else.
    """

    number: int
    words: str
    read_as: str
    begins: bool
    doubts: tuple[str, ...] = ()


def lines_of(
    text: str, places: Mapping[tuple[object, ...], tuple[int, int]], document: NotesDocument
) -> list[SourceLine]:
    """Every line of `text`; `places` are those of the reader (`meetings.notes.reading.Reading`)."""
    read_as: dict[int, str] = {}
    # The widest part first, so that what stands inside another is named by itself.
    for place, (first, last) in sorted(places.items(), key=lambda one: one[1][0] - one[1][1]):
        for number in range(first, last + 1):
            read_as[number] = _name(place, document)
    doubts: dict[int, list[str]] = {}
    for warning in document.warnings:
        if warning.line:
            doubts.setdefault(warning.line, []).append(warning.message)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found, before = [], ""
    for number, words in enumerate(lines, 1):
        name = read_as.get(number, "") if words.strip() else ""
        found.append(
            SourceLine(number, words, name, bool(name) and name != before, tuple(doubts.get(number, ())))
        )
        before = name or (before if not words.strip() else "")
    return found


def _name(place: tuple[object, ...], document: NotesDocument) -> str:
    part = str(place[0])
    if part == "actions" and len(place) > 1 and isinstance(place[1], int):
        carried = place[1] < len(document.actions) and document.actions[place[1]].section is Section.CARRIED
        return f"Action {place[1] + 1}{', carried over' if carried else ''}"
    if part == "agenda" and len(place) > 1 and isinstance(place[1], int):
        return f"Item {place[1] + 1}" if len(place) == 2 else f"Notes of item {place[1] + 1}"
    return _PARTS.get(part, part.replace("_", " ").capitalize())
