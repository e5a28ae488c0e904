"""The record for the outside, in the names of the contract (DESIGN §8)."""

import json
from datetime import date, time
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from allies.models import AccessNeeds, OtherName
from allies.partial_dates import PartialDate
from meetings.exporting.popolo import popolo
from meetings.exporting.record import the_record
from meetings.exporting.sheets import workbook
from meetings.models import AnnouncedMeeting, Presenter
from risks.models import CaseDecision, Key
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    CapacityFactory,
    CaseFactory,
    DecisionFactory,
    InterestFactory,
    MeetingFactory,
    MentionFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db


def test_an_empty_record_has_every_list_of_the_contract():
    assert the_record() == {
        "version": 1,
        **{
            name: []
            for name in [
                "people",
                "bodies",
                "organisations",
                "projects",
                "interests",
                "meetings",
                "actions",
                "risks",
                "positions",
                "concerns",
                "cases",
                "schemes",
                "decisions",
            ]
        },
    }


def test_people_and_bodies_are_written_with_what_is_known(group):
    person = PersonFactory(full_name="Nicola Ferris", short_name="Nico")
    OtherName.objects.create(person=person, name="Nic")
    AppointmentFactory(
        person=person,
        body=group,
        post="co_chair",
        seat="lived",
        starts="2023",
        first_evidenced=date(2023, 5, 2),
    )
    record = the_record()
    assert record["people"] == [
        {"id": person.pk, "full_name": "Nicola Ferris", "short_name": "Nico", "other_names": ["Nic"]}
    ]
    assert record["bodies"] == [
        {
            "id": group.pk,
            "slug": "allies-group",
            "name": "Allies Group",
            "kind": "group",
            "parent": None,
            "appointments": [
                {
                    "person": person.pk,
                    "post": "co_chair",
                    "seat": "lived",
                    "from": "2023",
                    "until": None,
                    "first_evidenced": "2023-05-02",
                    "interim": False,
                }
            ],
        }
    ]


def test_a_meeting_is_written_with_its_two_lists(group):
    before = ActionFactory(body=group, agreed_on=date(2025, 1, 7))
    meeting = MeetingFactory(
        body=group, date=date(2025, 4, 8), starts=time(11), ends=time(13), place="Online"
    )
    here = ActionFactory(body=group, agreed_on=meeting.date)
    attendance = AttendanceFactory(meeting=meeting, name_as_written="Wren")
    CapacityFactory(attendance=attendance, kind="notetaker")
    item = AgendaItemFactory(
        meeting=meeting, title="Report", kind="report", notes="- Wren shared the report."
    )
    Presenter.objects.create(item=item, as_written="Wren")
    AnnouncedMeeting.objects.create(meeting=meeting, as_written="July 2025", date="2025-07")
    (written,) = the_record()["meetings"]
    assert (written["agreed"], written["carried"], written["also_open"]) == ([here.pk], [before.pk], [])
    assert (written["date"], written["starts"], written["ends"]) == ("2025-04-08", "11:00", "13:00")
    assert written["attendance"] == [
        {"person": attendance.person_id, "name": "Wren", "presence": "present", "capacities": ["notetaker"]}
    ]
    assert written["interests"] == {"state": "not_recorded", "declarations": []}
    assert [(one["title"], one["presenters"], len(one["lines"])) for one in written["agenda"]] == [
        ("Report", ["Wren"], 1)
    ]
    assert written["next_meetings"] == [
        {"as_written": "July 2025", "date": "2025-07", "starts": None, "ends": None}
    ]


def test_an_action_is_written_with_its_whole_life(group):
    meeting = MeetingFactory(body=group, date=date(2025, 4, 8))
    action = ActionFactory(
        body=group,
        agreed_on=meeting.date,
        text="Write the guide",
        details="One page\nNo jargon",
        deadline_kind="month",
        deadline_words="Feb 2026",
        deadline_date="2026-02",
    )
    owner = AssignmentFactory(action=action, as_written="Wren")
    UpdateFactory(action=action, on=date(2025, 5, 1), note="Begun.")
    MentionFactory(action=action, meeting=meeting, text="Wren to write the guide.")
    (written,) = the_record()["actions"]
    assert written["agreed_at"] == meeting.pk
    assert written["details"] == ["One page", "No jargon"]
    assert written["status"] is None
    assert written["deadline"] == {"as_written": "Feb 2026", "kind": "month", "date": "2026-02"}
    assert written["owners"] == [
        {"person": owner.person_id, "body": None, "as_written": "Wren", "role": "lead"}
    ]
    assert [(one["note"], one["on"]) for one in written["updates"]] == [("Begun.", "2025-05-01")]
    assert [one["text"] for one in written["mentions"]] == ["Wren to write the guide."]


