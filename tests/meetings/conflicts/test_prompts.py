"""Whose interests touch an item."""

import pytest

from allies.interests import Handling as How
from allies.models import OPERATOR
from meetings.models.declared import read_interests
from meetings.services import conflicts
from tests.factories import AgendaItemFactory, OrganisationFactory, ParticipationFactory, ProjectFactory
from tests.meetings.conflicts.saying import handle, interest_of

pytestmark = pytest.mark.django_db


# ---- Prompts


def touches(meeting, item, by=OPERATOR) -> list[tuple[str, str]]:
    item.refresh_from_db()
    return [(touch.name, touch.how) for touch in read_interests(by, meeting, [item]).touching(item)]


def test_an_item_prompts_for_the_project_itself_and_for_partners_that_take_part(meeting, there, trust):
    project = ProjectFactory(name="Tide lines")
    ParticipationFactory(project=project, organisation=trust, part="funder")
    item = AgendaItemFactory(meeting=meeting, about_project=project)
    interest_of(there("Ada").person, project)
    interest_of(there("Kit").person, trust)
    interest_of(there("Sam").person, OrganisationFactory(name="Elsewhere"))
    assert touches(meeting, item) == [("Ada", "Tide lines"), ("Kit", "Harbour Trust, funder in this project")]
    partner_item = AgendaItemFactory(meeting=meeting, about_organisation=trust)
    assert touches(meeting, partner_item) == [
        ("Ada", "Tide lines, in which this partner is funder"),
        ("Kit", "Harbour Trust"),
    ]


def test_what_is_over_or_withdrawn_or_of_somebody_elsewhere_does_not_prompt(
    meeting, there, item, trust, called
):
    interest_of(there("Ada").person, trust, until="2025-12")
    interest_of(there("Kit").person, trust, withdrawn="A mistake")
    interest_of(called("Nobody here"), trust)
    assert touches(meeting, item) == []


def test_the_project_s_present_partners_prompt(meeting, there, trust):
    project = ProjectFactory()
    part = ParticipationFactory(project=project, organisation=trust)
    item = AgendaItemFactory(meeting=meeting, about_project=project)
    interest_of(there("Ada").person, trust)
    assert touches(meeting, item) == [("Ada", "Harbour Trust, partner in this project")]
    part.delete()
    assert touches(meeting, item) == []


def test_a_declaration_takes_the_entry_s_place_in_the_prompts(meeting, item, declared):
    found = read_interests(OPERATOR, meeting, [item]).touching(item)
    assert [(touch.name, touch.declared.pk, touch.entry.pk) for touch in found] == [
        ("Morgan Reed", declared.pk, declared.interest_id)
    ]


@pytest.mark.parametrize("rows", [1, 12])
def test_declarations_handlings_and_prompts_are_one_query(
    meeting, item, there, trust, chair_row, django_assert_num_queries, rows
):
    for number in range(rows):
        row = there(f"Somebody {number}")
        interest_of(row.person, trust)
        made = conflicts.declare(
            by=OPERATOR, meeting=meeting, attendance=row, words=f"Words {number}", item=item
        )
        handle(made, item, How.STAYED, chair_row)
    with django_assert_num_queries(1):
        found = read_interests(OPERATOR, meeting, [item])
    assert (len(found.declarations), len(found.entries)) == (rows, rows)
