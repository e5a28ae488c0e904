"""Who may open which page of a meeting, and who is told that they may not."""

from datetime import date, time

import pytest
from django.urls import reverse

from meetings.models import Decision, Paper, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
)

# Who may do what is worked out in Python; tests/test_every_url.py asks the second database for every address.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def held(group, today):
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19), stage=Stage.DRAFT)
    AgendaItemFactory(meeting=meeting, position=1)
    return meeting


@pytest.fixture
def coming(group, today):
    meeting = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED, starts=time(11))
    AgendaItemFactory(meeting=meeting, position=1)
    AgendaItemFactory(meeting=meeting, position=2)
    return meeting


@pytest.fixture
def note_taker(account_of, group, held, coming):
    """An Ally who takes the notes of both meetings."""
    account = account_of(group)
    for meeting in (held, coming):
        CapacityFactory(
            attendance=AttendanceFactory(meeting=meeting, person=account.person), kind="notetaker"
        )
    return account


@pytest.fixture
def paper(coming):
    return Paper.objects.create(meeting=coming, title="Income report", link="https://example.org/income")


@pytest.fixture
def decision(held):
    return DecisionFactory(meeting=held)


@pytest.fixture
def action(group, today):
    return ActionFactory(body=group, agreed_on=date(2025, 11, 19))


EVERYONE_WHO_READS = {"ally", "note_taker", "team", "chair"}
WRITERS = {"note_taker", "team", "chair"}
PLANNERS = {"team", "chair"}
TEAM = {"team"}
# Name, argument of the address (held, coming, paper, decision, action or none), more arguments, who may, method.
PAGES = [
    ("list", None, [], EVERYONE_WHO_READS, "get"),
    ("meeting", "held", [], EVERYONE_WHO_READS, "get"),
    ("meeting", "coming", [], EVERYONE_WHO_READS, "get"),
    ("on_day", None, ["allies-group", "2025-11-19"], EVERYONE_WHO_READS, "get"),
    ("history", "held", [], EVERYONE_WHO_READS, "get"),
    ("mentions", "action", [], EVERYONE_WHO_READS, "get"),
    ("notes_file", "held", ["txt"], EVERYONE_WHO_READS, "get"),
    ("notes_file", "held", ["md"], EVERYONE_WHO_READS, "get"),
    ("notes_file", "held", ["json"], EVERYONE_WHO_READS, "get"),
    ("answer", "coming", [], EVERYONE_WHO_READS, "post"),
    ("plan", None, [], PLANNERS, "get"),
    ("plan", None, [], PLANNERS, "post"),
    ("change", "coming", [], PLANNERS, "get"),
    ("change", "coming", [], PLANNERS, "post"),
    ("call_off", "coming", [], PLANNERS, "get"),
    ("call_off", "coming", [], PLANNERS, "post"),
    ("begin", "coming", [], WRITERS, "post"),
    ("invitations", "coming", [], TEAM, "get"),
    ("invitations", "coming", [], TEAM, "post"),
    ("agenda", "coming", [], WRITERS, "get"),
    ("agenda", "coming", [], WRITERS, "post"),
    ("item", "held", [1], WRITERS, "get"),
    ("item", "held", [1], WRITERS, "post"),
    ("change_item", "coming", [1], WRITERS, "get"),
    ("change_item", "coming", [1], WRITERS, "post"),
    ("move_item", "coming", [1], WRITERS, "post"),
    ("remove_item", "coming", [1], WRITERS, "post"),
    ("attendance", "held", [], WRITERS, "get"),
    ("attendance", "held", [], WRITERS, "post"),
    ("interests", "held", [], WRITERS, "get"),
    ("interests", "held", [], WRITERS, "post"),
    ("add_paper", "coming", [], WRITERS, "get"),
    ("add_paper", "coming", [], WRITERS, "post"),
    ("withdraw_paper", "paper", [], WRITERS, "get"),
    ("withdraw_paper", "paper", [], WRITERS, "post"),
    ("add_decision", "held", [], WRITERS, "get"),
    ("add_decision", "held", [], WRITERS, "post"),
    ("withdraw_decision", "decision", [], WRITERS, "get"),
    ("withdraw_decision", "decision", [], WRITERS, "post"),
    ("announce", "held", [], WRITERS, "get"),
    ("announce", "held", [], WRITERS, "post"),
]
ROLES = ["ally", "note_taker", "team", "chair", "former_chair", "account_without_person"]


def _address(request, name, of, more) -> str:
    first = [request.getfixturevalue(of).pk] if of else []
    return reverse(f"meetings:{name}", args=first + more)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "of", "more", "who", "method"), PAGES)
def test_each_page_opens_to_those_who_may_and_to_nobody_else(
    request, signed_in, held, coming, note_taker, role, name, of, more, who, method
):
    address = _address(request, name, of, more)
    client = signed_in(request.getfixturevalue(role))
    status = getattr(client, method)(address).status_code
    # An empty form is turned back with 422, which only those see who may send it.
    assert (status != 403) == (role in who), status
    assert status in {200, 302, 403, 422}


@pytest.mark.parametrize(("name", "of", "more", "who", "method"), PAGES)
def test_nobody_gets_in_without_signing_in(request, client, held, coming, name, of, more, who, method):
    response = getattr(client, method)(_address(request, name, of, more))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_chair_of_one_body_writes_nothing_of_another(account_of, signed_in, core_team, today):
    from tests.factories import BodyFactory

    mine, other = BodyFactory(), BodyFactory()
    chair = account_of(mine, "chair")
    account_of(other)
    meeting = MeetingFactory(body=other, date=date(2025, 11, 19))
    client = signed_in(chair)
    assert client.get(reverse("meetings:attendance", args=[meeting.pk])).status_code == 404
    assert client.get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404


def test_a_note_taker_of_one_meeting_writes_nothing_of_the_next(account_of, group, signed_in, held, coming):
    account = account_of(group)
    CapacityFactory(attendance=AttendanceFactory(meeting=held, person=account.person), kind="notetaker")
    client = signed_in(account)
    assert client.get(reverse("meetings:attendance", args=[held.pk])).status_code == 200
    assert client.get(reverse("meetings:attendance", args=[coming.pk])).status_code == 403


def test_forms_that_change_something_take_no_get(team, signed_in, coming):
    client = signed_in(team)
    for name, more in (("begin", []), ("answer", []), ("move_item", [1]), ("remove_item", [1])):
        assert client.get(reverse(f"meetings:{name}", args=[coming.pk, *more])).status_code == 405


def test_nothing_changed_through_all_those_empty_forms(paper, decision, team, signed_in, coming):
    client = signed_in(team)
    client.post(reverse("meetings:withdraw_paper", args=[paper.pk]))
    client.post(reverse("meetings:withdraw_decision", args=[decision.pk]))
    client.post(reverse("meetings:call_off", args=[coming.pk]))
    assert Paper.objects.get().withdrawn == ""
    assert Decision.objects.get().withdrawn == ""
    coming.refresh_from_db()
    assert coming.called_off == ""