def test_access_needs_are_in_no_export(group):
    AccessNeeds.objects.create(person=AppointmentFactory(body=group).person, words="A quiet room")
    assert "quiet room" not in json.dumps(the_record())
    assert "quiet room" not in json.dumps(popolo())
    assert b"quiet room" not in workbook()


def test_the_command_prints_one_json_document_and_nothing_else(group):
    ParticipationFactory()
    DecisionFactory()
    out = StringIO()
    call_command("export", stdout=out)
    record = json.loads(out.getvalue())
    assert record == the_record()
    assert [one["kind"] for one in record["decisions"]] == ["decision"]
    assert record["projects"][0]["participations"][0]["agreement"] == "none"


def test_the_spreadsheet_reads_like_a_tracker_and_runs_no_formula(group):
    action = ActionFactory(body=group, text='=HYPERLINK("http://example.org")', agreed_on=date(2025, 4, 8))
    AssignmentFactory(action=action, person=PersonFactory(full_name="Wren Ashdown"))
    book = load_workbook(BytesIO(workbook()))
    assert book.sheetnames == ["Actions", "Risks"]
    sheet = book["Actions"]
    row = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["Action"], sheet["B2"].data_type) == ('=HYPERLINK("http://example.org")', "s")
    assert (row["Who leads"], row["Status"], row["Agreed on"].date()) == (
        "Wren Ashdown",
        "Not recorded",
        date(2025, 4, 8),
    )


def test_popolo_names_people_bodies_posts_and_memberships(group):
    held = AppointmentFactory(body=group, starts="2023-05", post="co_chair", seat="learnt")
    written = popolo()
    assert [one["name"] for one in written["organizations"]] == ["Allies Group"]
    assert written["posts"][0]["label"] == "Co-chair (learnt experience), Allies Group"
    assert written["memberships"] == [
        {
            "id": f"membership/{held.pk}",
            "person_id": f"person/{held.person_id}",
            "organization_id": f"body/{group.pk}",
            "post_id": f"post/{group.pk}/co_chair/learnt",
            "role": "Co-chair",
            "start_date": "2023-05",
            "end_date": None,
        }
    ]


@pytest.mark.parametrize("rows", [1, 4])
def test_queries_do_not_grow_with_actions_and_people(group, django_assert_max_num_queries, rows):
    for _ in range(rows):
        AssignmentFactory(action__body=group)
    with django_assert_max_num_queries(24):
        the_record()


def test_interests_are_written_without_private_words():
    partner = OrganisationFactory()
    open_one = InterestFactory(full_words="A seat", about_organisation=partner, begun=PartialDate(2023))
    private = InterestFactory(full_words="A secret", private=True, with_whom="Harbour Trust")

    written = the_record()["interests"]

    assert written[0] == {
        "id": open_one.pk,
        "person": open_one.person_id,
        "kind": "professional",
        "nature": "potential",
        "about": {"organisation": partner.pk},
        "with_whom": "",
        "words": "A seat",
        "from": "2023",
        "until": None,
        "declared_on": "2025-03-04",
        "withdrawn": None,
    }
    assert [(one["id"], one["words"], one["with_whom"]) for one in written[1:]] == [
        (private.pk, None, "Harbour Trust")
    ]


def test_a_case_is_written_with_its_keys_once_both_seats_have_given_theirs(group):
    case = CaseFactory(body=group, level=3)
    decision = DecisionFactory(case=case)
    day = date(2026, 2, 4)

    def give(round_: int, seat: str, **more) -> None:
        Key.objects.create(
            case=case, round=round_, seat=seat, person=PersonFactory(), reason="We need time.", on=day, **more
        )

    give(1, "lived", response="pause")
    give(1, "learnt", response="accept", until=date(2026, 5, 31), substitute=True)
    give(2, "lived", response="terms")
    give(2, "learnt", response="terms", counts=False)
    [written] = the_record()["cases"]
    assert (written["about"], written["level"], written["outcome"]) == ({"project": case.about.pk}, 3, None)
    assert (written["opened_on"], written["limit"]) == ("2026-02-03", "2026-02-10")
    assert [(one["seat"], one["response"], one["until"], one["substitute"]) for one in written["keys"]] == [
        ("learnt", "accept", "2026-05-31", True),
        ("lived", "pause", None, False),
    ]
    CaseDecision.objects.create(
        case=case, decided_by="meeting", response="pause", reason="The families come first.", on=day
    )
    record = the_record()
    assert record["cases"][0]["outcome"] == {
        "decided_by": "meeting",
        "response": "pause",
        "until": None,
        "reason": "The families come first.",
        "on": "2026-02-04",
    }
    assert [(one["id"], one["case"]) for one in record["decisions"]] == [(decision.pk, case.pk)]
    assert "Wren Ashdown" not in json.dumps(record["cases"])
