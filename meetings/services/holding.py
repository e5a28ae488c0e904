"""Holding a meeting while its record is written, so that nobody writes what has just gone out."""

from meetings.models import Meeting
from meetings.policies import check_notes_open


def hold_open(meeting: Meeting) -> None:
    """Hold a meeting until the transaction ends, and raise Refused where its notes are not open any more.

    Whoever circulates holds it too: a writer who comes after them finds it closed, however the meeting was read.
    Writers of one meeting wait for each other. Call inside the service's transaction.
    """
    check_notes_open(Meeting.objects.select_for_update(no_key=True).only("stage").get(pk=meeting.pk))
