"""The notes of a meeting as a file to keep, for those signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.models import Meeting
from meetings.models.in_full import meeting_in_full
from meetings.notes.printed.pdf import NoPdf
from meetings.services.copies import COPIES, copy_named, copy_of, name_of


@requires(Permission.READ_RECORD)
@require_safe
def notes_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The notes in one form. Those of a meeting that has not been held are not there yet."""
    copy = copy_named(ending)
    if copy is None:
        raise Http404
    try:
        full = meeting_in_full(request.user, pk, only_notes=True)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    meeting = full.meeting
    if not meeting.is_held:
        raise Http404
    try:
        content = copy_of(full, copy)
    except NoPdf as problem:
        others = [one for one in COPIES if one.ending != ending]
        context = {"meeting": meeting, "problem": str(problem), "copies": others}
        return render(request, "meetings/no_pdf.html", context, status=503)
    return HttpResponse(
        content,
        content_type=copy.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name_of(meeting, copy)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
