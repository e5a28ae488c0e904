"""Who changed what of a meeting, and when."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.history import history_page
from allies.models import Declaration
from allies.powers import Permission
from meetings.models import AgendaItem, AnnouncedMeeting, Attendance, Capacity, Decision, Handling, Paper
from meetings.views.finding import meeting_or_404


@requires(Permission.READ_RECORD)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting, its items (also those taken off), who was there as what, papers, decisions, declarations, what
    it announced.
    """
    meeting = meeting_or_404(request, pk)
    return history_page(
        request,
        title=f"The meeting of {meeting}",
        back_url=meeting.get_absolute_url(),
        rows=[
            meeting,
            AgendaItem.history.filter(meeting_id=pk),
            Attendance.history.filter(meeting_id=pk),
            Capacity.history.filter(attendance_id__in=Attendance.history.filter(meeting_id=pk).values("id")),
            Paper.history.filter(meeting_id=pk),
            Decision.history.filter(meeting_id=pk),
            Declaration.objects.filter(body=meeting.body_id, on=meeting.date),
            Handling.history.filter(item__meeting_id=pk),
            AnnouncedMeeting.history.filter(meeting_id=pk),
        ],
        leave_out=["position", "answered_at"],
    )
