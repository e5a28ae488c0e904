"""Who was at a meeting, in which capacity."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from allies import clock
from allies.access import requires
from allies.models import Person
from allies.powers import Permission
from meetings.forms.recording import AttendeeForm, GuestForm
from meetings.models import Meeting
from meetings.models.in_full import attendance_of
from meetings.services import recording
from meetings.services.recording import RecordRefused
from meetings.views.finding import form_page, meeting_to_write


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One row a person: those on the list, those on the body who are not, and a guest by name."""
    meeting = meeting_to_write(request, pk)
    data = request.POST if request.method == "POST" else None
    rows = _rows(meeting, data)
    guest = GuestForm(data)
    if data is not None and _all_valid([*rows, guest]):
        seen = [row.seen() for row in rows] + ([guest.seen()] if guest.is_filled else [])
        try:
            recording.record_attendance(by=request.user, meeting=meeting, seen=seen)
        except RecordRefused as error:
            guest.add_error(None, str(error))
        else:
            return redirect("meetings:attendance" if guest.is_filled else "meetings:meeting", pk)
    context = {"meeting": meeting, "rows": rows, "guest": guest, "forms": [*rows, guest]}
    return form_page(request, "meetings/attendance.html", context)


def _all_valid(forms: list[AttendeeForm]) -> bool:
    """Every form is read before the answer, so that all that needs mending is shown at once."""
    answers = [form.is_valid() for form in forms]
    return all(answers)


def _rows(meeting: Meeting, data: dict | None) -> list[AttendeeForm]:
    listed = attendance_of(meeting)
    on_it = {one.person_id for one in listed}
    day = min(meeting.date, clock.today())
    appointed = (
        Person.objects.filter(appointments__in=meeting.body.appointments.on(day)).distinct().in_order()
    )
    rows = [AttendeeForm(data, attendance=one) for one in listed]
    rows += [AttendeeForm(data, person=person) for person in appointed if person.pk not in on_it]
    # Somebody added since the page was loaded is not on it, and nothing was said of them.
    return rows if data is None else [row for row in rows if f"{row.prefix}-presence" in data]
