"""Saying at a meeting when the group meets next: kept in the notes, and planned from there."""

from datetime import date, time

from django.db import transaction

from allies.models import Actor
from allies.partial_dates import PartialDate
from meetings.models import AnnouncedMeeting, Attendance, Capacity, CapacityKind, Meeting
from meetings.policies import can_plan, check_can_write_notes
from meetings.services.minutes import something_moved
from meetings.services.planning import Arrangements, MeetingRefused, plan_meeting
from meetings.services.recording import announce_next
from meetings.wording import hours_in_words


@transaction.atomic
def say_next(
    *,
    by: Actor,
    meeting: Meeting,
    day: date,
    starts: time | None = None,
    ends: time | None = None,
    chair: str = "",
    plan: bool = True,
) -> AnnouncedMeeting:
    """Keep the next meeting's day and hours, and who chairs it as a one-off; plan it, if it is not planned yet.

    A note-taker who may not plan meetings still says when it is; it waits to be planned then.
    Raises Refused; MeetingRefused for a day that is not after this meeting's; RecordRefused.
    """
    check_can_write_notes(by, meeting)
    if day <= meeting.date:
        raise MeetingRefused("The next meeting comes after this one. Give a later day", "date")
    said = f"{day:%A} {day.day} {day:%B %Y}"
    if hours := hours_in_words(starts, ends):
        said = f"{said}, {hours}"
    same = meeting.announced.filter(date=day.isoformat()).first()
    if same is not None:
        meeting.announced.filter(pk=same.pk).delete()
    notice = announce_next(
        by=by,
        meeting=meeting,
        as_written=said,
        day=PartialDate.of(day),
        starts=starts,
        ends=ends,
        chair=chair,
    )
    if plan and notice.became is None and can_plan(by, meeting.body_id):
        planned = plan_meeting(
            by=by, body=meeting.body, arrangements=Arrangements(day, starts, ends), announced=notice
        )
        notice.became = planned
        if notice.chair is not None:
            row, _ = Attendance.objects.get_or_create(meeting=planned, person=notice.chair)
            Capacity.objects.get_or_create(attendance=row, kind=CapacityKind.CHAIR)
    something_moved(meeting)
    return notice
