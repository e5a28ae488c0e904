"""Inviting people to a meeting, and what they answer."""

import smtplib
from datetime import date, time

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from allies.models import OPERATOR
from allies.powers import Refused
from meetings.models import Answer, CapacityKind, Stage
from meetings.services import inviting
from meetings.services.inviting import InvitationRefused
from tests.factories import AccountFactory, AppointmentFactory, AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db
ADDRESS = "https://allies.example.org/meetings/1/"


@pytest.fixture
def meeting(group, today):
    return MeetingFactory(
        body=group,
        date=date(2026, 2, 10),
        starts=time(11),
        ends=time(13),
        stage=Stage.PLANNED,
        place="Town hall",
        link="https://meet.example.org/allies",
    )


@pytest.fixture
def members(group, called):
    """Three on the group today, one of them without an address, and one who left."""
    people = [called("Ada Okafor"), called("Dev Patel", email="dev@example.org"), called("Kit Sorensen")]
    AccountFactory(person=people[0], email="ada@example.org")
    for person in people:
        AppointmentFactory(person=person, body=group)
    AppointmentFactory(person=called("Moira Finch", email="moira@example.org"), body=group, ends="2024")
    return people


def test_everyone_now_on_the_body_is_invited_once_each_by_a_message_of_their_own(meeting, members, team):
    invited = inviting.invite(by=team, meeting=meeting, address=ADDRESS)
    assert [one.person.full_name for one in meeting.attendance.all()] == [
        "Ada Okafor",
        "Dev Patel",
        "Kit Sorensen",
    ]
    assert (invited.written_to, invited.without_address) == ((members[0], members[1]), (members[2],))
    assert [message.to for message in mail.outbox] == [["ada@example.org"], ["dev@example.org"]]
    assert mail.outbox[0].subject == "Allies Group, Tuesday 10 February 2026, 11:00 to 13:00"
    for words in ("Where: Town hall", "https://meet.example.org/allies", ADDRESS):
        assert words in mail.outbox[0].body
    again = inviting.invite(by=team, meeting=meeting, address=ADDRESS)
    assert (again.written_to, len(mail.outbox), meeting.attendance.count()) == ((), 2, 3)


def test_those_who_have_not_answered_can_be_written_to_again(meeting, members, team):
    inviting.invite(by=team, meeting=meeting, address=ADDRESS)
    inviting.answer(by=team, meeting=meeting, person=members[0], answer=Answer.COMING)
    mail.outbox.clear()
    inviting.invite(by=team, meeting=meeting, address=ADDRESS, again=True)
    assert [message.to for message in mail.outbox] == [["dev@example.org"]]


def test_the_list_is_kept_where_mail_fails_and_the_page_says_whom_it_missed(
    meeting, members, team, signed_in, monkeypatch
):
    def nobody_answers(*args):
        raise smtplib.SMTPServerDisconnected("Nobody answers.")

    # The mail server's side, not ours: the tests' own server never fails by itself.
    monkeypatch.setattr(EmailBackend, "send_messages", nobody_answers)
    page = signed_in(team).post(reverse("meetings:invitations", args=[meeting.pk]), follow=True)
    words = page.content.decode()
    assert meeting.attendance.count() == 3
    assert "The message to Ada Okafor could not be sent" in words
    assert "Kit Sorensen has no email address in the record" in words


def test_a_guest_is_invited_as_one_and_the_core_team_is_not_a_guest(meeting, team, called):
    guest = called("Rosa Lind", email="rosa@example.org")
    for person in (guest, team.person):
        inviting.invite_guest(by=team, meeting=meeting, person=person, address=ADDRESS)
        inviting.invite_guest(by=team, meeting=meeting, person=person, address=ADDRESS)
    kinds = {
        one.person: [capacity.kind for capacity in one.capacities.all()] for one in meeting.attendance.all()
    }
    assert kinds == {guest: [CapacityKind.GUEST], team.person: []}


def test_only_the_core_team_invites(meeting, chair, ally):
    for account in (chair, ally):
        with pytest.raises(Refused):
            inviting.invite(by=account, meeting=meeting, address=ADDRESS)


def test_members_answer_for_themselves_and_change_their_minds(meeting, ally):
    inviting.answer(by=ally, meeting=meeting, person=ally.person, answer=Answer.COMING)
    inviting.answer(by=ally, meeting=meeting, person=ally.person, answer=Answer.APOLOGIES)
    one = meeting.attendance.get()
    assert (one.person, one.answer, one.presence) == (ally.person, "apologies", "")
    assert [was.answer for was in one.history.all()] == ["apologies", "coming"]


def test_the_core_team_answers_for_anyone_and_the_record_says_so(meeting, ally, team, chair):
    inviting.answer(by=team, meeting=meeting, person=ally.person, answer=Answer.APOLOGIES)
    assert meeting.attendance.get().history.get().history_user == team
    with pytest.raises(Refused):
        inviting.answer(by=chair, meeting=meeting, person=ally.person, answer=Answer.COMING)


