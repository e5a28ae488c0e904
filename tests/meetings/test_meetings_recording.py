"""What was so at a meeting: who was there, interests, decisions, the next date."""

from datetime import date, time

import pytest
from django.urls import reverse

from allies.models import OPERATOR
from allies.partial_dates import PartialDate
from meetings.models import AnnouncedMeeting, Decision, InterestsState, SourceDocument, Stage
from meetings.notes.document import NotesDocument, to_json
from meetings.services import recording
from meetings.services.conflicts import record_declaration
from meetings.services.recording import RecordRefused, Seen
from tests.factories import AgendaItemFactory, AppointmentFactory, AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group, today):
    return MeetingFactory(body=group, date=date(2025, 11, 19))


@pytest.fixture
def brought_in(meeting) -> SourceDocument:
    """The document that the notes of the meeting came in from."""
    return SourceDocument.objects.create(meeting=meeting, text="Notes", understood=to_json(NotesDocument()))


def who_was_there(meeting) -> list[tuple]:
    return [
        (one.name, one.presence, [capacity.kind for capacity in one.capacities.all()])
        for one in meeting.attendance.order_by("position")
    ]


def test_one_attendee_may_do_several_things(meeting, called):
    recording.record_attendance(
        by=OPERATOR,
        meeting=meeting,
        seen=[
            Seen("present", ("guest", "notetaker"), person=called("Dev Patel")),
            Seen("apologies", ("co-chair",), person=called("Carys Lund")),
            Seen("present", ("guest",), name="Rosa from the trust"),
        ],
    )
    assert who_was_there(meeting) == [
        ("Dev Patel", "present", ["guest", "notetaker"]),
        ("Carys Lund", "apologies", ["co-chair"]),
        ("Rosa from the trust", "present", ["guest"]),
    ]


def test_a_name_that_is_exactly_one_persons_is_that_person(meeting, called):
    ada = called("Ada Okafor")
    called("Carys Lund"), called("Carys Lunde")
    recording.record_attendance(
        by=OPERATOR,
        meeting=meeting,
        seen=[Seen("present", name="ada okafor"), Seen("present", name="Carys")],
    )
    assert [(one.person, one.name_as_written) for one in meeting.attendance.order_by("position")] == [
        (ada, ""),
        (None, "Carys"),
    ]


def test_saying_it_again_changes_only_what_is_said_anew(meeting, called):
    ada, kit = called("Ada Okafor"), called("Kit Sorensen")
    recording.record_attendance(
        by=OPERATOR,
        meeting=meeting,
        seen=[Seen("present", ("chair",), person=ada), Seen("apologies", person=kit)],
    )
    recording.record_attendance(
        by=OPERATOR, meeting=meeting, seen=[Seen("present", ("notetaker",), person=ada, arrived=time(11, 20))]
    )
    assert who_was_there(meeting) == [
        ("Ada Okafor", "present", ["notetaker"]),
        ("Kit Sorensen", "apologies", []),
    ]
    assert meeting.attendance.get(person=ada).arrived == time(11, 20)
    assert meeting.attendance.get(person=kit).history.count() == 1


def test_nothing_said_of_somebody_new_enters_nobody(meeting, called):
    recording.record_attendance(by=OPERATOR, meeting=meeting, seen=[Seen(person=called("Ada Okafor"))])
    assert who_was_there(meeting) == []


def test_declarations_make_the_state_declared_and_hold_it_there(meeting, called, brought_in):
    recording.record_interests(by=OPERATOR, meeting=meeting, state=InterestsState.NONE_DECLARED)
    declaration = record_declaration(
        by=OPERATOR, meeting=meeting, words="She advises the trust.", person=called("Ada Okafor")
    )
    meeting.refresh_from_db()
    assert (meeting.interests_state, declaration.on, declaration.body) == (
        InterestsState.DECLARED,
        meeting.date,
        meeting.body,
    )
    with pytest.raises(RecordRefused, match="stand below"):
        recording.record_interests(by=OPERATOR, meeting=meeting, state=InterestsState.NONE_DECLARED)
    with pytest.raises(RecordRefused, match="Say what was declared"):
        record_declaration(by=OPERATOR, meeting=meeting, words=" ")


def test_a_decision_belongs_to_a_meeting_that_is_held(meeting, group):
    planned = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    with pytest.raises(RecordRefused, match="Begin its notes first"):
        recording.record_decision(by=OPERATOR, meeting=planned, text="We go on.", kind="decision")
    with pytest.raises(RecordRefused, match="another meeting"):
        recording.record_decision(
            by=OPERATOR,
            meeting=meeting,
            text="We go on.",
            kind="decision",
            item=AgendaItemFactory(meeting=planned),
        )
    with pytest.raises(RecordRefused, match="Say what was decided"):
        recording.record_decision(by=OPERATOR, meeting=meeting, text=" ", kind="decision")
    assert not Decision.objects.exists()


