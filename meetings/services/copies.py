"""The notes of a meeting as a document to keep or hand on: in which form, under which name, with what at its foot."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.models import Meeting, Stage
from meetings.models.in_full import MeetingInFull
from meetings.notes.document import NotesDocument, to_json
from meetings.notes.printed.foot import Printed, with_foot
from meetings.notes.printed.html import write_html
from meetings.notes.printed.pdf import write_pdf
from meetings.notes.printed.word import write_word
from meetings.notes.writing import write_markdown, write_text
from meetings.services.notes_out import notes_of
from meetings.uploads import PDF, WORD


@dataclass(frozen=True, slots=True)
class Copy:
    """A form in which notes can be kept."""

    ending: str
    name: str
    content_type: str
    write: Callable[[NotesDocument, Printed], bytes]


def _text(document: NotesDocument, printed: Printed) -> bytes:
    return with_foot(write_text(document), printed).encode()


def _markdown(document: NotesDocument, printed: Printed) -> bytes:
    return with_foot(write_markdown(document), printed).encode()


def _html(document: NotesDocument, printed: Printed) -> bytes:
    return write_html(document, printed).encode()


def _json(document: NotesDocument, _printed: Printed) -> bytes:
    """The notes alone: the schema of other programs has no foot."""
    return f"{json.dumps(to_json(document), ensure_ascii=False, indent=1)}\n".encode()


COPIES = (
    Copy("docx", "Word, to work on", WORD.content_type, write_word),
    Copy("pdf", "PDF, to print or send", PDF.content_type, write_pdf),
    Copy("html", "One web page, to read anywhere", "text/html; charset=utf-8", _html),
    Copy("txt", "Plain text", "text/plain; charset=utf-8", _text),
    Copy("md", "Markdown", "text/markdown; charset=utf-8", _markdown),
    Copy("json", "JSON, for other programs", "application/json", _json),
)


def copy_named(ending: str) -> Copy | None:
    """The form with an ending; None where there is none."""
    return next((copy for copy in COPIES if copy.ending == ending), None)


def copy_of(full: MeetingInFull, copy: Copy) -> bytes:
    """The file: what whoever read `full` may see of the notes, with their foot. One query.

    Raises NoPdf for a PDF where this machine can make none.
    """
    document = notes_of(full)
    return copy.write(document, printed_of(full, document))


def name_of(meeting: Meeting, copy: Copy) -> str:
    """The file's name: "2025-11-19-allies-group-notes.docx"."""
    return f"{meeting.date.isoformat()}-{meeting.body.slug}-notes.{copy.ending}"


def printed_of(full: MeetingInFull, document: NotesDocument) -> Printed:
    """What stands at the foot: how far the notes have come, and of which frozen version these are the words.

    Notes that were corrected since they were sent round are no version yet, and name none.
    """
    meeting, frozen = full.meeting, full.frozen
    if meeting.stage not in {Stage.CIRCULATED, Stage.SEALED}:
        return Printed("Draft notes")
    version = ""
    if frozen and frozen.document == document:
        version = f"{frozen.version.number}: {frozen.version.hash}"
    if meeting.stage == Stage.SEALED:
        day = timezone.localdate(frozen.version.made_at) if frozen else None
        return Printed(f"Approved{_on(day)}", version)
    corrected = "" if version else ", and corrected since"
    return Printed(f"Circulated{_on(meeting.circulated_on)}{corrected}", version)


def _on(day: date | None) -> str:
    return f" on {day.day} {day:%B %Y}" if day else ""
