"""The notes of a meeting as a file to keep, for those signed in."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.models import Meeting
from meetings.models.in_full import meeting_in_full
from meetings.notes.document import NotesDocument, to_json
from meetings.notes.writing import write_markdown, write_text
from meetings.services.notes_out import notes_of


@dataclass(frozen=True, slots=True)
class Copy:
    """A form in which notes can be kept."""

    ending: str
    name: str
    content_type: str
    write: Callable[[NotesDocument], str]


def _write_json(document: NotesDocument) -> str:
    return json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n"


COPIES = (
    Copy("txt", "Plain text", "text/plain; charset=utf-8", write_text),
    Copy("md", "Markdown", "text/markdown; charset=utf-8", write_markdown),
    Copy("json", "JSON, for other programs", "application/json", _write_json),
)


@requires(Permission.READ_RECORD)
@require_safe
def notes_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The notes in one form. Those of a meeting that has not been held are not there yet."""
    copy = next((copy for copy in COPIES if copy.ending == ending), None)
    if copy is None:
        raise Http404
    try:
        full = meeting_in_full(request.user, pk, only_notes=True)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    meeting = full.meeting
    if not meeting.is_held:
        raise Http404
    name = f"{meeting.body.slug}-{meeting.date.isoformat()}.{ending}"
    return HttpResponse(
        copy.write(notes_of(full)),
        content_type=copy.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
