"""The page before a meeting: what waits for the core team and for a chair, and the question about interests."""

from datetime import date

import pytest

from allies.models import Post, Seat
from meetings.models import SourceDocument, Stage
from meetings.services.approving import Approving, add_to_notes, seal
from meetings.services.circulating import circulate
from meetings.services.corrections import Suggested, accept, suggest
from meetings.services.publishing import publish, withdraw
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    InterestsReturnFactory,
    MeetingFactory,
    MentionFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# ---- What waits for the team, and for a chair


def test_the_core_team_sees_first_what_needs_it(read, team, group, november, february):
    AttendanceFactory(meeting=february, presence="")
    february.invited_at = "2026-01-20T10:00Z"
    february.save()
    AgendaItemFactory(meeting=february, title="Co-chairing", purpose="decision")
    AgendaItemFactory(meeting=february, title="Notes to approve", purpose="decision", approves=november)
    MeetingFactory(body=group, date=date(2026, 1, 13), stage=Stage.PLANNED)
    november.announced.create(as_written="Tuesday 5 May 2026, 11:00–13:00", date="2026-05-05")
    MentionFactory(meeting=november, action=None, place="notes", text="Wren to ring the office")
    AttendanceFactory(meeting=november, person=None, name_as_written="Robin")
    SourceDocument.objects.create(meeting=november, text="", understood={})
    ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False)
    page = read(team)
    for said in (
        "The meeting of Tuesday 13 January 2026 has no notes yet.",
        "The next meeting is announced and not planned: “Tuesday 5 May 2026, 11:00–13:00”",
        "1 person has not answered for the next meeting.",
        "1 item for a decision has no paper. Co-chairing",
        "1 remark and 1 name in the notes of Wednesday 19 November 2025 wait for an answer.",
        "1 action from old notes waits for somebody to say that they still stand.",
    ):
        assert said in page
    assert page.index("What the team has to do") < page.index("Next meeting, in 7 days")


def test_an_ally_does_not_see_what_waits_for_the_team(read, ally, group, november, february):
    MeetingFactory(body=group, date=date(2026, 1, 13), stage=Stage.PLANNED)
    page = read(ally)
    assert ["What the team has to do" in page, "has no notes yet" in page] == [False, False]


def test_what_is_announced_and_planned_does_not_wait(read, team, november, february):
    november.announced.create(as_written="Tuesday 10 February 2026", date="2026-02-10")
    november.announced.create(as_written="March 2026", date="2026-03", became=february)
    november.announced.create(as_written="Tuesday 20 January 2026", date="2026-01-20")
    assert "announced and not planned" not in read(team)


def test_a_name_that_means_no_more_than_it_says_does_not_wait(read, team, november, february):
    action = ActionFactory(body=february.body)
    AssignmentFactory(action=action, person=None, as_written="Robin")
    MentionFactory(meeting=november, action=action, place="agreed")
    source = SourceDocument.objects.create(meeting=november, text="", understood={})
    assert "1 name in the notes of Wednesday 19 November 2025 waits for an answer." in read(team)
    source.answers = {"names": {"Robin": "as_written"}}
    source.save()
    assert "waits for an answer" not in read(team)


def test_a_team_with_nothing_to_do_is_told_so(read, team, group, february):
    february.invited_at = "2026-01-20T10:00Z"
    february.save()
    AgendaItemFactory(meeting=february, purpose="information")
    assert "Nothing is waiting for the team." in read(team)


def test_a_chair_sees_the_empty_seat_and_the_terms_that_end(read, chair, group, february):
    AppointmentFactory(body=group, person=PersonFactory(full_name="Joan Pike"), starts="2023-04")
    page = read(chair)
    assert "The co-chair’s seat for learnt experience is empty. Allies Group" in page
    assert "Joan Pike comes to the end of a term: Three years in April 2026." in page
    assert page.index("As a chair") < page.index("Next meeting, in 7 days")


def test_a_chair_with_both_seats_held_and_no_term_ending_is_told_so(read, chair, group, february):
    AppointmentFactory(body=group, post=Post.CO_CHAIR, seat=Seat.LEARNT, starts="2025")
    assert "Nothing is waiting for the chairs." in read(chair)


# ---- Interests


def test_whoever_has_not_answered_about_interests_is_asked_with_a_link(read, ally, february):
    assert "We ask everyone for their interests" in read(ally)
    InterestsReturnFactory(person=ally.person, on=date(2026, 1, 10))
    assert "We ask everyone for their interests" not in read(ally)


def test_suggested_corrections_wait_for_whoever_keeps_the_notes(read, team, ally, group, november):
    AttendanceFactory(meeting=november, person=ally.person)
    waits = "1 suggested correction waits for an answer. To the notes of Wednesday 19 November 2025, Allies Group."
    circulate(by=team, meeting=november)
    assert waits not in read(team)
    suggested = suggest(by=ally, meeting=november, suggested=Suggested("Ada said so.", kind="statement"))
    assert waits in read(team)
    assert waits not in read(ally)
    accept(by=team, correction=suggested)
    assert waits not in read(team)


def test_notes_that_went_out_wait_to_be_published_and_say_so_to_who_may(
    read, team, chair, ally, november, february
):
    waits = "The notes of Wednesday 19 November 2025 wait to be published."
    assert waits not in read(team)
    circulate(by=team, meeting=november)
    assert [waits in read(one) for one in (team, chair, ally)] == [True, True, False]
    publish(by=team, meeting=november)
    assert waits not in read(team)
    february.stage = Stage.DRAFT
    february.save()
    seal(by=team, meeting=november, at_meeting=february, said=Approving(chaired_by_name="Wren Chair"))
    assert waits in read(team)
    publish(by=team, meeting=november)
    assert waits not in read(team)
    add_to_notes(by=team, meeting=november, words="The hall holds fifty.")
    assert waits in read(team)
    withdraw(by=team, meeting=november, reason="A name stood in them.")
    assert waits not in read(team)
