"""The page before a meeting asks as often of the database at one row as at many."""

from datetime import date

import pytest

from meetings.models import Meeting, Paper, Presenter, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    MeetingFactory,
    MentionFactory,
    PersonFactory,
    UpdateFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# ---- How much it asks of the database


def test_it_asks_as_often_at_one_action_as_at_many(
    signed_in, django_assert_num_queries, account_of, group, february
):
    ally = account_of(group)
    AppointmentFactory(person=ally.person, body=BodyFactory(parent=group))
    _fill(february, ally, 1)
    client = signed_in(ally)
    client.get("/")
    with django_assert_num_queries(12):
        client.get("/")
    _fill(february, ally, 130)
    with django_assert_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("who", ["team", "chair"])
def test_it_asks_no_oftener_of_those_who_keep_the_record(
    request, signed_in, django_assert_max_num_queries, group, november, february, who
):
    account = request.getfixturevalue(who)
    for number in (1, 40):
        _fill(february, account, number)
        november.announced.create(as_written="June 2026", date="2026-06")
        MentionFactory(meeting=november, action=None, place="notes")
        MeetingFactory(body=group, date=date(2026, 1, 13 + min(number, 5)), stage=Stage.PLANNED)
    client = signed_in(account)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")


def _fill(meeting: Meeting, account, number: int) -> None:
    """So many actions in every group, half of them one's own, with items, papers and people."""
    for place in range(number):
        action = ActionFactory(
            body=meeting.body,
            due_on=date(2026, 1 + place % 6, 5) if place % 2 else None,
            times_carried=place % 5,
            stands=place % 3 != 0,
        )
        AssignmentFactory(action=action, person=account.person if place % 2 else PersonFactory())
        UpdateFactory(action=action, on=date(2026, 1, 20))
    for _ in range(min(number, 5)):
        item = AgendaItemFactory(meeting=meeting)
        Presenter.objects.create(item=item, as_written="Bel")
        Paper.objects.create(meeting=meeting, item=item, title="A paper", link="https://example.org/a")
        CapacityFactory(attendance=AttendanceFactory(meeting=meeting, presence=""), kind="notetaker")
