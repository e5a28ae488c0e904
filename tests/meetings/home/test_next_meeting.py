"""The page before a meeting: who opens it, the next meeting, and what is left to do before it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from allies.models import BodyKind
from meetings.models import Answer, Attendance, Paper, Presenter, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    MeetingFactory,
    UpdateFactory,
)
from tests.meetings.home.reading import FEBRUARY, part, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# ---- Who opens it


def test_whoever_is_not_signed_in_is_welcomed_and_sees_nothing_of_the_record(read, february):
    ActionFactory(body=february.body, text="Write to the harbour office")
    page = read(None)
    assert ["Sign in" in page, "harbour" in page, "10 February" in page] == [True, False, False]


def test_an_account_that_belongs_to_nobody_gets_a_kind_sentence(read, account_without_person):
    assert "You are not on any of the groups at the moment" in read(account_without_person)


def test_a_former_chair_gets_a_kind_sentence(read, former_chair, february):
    page = read(former_chair)
    assert ["thank you for what you gave" in page, "10 February" in page] == [True, False]


# ---- The next meeting


def test_the_programme_says_when_where_and_how_long(read, ally, february):
    page = read(ally)
    assert (
        part(page, "Next meeting", "Will you")
        == "Next meeting, in 7 days Tuesday 10 February 2026 11:00 to 13:00, two hours "
    )
    assert "Where Online. Joining link" in page
    assert "Access Captions are on." in page


def test_those_who_chair_and_take_notes_at_this_meeting_are_named(read, ally, february, chair, called):
    guest = called("Esme Ward")
    CapacityFactory(attendance=AttendanceFactory(meeting=february, person=guest, presence=""), kind="chair")
    taking = AttendanceFactory(meeting=february, person=called("Dev Patel"), presence="")
    CapacityFactory(attendance=taking, kind="notetaker")
    assert "Chairs Esme Ward Notes Dev Patel" in read(ally)


def test_without_a_chair_of_the_day_those_of_the_group_are_named(read, ally, chair, february):
    assert f"Chairs {chair.person.full_name} " in read(ally)


def test_it_says_how_many_come(read, ally, february):
    for answer in (Answer.COMING, Answer.COMING, Answer.APOLOGIES, ""):
        AttendanceFactory(meeting=february, presence="", answer=answer)
    assert "Coming 2 of 4 so far, 1 apology" in read(ally)


def test_the_agenda_has_times_presenters_purposes_and_papers(read, ally, february):
    first = AgendaItemFactory(
        meeting=february, position=0, title="Welcome", minutes=10, purpose="information"
    )
    Presenter.objects.create(item=first, as_written="Bel")
    second = AgendaItemFactory(
        meeting=february, position=1, title="Co-chairing", minutes=20, purpose="decision"
    )
    paper = Paper(meeting=february, item=second, title="Three options")
    paper.file.save("options.pdf", ContentFile(b"%PDF-1.7"), save=True)
    AgendaItemFactory(meeting=february, position=2, title="Any other business")
    agenda = part(read(ally), "Agenda and papers", "Your actions")
    assert agenda == (
        "Agenda and papers 11:00 1. Welcome Bel, 10 minutes Information "
        "11:10 2. Co-chairing 20 minutes Three options PDF Decision "
        "11:30 3. Any other business "
    )


def test_a_withdrawn_paper_is_not_there_to_read(read, ally, february):
    Paper.objects.create(
        meeting=february, title="Old draft", link="https://example.org/a", withdrawn="wrong one"
    )
    page = read(ally)
    assert ["Old draft" in page, "Read a paper" in page] == [False, False]


def test_a_member_of_two_groups_sees_the_next_meeting_first_and_the_other_named(read, ally, february):
    equity = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP)
    AppointmentFactory(person=ally.person, body=equity)
    MeetingFactory(body=equity, date=date(2026, 2, 5), stage=Stage.PLANNED)
    page = read(ally)
    assert "Thursday 5 February 2026" in part(page, "Next meeting", "Will you")
    assert "Also coming: Tuesday 10 February 2026, Allies Group" in page


def test_the_meeting_of_a_group_one_does_not_sit_on_is_not_ones_next(read, ally, group, february):
    below = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP, parent=group)
    MeetingFactory(body=below, date=date(2026, 2, 5), stage=Stage.PLANNED)
    page = read(ally)
    assert "10 February 2026" in part(page, "Next meeting", "Will you")
    assert "Also coming: Thursday 5 February 2026, Equity working group" in page


def test_whoever_is_on_the_list_of_a_meeting_sees_it(read, ally, group, february):
    below = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP, parent=group)
    meeting = MeetingFactory(body=below, date=date(2026, 2, 5), stage=Stage.PLANNED)
    AttendanceFactory(meeting=meeting, person=ally.person, presence="")
    assert "5 February 2026" in part(read(ally), "Next meeting", "Will you")


def test_a_meeting_that_was_called_off_is_not_next(read, ally, group, november):
    MeetingFactory(body=group, date=FEBRUARY, stage=Stage.PLANNED, called_off="snow")
    assert "No meeting is planned yet." in read(ally)


@pytest.mark.parametrize(("who", "can_plan"), [("ally", False), ("team", True), ("chair", True)])
def test_without_a_next_meeting_those_who_can_are_asked_to_plan_it(request, read, november, who, can_plan):
    page = read(request.getfixturevalue(who))
    assert ["No meeting is planned" in page, "Plan it" in page] == [True, can_plan]


# ---- What is left to do


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "Say if you are coming Not answered yet"),
        (Answer.COMING, "Done: Say if you are coming Done. You are coming."),
        (Answer.APOLOGIES, "Done: Say if you are coming Done. You sent apologies."),
        (Answer.UNDECIDED, "Say if you are coming You are not sure yet."),
    ],
)
def test_the_first_step_is_to_say_whether_one_comes(signed_in, ally, february, answer, said):
    Attendance.objects.create(meeting=february, person=ally.person, answer=answer)
    html = signed_in(ally).get("/").content.decode().replace('aria-label="Done:">', ">Done: ")
    assert said in words(html)


def test_an_answer_can_be_given_where_one_reads(signed_in, ally, february):
    client = signed_in(ally)
    answered = client.post(
        reverse("meetings:answer", args=[february.pk]), {"answer": "apologies", "next": "/"}
    )
    assert [answered.status_code, answered.url] == [302, "/"]
    assert "You sent apologies." in words(client.get("/").content.decode())


def test_the_steps_count_what_was_said_of_ones_actions_since_the_last_meeting(read, ally, february):
    said, unsaid, old = (ActionFactory(body=february.body, agreed_on=date(2025, 3, 4)) for _ in range(3))
    for one in (said, unsaid, old):
        AssignmentFactory(action=one, person=ally.person)
    UpdateFactory(action=said, on=date(2026, 1, 20))
    UpdateFactory(action=old, on=date(2025, 6, 1))
    assert "Update your actions 1 of 3 updated" in read(ally)


def test_the_steps_count_the_papers(read, ally, february):
    for title in ("Income report", "Review plan"):
        Paper.objects.create(meeting=february, title=title, link="https://example.org/a")
    assert "Read 2 papers" in read(ally)
