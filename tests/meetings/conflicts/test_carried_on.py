"""What was declared, in the documents and at the next meeting."""

from datetime import date

import pytest

from allies.interests import Handling as How
from allies.models import OPERATOR, Declaration
from meetings.models import Stage
from meetings.models.declared import read_interests
from meetings.models.in_full import meeting_in_full
from meetings.notes.reading import read_text
from meetings.notes.writing import write_text
from meetings.services import conflicts, moving
from meetings.services.agenda_items import ItemRefused
from meetings.services.notes_out import notes_of
from tests.factories import AgendaItemFactory, AttendanceFactory, DecisionFactory, MeetingFactory
from tests.meetings.conflicts.saying import handle

pytestmark = pytest.mark.django_db


# ---- Documents


def test_documents_carry_declarations_and_decisions_in_plain_words_and_read_back_the_same(
    meeting, item, declared, chair_row
):
    handle(declared, item, How.LEFT, chair_row)
    DecisionFactory(meeting=meeting, item=item, text="We take the offer")
    document = notes_of(meeting_in_full(OPERATOR, meeting.pk))
    assert [(one.name, one.words) for one in document.interests.declarations] == [
        ("Morgan Reed", "declared an interest in Harbour Trust (works there) and left for item 1.")
    ]
    assert [one.text for one in document.decisions] == ["We take the offer. Morgan Reed took no part."]
    assert read_text(write_text(document)) == document


def test_documents_say_none_in_the_group_s_own_words(meeting, there):
    there("Ada")
    conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    document = notes_of(meeting_in_full(OPERATOR, meeting.pk))
    assert document.interests.as_written == "No conflicts of interest were declared."


# ---- Moving on


def test_an_item_moves_to_the_next_meeting_with_what_was_declared_asked_about_again(
    meeting, item, declared, chair_row, group
):
    later = MeetingFactory(body=group, date=date(2026, 5, 5), stage=Stage.PLANNED)
    AgendaItemFactory(meeting=later, position=1, kind="other_business", title="Any other business")
    handle(declared, item, How.LEFT, chair_row)
    guest = AttendanceFactory(meeting=meeting, person=None, name_as_written="Rosa")
    made = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=guest, words="Her son’s school", item=item
    )
    handle(made, item, How.NOTED, chair_row)
    moved = moving.move_to_next_meeting(by=OPERATOR, item=item)
    assert moving.move_to_next_meeting(by=OPERATOR, item=item) == moved
    assert (moved.about_organisation, moved.moved_from, moved.notes) == (item.about_organisation, item, "")
    assert list(later.items.order_by("position").values_list("title", flat=True)) == [
        "The trust’s offer",
        "Any other business",
    ]
    item.refresh_from_db()
    assert (item.skipped, item.notes, item.handlings.count()) == (False, "- We talked.", 2)
    AttendanceFactory(meeting=later, person=declared.person, presence="")
    found = read_interests(OPERATOR, later, [moved]).touching(moved)
    assert [(touch.name, touch.key.split("-")[0]) for touch in found] == [
        ("Morgan Reed", "entry"),
        ("Rosa", "earlier"),
    ]
    assert Declaration.objects.count() == 2


def test_an_item_of_which_nothing_was_said_is_left_out_where_it_was(meeting, group):
    MeetingFactory(body=group, date=date(2026, 5, 5), stage=Stage.PLANNED)
    item = AgendaItemFactory(meeting=meeting, title="For later")
    moving.move_to_next_meeting(by=OPERATOR, item=item)
    item.refresh_from_db()
    assert item.skipped is True


def test_an_item_does_not_move_where_no_meeting_is_planned(item):
    with pytest.raises(ItemRefused, match="Plan it first"):
        moving.move_to_next_meeting(by=OPERATOR, item=item)