def test_answers_close_when_the_meeting_begins(meeting, ally, group, today):
    begun = MeetingFactory(body=group, date=today, stage=Stage.PLANNED)
    with pytest.raises(InvitationRefused, match="has begun"):
        inviting.answer(by=ally, meeting=begun, person=ally.person, answer=Answer.COMING)
    later_today = MeetingFactory(body=group, date=date(2026, 2, 4), stage=Stage.PLANNED, starts=time(0, 1))
    inviting.answer(by=ally, meeting=later_today, person=ally.person, answer=Answer.COMING)
    off = MeetingFactory(body=group, date=date(2026, 3, 4), stage=Stage.PLANNED, called_off="Nobody can.")
    with pytest.raises(InvitationRefused, match="called off"):
        inviting.answer(by=ally, meeting=off, person=ally.person, answer=Answer.COMING)


# ---- The pages


def test_an_answer_goes_back_to_the_meeting_or_to_where_it_was_given(meeting, ally, signed_in):
    client, address = signed_in(ally), reverse("meetings:answer", args=[meeting.pk])
    assert client.post(address, {"answer": "coming"}).url == meeting.get_absolute_url()
    assert client.post(address, {"answer": "coming", "next": "/"}).url == "/"
    assert (
        client.post(address, {"answer": "coming", "next": "https://elsewhere.example.org/"}).url
        == meeting.get_absolute_url()
    )


def test_under_htmx_the_answer_gives_back_its_part_with_the_button_pressed(meeting, ally, signed_in):
    response = signed_in(ally).post(
        reverse("meetings:answer", args=[meeting.pk]), {"answer": "apologies"}, headers={"HX-Request": "true"}
    )
    part = response.content.decode()
    assert "<html" not in part
    assert 'value="apologies" aria-pressed="true"' in part
    assert 'value="coming" aria-pressed="false"' in part


def test_a_late_answer_says_so_in_the_part(group, ally, signed_in, today):
    begun = MeetingFactory(body=group, date=today, stage=Stage.PLANNED)
    address = reverse("meetings:answer", args=[begun.pk])
    response = signed_in(ally).post(address, {"answer": "coming"}, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "This meeting has begun" in response.content.decode()
    plain = signed_in(ally).post(address, {"answer": "coming"}, follow=True)
    assert "This meeting has begun" in plain.content.decode()


def test_an_ally_cannot_answer_for_another(meeting, ally, called, signed_in):
    other = called("Ada Okafor")
    response = signed_in(ally).post(
        reverse("meetings:answer", args=[meeting.pk]), {"answer": "coming", "person": other.pk}
    )
    assert response.status_code == 403
    assert meeting.attendance.count() == 0


def test_an_answer_that_is_none_changes_nothing(meeting, ally, signed_in):
    page = signed_in(ally).post(
        reverse("meetings:answer", args=[meeting.pk]), {"answer": "maybe"}, follow=True
    )
    assert "Choose one of the answers." in page.content.decode()
    assert meeting.attendance.count() == 0


@pytest.mark.parametrize("rows", [1, 20])
def test_who_comes_takes_six_queries_at_one_row_and_at_many(
    meeting, team, signed_in, django_assert_num_queries, rows
):
    for _ in range(rows):
        AttendanceFactory(meeting=meeting, presence="", answer="coming")
    client = signed_in(team)
    with django_assert_num_queries(6):
        page = client.get(reverse("meetings:invitations", args=[meeting.pk]))
    assert page.context["counts"]["coming"] == rows


def test_those_invited_are_told_when_a_meeting_moves_or_is_called_off(meeting, members, team, signed_in):
    inviting.invite(by=team, meeting=meeting, address=ADDRESS)
    inviting.answer(by=team, meeting=meeting, person=members[1], answer=Answer.APOLOGIES)
    mail.outbox.clear()
    client = signed_in(team)
    moved = {"date_day": "17", "date_month": "2", "date_year": "2026", "starts": "11:00", "tell": "on"}
    client.post(reverse("meetings:change", args=[meeting.pk]), moved)
    client.post(
        reverse("meetings:call_off", args=[meeting.pk]), {"reason": "The hall is shut.", "tell": "on"}
    )
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["ada@example.org"], "Changed: Allies Group, Tuesday 17 February 2026, from 11:00"),
        (["ada@example.org"], "Called off: Allies Group, Tuesday 17 February 2026, from 11:00"),
    ]
    assert "The hall is shut." in mail.outbox[1].body


def test_the_operator_may_invite_too(meeting, members):
    assert len(inviting.invite(by=OPERATOR, meeting=meeting, address=ADDRESS).written_to) == 2