def test_a_decision_is_withdrawn_with_its_reason_and_leaves_the_page(meeting, team, signed_in):
    client = signed_in(team)
    client.post(
        reverse("meetings:add_decision", args=[meeting.pk]),
        {"text": "Everyone agreed that we go on.", "kind": "decision", "reached": "by_all", "item": ""},
    )
    decision = Decision.objects.get()
    assert (decision.text, decision.reached) == ("Everyone agreed that we go on.", "by_all")
    assert "Everyone agreed that we go on." in client.get(meeting.get_absolute_url()).content.decode()
    client.post(
        reverse("meetings:withdraw_decision", args=[decision.pk]), {"reason": "It was only talked about."}
    )
    decision.refresh_from_db()
    assert decision.withdrawn == "It was only talked about."
    assert decision.text not in client.get(meeting.get_absolute_url()).content.decode()


def test_a_notice_finds_the_meeting_planned_for_its_day(meeting, group, team, signed_in):
    planned = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    client, address = signed_in(team), reverse("meetings:announce", args=[meeting.pk])
    client.post(
        address,
        {
            "as_written": "Tuesday 10 February 2026, 11:00–13:00",
            "date_day": "10",
            "date_month": "2",
            "date_year": "2026",
            "starts": "11:00",
            "ends": "13:00",
        },
    )
    client.post(address, {"as_written": "Spring", "date_month": "4", "date_year": "2026"})
    assert list(AnnouncedMeeting.objects.values_list("as_written", "date", "became")) == [
        ("Tuesday 10 February 2026, 11:00–13:00", PartialDate(2026, 2, 10), planned.pk),
        ("Spring", PartialDate(2026, 4), None),
    ]


# ---- The page of who was there


def test_the_page_has_a_row_for_everyone_on_the_list_and_on_the_body(meeting, group, team, signed_in, called):
    listed = AttendanceFactory(meeting=meeting, person=called("Ada Okafor"), presence="")
    member = AppointmentFactory(person=called("Kit Sorensen"), body=group).person
    client, address = signed_in(team), reverse("meetings:attendance", args=[meeting.pk])
    assert [row.name for row in client.get(address).context["rows"]] == ["Ada Okafor", "Kit Sorensen"]
    response = client.post(
        address,
        {
            f"person-{listed.person_id}-presence": "present",
            f"person-{listed.person_id}-capacities": ["chair", "presenter"],
            f"person-{member.pk}-presence": "apologies",
            "guest-name_typed": "Rosa from the trust",
            "guest-presence": "present",
            "guest-capacities": ["guest"],
        },
    )
    assert (response.status_code, response.url) == (302, address)
    assert who_was_there(meeting) == [
        ("Ada Okafor", "present", ["chair", "presenter"]),
        ("Kit Sorensen", "apologies", []),
        ("Rosa from the trust", "present", ["guest"]),
    ]


def test_a_page_loaded_before_somebody_else_was_added_says_nothing_of_them(meeting, team, signed_in, called):
    AttendanceFactory(meeting=meeting, person=called("Ada Okafor"), presence="present")
    AttendanceFactory(meeting=meeting, person=None, name_as_written="Rosa", presence="present")
    signed_in(team).post(reverse("meetings:attendance", args=[meeting.pk]), {"guest-name_typed": ""})
    assert [presence for _, presence, _ in who_was_there(meeting)] == ["present", "present"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"guest-name_typed": "Rosa"}, "presence"),
        ({"guest-presence": "present"}, "name_typed"),
        ({"guest-name_typed": "Rosa", "guest-presence": "present", "guest-arrived": "noon"}, "arrived"),
    ],
)
def test_a_guest_half_filled_in_is_asked_about(meeting, team, signed_in, typed, field):
    response = signed_in(team).post(reverse("meetings:attendance", args=[meeting.pk]), typed)
    assert response.status_code == 422
    assert list(response.context["guest"].errors) == [field]


@pytest.mark.parametrize("rows", [1, 20])
def test_who_was_there_takes_six_queries_at_one_row_and_at_many(
    meeting, team, signed_in, django_assert_num_queries, rows
):
    for _ in range(rows):
        AttendanceFactory(meeting=meeting)
    client = signed_in(team)
    with django_assert_num_queries(6):
        assert client.get(reverse("meetings:attendance", args=[meeting.pk])).status_code == 200


def test_becoming_note_taker_gives_the_pen_and_losing_it_takes_it(meeting, ally, team, signed_in):
    address = reverse("meetings:agenda", args=[meeting.pk])
    assert signed_in(ally).get(address).status_code == 403
    recording.record_attendance(
        by=team, meeting=meeting, seen=[Seen("present", ("notetaker",), person=ally.person)]
    )
    assert signed_in(ally).get(address).status_code == 200
    recording.record_attendance(by=team, meeting=meeting, seen=[Seen("present", (), person=ally.person)])
    assert signed_in(ally).get(address).status_code == 403


def test_what_a_document_says_of_interests_is_said_on_their_page(meeting, team, signed_in, brought_in):
    client, address = signed_in(team), reverse("meetings:interests", args=[meeting.pk])
    client.post(address, {"said-state": "none_declared", "said-words": ""})
    meeting.refresh_from_db()
    assert meeting.interests_state == InterestsState.NONE_DECLARED
    client.post(
        address, {"declare": "1", "declared-name": "Somebody new", "declared-words": "Works for the trust."}
    )
    meeting.refresh_from_db()
    assert meeting.interests_state == InterestsState.DECLARED
    refused = client.post(address, {"said-state": "none_declared", "said-words": ""})
    assert refused.status_code == 422
    assert refused.context["state"].errors["state"] == [
        "Interests were declared at this meeting, and stand below."
    ]
