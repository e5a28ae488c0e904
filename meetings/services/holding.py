"""Holding a meeting while its record is written, so that nobody writes what has just gone out.

Whoever holds both a meeting and its body holds the meeting first, everywhere: two who took them the other way round
would wait for each other for ever. A meeting is held without its key (`no_key`): whoever plans one holds the body, and
writes items that point to the meetings whose notes they approve. For that they wait for nobody who holds those.
"""

from datetime import date

from django.db import transaction

from allies.models import Body
from meetings.models import Meeting
from meetings.policies import check_notes_open


def hold_open(meeting: Meeting) -> None:
    """Hold a meeting until the transaction ends, and raise Refused where its notes are not open any more.

    Whoever circulates holds it too: a writer who comes after them finds it closed, however the meeting was read.
    Writers of one meeting wait for each other. Call inside the service's transaction.
    """
    check_notes_open(Meeting.objects.select_for_update(no_key=True).only("stage").get(pk=meeting.pk))


def hold_day(body: Body, day: date) -> tuple[Body, Meeting | None]:
    """Hold a body and its standing meeting of a day, if it has one, and give both as they are now.

    Nobody circulates that meeting, and nobody plans one of the body, until the transaction ends. Call inside the
    service's transaction.
    """
    of_the_day = Meeting.objects.standing().filter(body=body, date=day)
    while True:
        seen = of_the_day.values_list("pk", flat=True).first()
        before = transaction.savepoint_create()
        if seen is not None:
            Meeting.objects.select_for_update(no_key=True).only("pk").filter(pk=seen).first()
        body = Body.objects.select_for_update().get(pk=body.pk)
        meeting = of_the_day.select_related("body").first()
        if (meeting and meeting.pk) == seen:
            transaction.savepoint_commit(before)
            return body, meeting
        # Somebody planned or moved one meanwhile: let go of both, and hold that one first.
        transaction.savepoint_rollback(before)
