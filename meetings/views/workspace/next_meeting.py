"""The next meeting, said and planned from the notes; beginning the notes; letting others follow them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from allies.access import requires
from allies.powers import Permission
from meetings.forms.workspace import NextMeetingForm
from meetings.services.minutes import let_follow
from meetings.services.next_meeting import say_next
from meetings.services.planning import MeetingRefused, begin_notes
from meetings.services.recording import RecordRefused
from meetings.views.finding import meeting_to_write, refused
from meetings.views.workspace.finding import back_to, number_asked, part, space_to_write
from meetings.views.workspace.showing import workspace_context


@requires(Permission.READ_RECORD)
@require_POST
def next_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when the group meets next, and plan it."""
    meeting = meeting_to_write(request, pk)
    form = NextMeetingForm(request.POST, prefix="next")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            say_next(
                by=request.user,
                meeting=meeting,
                day=typed["date"],
                starts=typed["starts"],
                ends=typed["ends"],
                chair=typed["chair"],
                plan=typed["plan"],
            )
        except (MeetingRefused, RecordRefused) as error:
            form.add_error(error.field, str(error))
        else:
            if not request.htmx:
                return back_to(pk, number_asked(request), "next")
            context = workspace_context(request, space_to_write(request, pk))
            return part(request, "next", context | {"oob": True})
    context = workspace_context(request, space_to_write(request, pk)) | {"next_form": form}
    return part(request, "next" if request.htmx else "page", context, status=422)


@requires(Permission.READ_RECORD)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the meeting is being held, and go on to its notes."""
    meeting = meeting_to_write(request, pk)
    try:
        begin_notes(by=request.user, meeting=meeting)
    except MeetingRefused as error:
        return refused(request, error, meeting)
    return back_to(pk, number_asked(request))


@requires(Permission.READ_RECORD)
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others follow along, or no longer."""
    meeting = meeting_to_write(request, pk)
    on = request.POST.get("on") == "1"
    let_follow(by=request.user, meeting=meeting, on=on)
    if request.htmx:
        context = {"meeting": meeting, "number": number_asked(request), "followed": on}
        return part(request, "following", context | {"is_begun": meeting.is_held})
    return back_to(pk, number_asked(request), "following")
