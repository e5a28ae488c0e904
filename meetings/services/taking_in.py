"""A file or a pasted text as notes to bring in: read, or refused with a sentence. Nothing is written."""

import re
from dataclasses import dataclass
from datetime import date

from meetings.notes.decoding import WORD_MARK, decode
from meetings.notes.document import NotesDocument
from meetings.notes.reading import UnreadableNotes, read_decoded

LARGEST = 1_000_000  # bytes of text; a long set of notes has thirty thousand
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")

__all__ = ["LARGEST", "Taken", "UnreadableNotes", "day_in_name", "take_in"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was read, its text, its name, and where its parts stand in the text (`reading.Reading`)."""

    document: NotesDocument
    text: str
    name: str
    places: dict[tuple[object, ...], tuple[int, int]]


def take_in(content: bytes, name: str = "") -> Taken:
    """Read the bytes of a file, or of what was pasted. Raises UnreadableNotes, with a sentence that says why."""
    if not content.startswith(WORD_MARK):
        _check_length(len(content))
    # A Word document may be large for its pictures: of that one, the text counts.
    text, doubts = decode(content, name)
    _check_length(len(text.encode("utf-8", "replace")))
    reading = read_decoded(text, doubts)
    document = reading.document
    if not (document.date or document.attendance or document.actions or document.agenda):
        raise UnreadableNotes("Nothing in this text could be read as notes of a meeting.")
    # What a database cannot hold is nothing that anybody wrote.
    return Taken(document, text.replace("\x00", ""), name, dict(reading.places))


def _check_length(size: int) -> None:
    if size > LARGEST:
        raise UnreadableNotes(
            f"This text is too long for the notes of one meeting ({size / 1_000_000:.1f} MB). Bring in one at a time."
        )


def day_in_name(name: str) -> date | None:
    """The day that a file's name gives ("2025-11-19 notes.txt"), to be offered and never taken for granted."""
    found = _DAY_IN_NAME.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
