"""What the chairs do not agree on comes to the group's meeting: decided there with one member out of the room."""

import re
from datetime import date

import pytest

from allies.models import Post, Seat
from meetings.models import Decision, Meeting, Stage
from meetings.models.lists import carried_into
from meetings.models.taking_part import who_took_part
from risks.models import Case, CaseResponse
from risks.scheme import Level
from risks.services.cases import open_by_hand
from risks.services.deciding import Decided
from risks.services.turning_keys import give_key
from tests.barriers import barriers
from tests.conftest import TODAY
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    InterestFactory,
    MeetingFactory,
    ProjectFactory,
)
from tests.journeys.conftest import SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db, today, group) -> Meeting:
    """Planned for today; the next one is in May."""
    MeetingFactory(body=group, date=date(2026, 5, 12), stage=Stage.PLANNED)
    return MeetingFactory(body=group, date=TODAY, stage=Stage.PLANNED)


@pytest.fixture
def case(meeting, group, team, account_of) -> Case:
    """The chairs differ about it, so that it comes to the group; both are at the meeting."""
    case = open_by_hand(by=team, body=group, about=ProjectFactory(name="Safer Starts"), because="Worried.")
    chairs = [account_of(group, Post.CO_CHAIR, seat=seat) for seat in (Seat.LIVED, Seat.LEARNT)]
    for chair, response in zip(chairs, (CaseResponse.PAUSE, CaseResponse.TERMS), strict=True):
        give_key(by=chair, case=case, decided=Decided(response, "In my view"))
        row = AttendanceFactory(meeting=meeting, person=chair.person)
        CapacityFactory(attendance=row, kind="chair")
    return case


@pytest.fixture
def bo(account_of, group, meeting, case):
    """A member who works for it."""
    person = account_of(group).person
    person.full_name = "Bo Best"
    person.save()
    InterestFactory(person=person, about_project=case.about_project)
    AttendanceFactory(meeting=meeting, person=person)
    return person


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (390, False)], ids=["wide", "no script"])
def test_the_group_decides_with_one_member_out_of_the_room(
    case, meeting, bo, team, browse, width, javascript
):
    page = browse(team, f"/meetings/{meeting.pk}/notes/", width=width, java_script_enabled=javascript)
    page.get_by_role("button", name="Begin the notes").click()
    page.get_by_role("button", name=re.compile("^Make it an item")).click()
    page.get_by_role("heading", name="What we do about Safer Starts").wait_for()
    touched = page.get_by_role("listitem").filter(has_text="Has an interest in the register")
    touched.get_by_text("Left for this item").click()
    touched.get_by_role("button", name="Record the declaration").click()
    page.get_by_role("button", name="Bo Best came back").wait_for()
    page.get_by_role("link", name="write down what they decided").click()
    page.get_by_text("Pause", exact=True).click()
    page.get_by_label("Why", exact=True).fill("The families come first.")
    page.get_by_label("What is to be done").first.fill("Ring the families")
    page.get_by_text("One more action").first.click()
    page.get_by_role("group", name="Action 2").get_by_label("What is to be done").fill("Write to the partner")
    found = barriers(page) if javascript else []
    sideways = page.evaluate(SIDEWAYS) if javascript else 0
    page.get_by_role("button", name="Write down the decision").click()
    page.get_by_text("The families come first.").first.wait_for()
    decision = Decision.objects.get()
    took_part = who_took_part(team, decision)
    assert ([one.name for one in took_part.not_deciding], len(took_part.names)) == (["Bo Best"], 2)
    assert ([one["id"] for one in found], sideways) == ([], 0)
    case.refresh_from_db()
    assert case.closed_on == TODAY
    later = Meeting.objects.get(stage=Stage.PLANNED)
    page.goto(later.get_absolute_url())
    page.get_by_text("Ring the families").first.wait_for()
    assert [one.text for one in carried_into(later, team)] == ["Ring the families", "Write to the partner"]


def test_what_the_group_accepts_until_a_day_is_on_the_next_agenda_again(
    case, meeting, ally, team, browse, settings
):
    page = browse(team, f"/meetings/{meeting.pk}/notes/")
    page.get_by_role("button", name="Begin the notes").click()
    page.get_by_role("button", name=re.compile("^Make it an item")).click()
    page.get_by_role("link", name="write down what they decided").click()
    page.get_by_text("Accept until a date", exact=True).click()
    for part, typed in (("Day", "31"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_label("Why", exact=True).fill("The report comes in spring.")
    page.get_by_role("button", name="Write down the decision").click()
    page.get_by_text("to accept it as it is until 31 March 2026").first.wait_for()
    case.refresh_from_db()
    assert (case.level, case.accepted_until) == (Level.ALLIES, date(2026, 3, 31))
    settings.ALLIES_TODAY = date(2026, 4, 1)
    page = browse(ally, "/")
    page.get_by_text("The Allies decide about").wait_for()
    page.get_by_role("link", name="Safer Starts").click()
    page.get_by_role("heading", name="Safer Starts").wait_for()
    assert Case.objects.waiting_on(date(2026, 4, 1)).get() == case
