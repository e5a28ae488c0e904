"""Two people at once: whoever plans a meeting does not wait for whoever holds notes that it is to approve."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from meetings.models import AgendaItem, Meeting
from meetings.services.circulating import circulate, locked
from meetings.services.planning import Arrangements, plan_meeting
from meetings.services.publishing import publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write at a time, so it holds no rows"
    ),
]


def test_a_meeting_is_planned_and_takes_up_notes_that_somebody_is_publishing(way, team):
    circulate(by=team, meeting=way.meeting)
    done = []

    def plan() -> None:
        try:
            done.append(plan_meeting(by=team, body=way.body, arrangements=Arrangements(date(2025, 12, 15))))
        finally:
            connection.close()

    with transaction.atomic():
        locked(way.meeting)
        other = Thread(target=plan)
        other.start()
        other.join(10)
        waited = other.is_alive()
        if not waited:
            # Holds the body after the meeting: the one who plans has let go of it.
            publish(by=team, meeting=way.meeting)
    other.join()
    assert (waited, len(done)) == (False, 1)
    items = AgendaItem.objects.filter(approves=way.meeting)
    assert [one.meeting.date for one in items.select_related("meeting")] == [date(2025, 12, 15)]
    assert Meeting.objects.filter(publication__isnull=False).get() == way.meeting
