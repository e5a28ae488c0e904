"""What may never stand in the record of meetings, whoever writes it: the database refuses."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from meetings.models import ItemAbsence, Mention, Paper, Revision, Settled, Stage
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    MentionFactory,
    OrganisationFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 10)


def refused(name: str, make) -> None:
    """The database refuses, by this constraint; SQLite names the columns of some of them instead."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_a_body_meets_once_a_day_unless_one_was_called_off(group):
    MeetingFactory(body=group, date=DAY, stage=Stage.PLANNED, called_off="Snow.")
    MeetingFactory(body=group, date=DAY)
    MeetingFactory(body=BodyFactory(), date=DAY)
    refused(r"body_meets_once_a_day|meetings_meeting\.date", lambda: MeetingFactory(body=group, date=DAY))


@pytest.mark.parametrize("hours", [(None, time(12)), (time(12), time(12)), (time(12), time(11))])
def test_a_meeting_ends_after_it_starts(hours):
    starts, ends = hours
    refused("meeting_ends_after_it_starts", lambda: MeetingFactory(starts=starts, ends=ends))


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CIRCULATED, Stage.SEALED])
def test_what_was_held_was_not_called_off(stage):
    refused("only_a_planned_meeting_is_called_off", lambda: MeetingFactory(stage=stage, called_off="Snow."))


def test_somebody_is_at_a_meeting_once_and_has_each_capacity_once():
    here = AttendanceFactory()
    AttendanceFactory(person=here.person)
    refused(
        r"person_is_at_a_meeting_once|meetings_attendance\.person",
        lambda: AttendanceFactory(meeting=here.meeting, person=here.person),
    )
    CapacityFactory(attendance=here, kind="chair")
    refused(
        r"capacity_is_held_once|meetings_capacity\.kind",
        lambda: CapacityFactory(attendance=here, kind="chair"),
    )


def test_an_attendance_is_a_persons_or_a_names():
    refused("attendance_is_somebodys", lambda: AttendanceFactory(person=None, name_as_written=""))


def test_an_item_has_a_title_and_is_about_one_matter():
    refused("item_has_a_title", lambda: AgendaItemFactory(title=""))
    refused(
        "agendaitem_is_about_one_matter",
        lambda: AgendaItemFactory(about_project=ProjectFactory(), about_organisation=OrganisationFactory()),
    )


def test_a_decision_has_words_and_numbers_only_of_a_majority():
    refused("decision_has_words", lambda: DecisionFactory(text=""))
    DecisionFactory(reached="majority", votes_for=5)
    refused("only_a_majority_has_numbers", lambda: DecisionFactory(reached="agreed", votes_for=5))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("paper_has_a_title", {"title": "", "link": "https://example.org/"}),
        ("paper_is_a_file_or_a_link", {"title": "Income"}),
        (
            "paper_is_a_file_or_a_link",
            {"title": "Income", "link": "https://example.org/", "file": "papers/income.txt"},
        ),
    ],
)
def test_a_paper_has_a_title_and_is_a_file_or_a_link(name, fields):
    meeting = MeetingFactory()
    refused(name, lambda: Paper.objects.create(meeting=meeting, **fields))


def test_a_row_of_a_table_has_its_place_and_its_action():
    row = MentionFactory(place="agreed", position=1)
    MentionFactory(meeting=row.meeting, place="notes", position=1)
    MentionFactory(meeting=row.meeting, place="notes", position=1)
    refused(
        r"mention_has_its_place|meetings_mention\.position",
        lambda: MentionFactory(meeting=row.meeting, place="agreed", position=1),
    )
    refused(
        "a_listed_row_is_an_action",
        lambda: Mention.objects.create(meeting=row.meeting, place="agreed", position=2, text="Write it"),
    )


def test_a_revision_has_its_number_and_a_save_counts_once():
    item, save_id = AgendaItemFactory(), uuid4()
    values = {"item": item, "saved_at": "2026-02-03T11:00Z", "answer": 1}
    Revision.objects.create(number=1, save_id=save_id, **values)
    Revision.objects.create(number=2, **values)
    Revision.objects.create(number=3, **values)
    refused(
        r"revision_has_its_number|meetings_revision\.number",
        lambda: Revision.objects.create(number=1, **values),
    )
    refused(
        r"a_save_counts_once|meetings_revision\.save_id",
        lambda: Revision.objects.create(number=4, save_id=save_id, **values),
    )


def test_somebody_is_out_for_an_item_once_and_back_after_leaving():
    here = AttendanceFactory()
    item = AgendaItemFactory(meeting=here.meeting)
    refused(
        "back_after_leaving",
        lambda: ItemAbsence.objects.create(attendance=here, item=item, left=time(12), back=time(11)),
    )
    ItemAbsence.objects.create(attendance=here, item=item, left=time(11), back=time(11))
    refused(
        r"out_for_an_item_once|meetings_itemabsence\.item",
        lambda: ItemAbsence.objects.create(attendance=here, item=item),
    )


def test_what_is_right_as_it_is_was_said_once():
    meeting = MeetingFactory()
    Settled.objects.create(meeting=meeting, key="owner-1", at="2026-02-03T11:00Z")
    refused(
        r"settled_once|meetings_settled\.key",
        lambda: Settled.objects.create(meeting=meeting, key="owner-1", at="2026-02-03T11:00Z"),
    )
