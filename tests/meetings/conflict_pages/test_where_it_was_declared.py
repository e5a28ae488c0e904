"""Decisions with who took part, where somebody declared, and how often these pages ask the database."""

from datetime import date

import pytest
from django.urls import reverse

from allies.interests import Handling as How
from allies.models import OPERATOR, Interest
from meetings.services import conflicts
from meetings.services.handling import Declaring, declare_and_handle, handle
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
)
from tests.meetings.conflict_pages.opening import workspace

pytestmark = pytest.mark.django_db


# ---- Decisions, and where it was declared


def test_a_decision_has_a_page_that_says_who_took_part(meeting, item, morgan, chairing, ally, signed_in):
    decision = DecisionFactory(meeting=meeting, item=item, text="We take it.")
    made = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=morgan, interest=morgan.entry, item=item
    )
    handle(
        by=OPERATOR,
        declaration=made,
        item=item,
        how=How.STAYED,
        reason="They work there.",
        decided_by=chairing.person,
    )
    client = signed_in(ally)
    page = client.get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    assert "Morgan Reed took no part." in page
    assert "Decided by Carys Lund: They work there." in page
    assert "We take it. Morgan Reed took no part." in client.get(meeting.get_absolute_url()).content.decode()
    assert "Morgan Reed took no part." in client.get(reverse("decisions")).content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_a_decision_takes_twelve_queries_at_most(
    meeting, item, trust, ally, signed_in, django_assert_num_queries, rows
):
    decision = DecisionFactory(meeting=meeting, item=item)
    for number in range(rows):
        row = AttendanceFactory(meeting=meeting)
        AppointmentFactory(person=row.person, body=meeting.body)
        CapacityFactory(attendance=row, kind="presenter")
        declare_and_handle(
            by=OPERATOR,
            item=item,
            declaring=Declaring(attendance=row, words=f"Words {number}"),
            how=How.NOTED,
        )
    client = signed_in(ally)
    with django_assert_num_queries(8):
        assert client.get(reverse("meetings:decision", args=[decision.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_where_somebody_declared_takes_nine_queries_at_one_row_and_at_many(
    group, today, morgan, ally, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        meeting = MeetingFactory(body=group, date=date(2024, 1, 1 + number))
        item = AgendaItemFactory(meeting=meeting)
        row = AttendanceFactory(meeting=meeting, person=morgan.person)
        declare_and_handle(
            by=OPERATOR,
            item=item,
            declaring=Declaring(attendance=row, interest=morgan.entry),
            how=How.NOTED,
        )
    client = signed_in(ally)
    for address, queries in (
        (reverse("meetings:declared_by", args=[morgan.person_id]), 9),
        (reverse("meetings:declared_from", args=[morgan.entry.pk]), 9),
    ):
        with django_assert_num_queries(queries):
            page = client.get(address).content.decode()
        assert page.count("<b>Noted</b>") == rows


@pytest.mark.parametrize("rows", [1, 9])
def test_the_workspace_with_prompts_takes_twelve_queries_at_one_row_and_at_many(
    meeting, item, trust, note_taker_of, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        row = AttendanceFactory(meeting=meeting)
        Interest.objects.create(
            person=row.person,
            kind="financial",
            nature="actual",
            full_words=f"Words {number}",
            about_organisation=trust,
            declared_on=date(2026, 1, 2),
        )
        conflicts.declare(by=OPERATOR, meeting=meeting, attendance=row, words=f"More {number}", item=item)
    client = signed_in(note_taker_of(meeting))
    with django_assert_num_queries(12):
        workspace(client, meeting)
