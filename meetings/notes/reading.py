"""Reading a set of meeting notes: Word, HTML, Markdown or plain text in, one `NotesDocument` out.

The readers are forgiving and never raise on text; what could not be placed, or was taken in one of two ways, is a
warning with its line. Only `read`, which takes a file's bytes, refuses what holds no text.
"""

from dataclasses import dataclass, replace

from meetings.notes.action_lists import ActionReader
from meetings.notes.agenda import read_agenda
from meetings.notes.attendance import AttendanceReader
from meetings.notes.decisions import read_decisions
from meetings.notes.decoding import UnreadableNotes, decode, looks_like_html
from meetings.notes.document import NotesDocument, NotesWarning, normal_form
from meetings.notes.exact import read_exactly
from meetings.notes.gathering import Gathering, Place
from meetings.notes.interests import read_interests
from meetings.notes.layout import ACTIONS_HEAD
from meetings.notes.markup import html_as_text
from meetings.notes.next_meetings import read_next_meetings
from meetings.notes.occasion import choose_day_order, read_occasion
from meetings.notes.owners import Roster
from meetings.notes.printed.foot import without_foot
from meetings.notes.printed.html_parts import parts_in
from meetings.notes.printed.parts_in import document_in
from meetings.notes.source import scan
from meetings.notes.tasks import Ground

__all__ = [
    "Reading",
    "UnreadableNotes",
    "read",
    "read_decoded",
    "read_html",
    "read_markdown",
    "read_text",
    "read_with_places",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and where in the source its parts stand.

    `places` maps a part to its first and last line, counted from 1: ("title",), ("date",), ("starts",), ("ends",),
    ("place",), ("interests",), ("attendance", 3), ("actions", 0), ("next_meetings", 0), ("agenda", 2) for an item's
    heading, ("decisions", 0), ("body",), and ("agenda", 2, (0, 1)) for a line of its notes by its path.
    """

    document: NotesDocument
    places: dict[Place, tuple[int, int]]


def read_text(text: str) -> NotesDocument:
    """The document that plain text holds. Never raises."""
    return _gather(text).document


def read_markdown(text: str) -> NotesDocument:
    """The document that Markdown holds. Never raises."""
    return _gather(text).document


def read_html(text: str) -> NotesDocument:
    """The document that HTML holds; warnings count the lines of the HTML. Never raises."""
    return _gather_html(text).document


def read(content: bytes, filename: str = "") -> NotesDocument:
    """The document in a file of these bytes, its format told by what is in it and not by its name.

    Raises UnreadableNotes, with a plain sentence, for what holds no text: empty, too large, a PDF, a picture, an
    unknown encoding, a Word document that is locked or unsafe.
    """
    return read_with_places(content, filename).document


def read_with_places(content: bytes | str, filename: str = "") -> Reading:
    """The document and the places of its parts in the source (see `Reading`). Raises as `read` does."""
    text, doubts = (content, ()) if isinstance(content, str) else decode(content, filename)
    return read_decoded(text, doubts)


def read_decoded(text: str, doubts: tuple[str, ...] = ()) -> Reading:
    """The document in a text that `decode` gave, its doubts among the warnings. Never raises."""
    reading = _gather_html(text) if looks_like_html(text) else _gather(text)
    if not doubts:
        return reading
    warnings = tuple(NotesWarning(None, doubt) for doubt in doubts)
    return Reading(_with_warnings(reading.document, warnings), reading.places)


def _with_warnings(document: NotesDocument, warnings: tuple[NotesWarning, ...]) -> NotesDocument:
    return replace(document, warnings=warnings + document.warnings)


def _gather_html(html: str) -> Reading:
    parts = parts_in(html) if f"<h2>{ACTIONS_HEAD}</h2>" in html else None
    if ours := document_in(parts) if parts else None:
        return Reading(*ours)
    text, lines = html_as_text(html)
    reading = _gather(text)
    return Reading(
        replace(
            reading.document,
            warnings=tuple(
                NotesWarning(lines[one.line - 1] if one.line else None, one.message)
                for one in reading.document.warnings
            ),
        ),
        {place: (lines[first - 1], lines[last - 1]) for place, (first, last) in reading.places.items()},
    )


def _gather(text: str) -> Reading:
    text = without_foot(text)
    ours = read_exactly(text)
    if ours:
        return Reading(*ours)
    gathering = Gathering(scan(text))
    choose_day_order(gathering)
    occasion = read_occasion(gathering)
    attendance, people = AttendanceReader(gathering).read()
    next_meetings = read_next_meetings(gathering)
    interests = read_interests(gathering)
    roster = Roster.of(people, text)
    ground = Ground(roster, gathering.meeting_date, gathering.day_first)
    actions = ActionReader(gathering, ground).read()
    agenda = read_agenda(gathering, frozenset(roster.short))
    if not attendance:
        gathering.warn(None, "Nobody was found in the notes: no list of those present.")
    document = NotesDocument(
        title=occasion.title,
        date=occasion.date,
        starts=occasion.starts,
        ends=occasion.ends,
        place=occasion.place,
        attendance=attendance,
        interests=interests,
        actions=actions,
        agenda=agenda,
        next_meetings=next_meetings,
        body=occasion.body,
        decisions=read_decisions(gathering),
        warnings=tuple(
            sorted(dict.fromkeys(gathering.warnings), key=lambda one: (one.line or 0, one.message))
        ),
    )
    return Reading(normal_form(document), gathering.places)
