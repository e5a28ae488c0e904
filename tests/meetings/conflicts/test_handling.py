"""How a declaration was handled at an item, and who took part in its decision."""

from datetime import date, time

import pytest

from allies.interests import Handling as How
from allies.models import OPERATOR, Withholding
from meetings.models import Capacity, Handling, ItemAbsence
from meetings.models.declared import read_interests
from meetings.models.taking_part import who_took_part
from meetings.services import conflicts, handling
from meetings.services.recording import RecordRefused
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
)
from tests.meetings.conflicts.saying import answers, handle, sentences, state_of

pytestmark = pytest.mark.django_db


def test_whoever_leaves_is_out_for_the_item_and_comes_back(meeting, item, declared, chair_row):
    handled = handle(declared, item, How.LEFT, chair_row, left=time(11, 20))
    handling.came_back(by=OPERATOR, handling=handled, at=time(11, 45))
    absence = ItemAbsence.objects.get()
    assert (absence.attendance.person, absence.left, absence.back) == (
        declared.person,
        time(11, 20),
        time(11, 45),
    )
    assert sentences(meeting) == [
        "Morgan Reed declared an interest in Harbour Trust (works there) and left for item 1."
    ]
    with pytest.raises(RecordRefused, match="not before leaving"):
        handling.came_back(by=OPERATOR, handling=handled, at=time(11, 0))


def test_handled_another_way_they_were_not_out(item, declared, chair_row):
    handled = handle(declared, item, How.LEFT, chair_row, left=time(11, 20))
    same = handle(declared, item, How.STAYED, chair_row, reason="Only the figures were shared.")
    assert same.pk == handled.pk
    assert not ItemAbsence.objects.exists()
    assert [one.how for one in Handling.history.order_by("history_id")] == ["left", "stayed"]
    with pytest.raises(RecordRefused, match="did not leave"):
        handling.came_back(by=OPERATOR, handling=same, at=None)


def test_somebody_decides_and_never_whoever_declared_it(item, declared, chair_row):
    with pytest.raises(RecordRefused, match="Nobody decides on their own interest"):
        handle(declared, item, How.NOTED, chair_row, decided_by=declared.person)
    with pytest.raises(RecordRefused, match="Say who decided it"):
        handle(declared, item, How.STAYED, chair_row, decided_by=None)
    with pytest.raises(RecordRefused, match="Say why"):
        handle(declared, item, How.WITHHELD, chair_row)
    assert handle(declared, item, How.NOTED, chair_row, decided_by=None).decided_by is None


def test_withheld_is_a_withholding_until_it_is_handled_another_way(item, declared, chair_row, trust):
    handled = handle(declared, item, How.WITHHELD, chair_row, reason="A dispute with the trust.")
    assert (handled.withholding.matter, handled.withholding.person, handled.withholding.why) == (
        trust,
        declared.person,
        "A dispute with the trust.",
    )
    handle(declared, item, How.NOTED, chair_row)
    assert Withholding.objects.get().until is not None


def test_an_item_about_nothing_is_withheld_by_itself_with_what_was_declared(meeting, there, chair_row):
    item = AgendaItemFactory(meeting=meeting, position=2, title="A complaint")
    made = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=there("Sam"), words="It is mine", item=item
    )
    handled = handle(made, item, How.WITHHELD, chair_row, reason="It is about them.")
    item.refresh_from_db(), made.refresh_from_db()
    assert item.about_matter.name == "A complaint"
    assert (handled.withholding.about_matter, made.about_matter) == (item.about_matter, item.about_matter)


def test_a_note_taker_withholds_and_only_a_chair_or_the_team_releases(
    meeting, item, declared, chair_row, ally, team
):
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
    handle(declared, item, How.WITHHELD, chair_row, reason="A dispute.", by=ally)
    with pytest.raises(RecordRefused, match="Only a chair or the core team can release"):
        handle(declared, item, How.NOTED, chair_row, by=ally)
    handle(declared, item, How.NOTED, chair_row, by=team)
    assert Withholding.objects.get().until is not None


def test_a_declaration_of_another_meeting_or_one_withdrawn_is_not_handled(
    meeting, item, declared, chair_row, group
):
    other = AgendaItemFactory(meeting=MeetingFactory(body=group, date=date(2025, 6, 3)))
    with pytest.raises(RecordRefused, match="another meeting"):
        handle(declared, other, How.NOTED, chair_row)
    handling.withdraw_declaration(by=OPERATOR, declaration=declared, meeting=meeting, reason="Another trust.")
    with pytest.raises(RecordRefused, match="withdrawn as a mistake"):
        handle(declared, item, How.NOTED, chair_row)


def test_a_declaration_withdrawn_is_struck_and_kept_and_counts_for_nothing(
    meeting, item, declared, chair_row
):
    handle(declared, item, How.STAYED, chair_row)
    decision = DecisionFactory(meeting=meeting, item=item)
    with pytest.raises(RecordRefused, match="Say why"):
        handling.withdraw_declaration(by=OPERATOR, declaration=declared, meeting=meeting, reason=" ")
    handling.withdraw_declaration(by=OPERATOR, declaration=declared, meeting=meeting, reason="Another trust.")
    found = read_interests(OPERATOR, meeting)
    assert [one.withdrawn for one in found.withdrawn] == ["Another trust."]
    assert (found.standing, found.not_deciding(), state_of(meeting)) == ([], {}, "not_recorded")
    assert answers(meeting)["Morgan Reed"] == "not_asked"
    assert "Morgan Reed" in who_took_part(OPERATOR, decision).names


def test_a_handling_taken_back_keeps_its_history(item, declared, chair_row):
    handled = handle(declared, item, How.LEFT, chair_row)
    with pytest.raises(RecordRefused, match="Say why"):
        handling.take_back_handling(by=OPERATOR, handling=handled, reason="")
    handling.take_back_handling(by=OPERATOR, handling=handled, reason="Another trust was meant.")
    assert (Handling.objects.exists(), ItemAbsence.objects.exists()) == (False, False)
    assert [one.history_type for one in Handling.history.order_by("history_id")] == ["+", "-"]


def test_who_takes_the_chair_is_a_fact_and_never_somebody_who_stood_aside(
    meeting, item, there, chair_row, trust
):
    made = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=chair_row, words="Chairs the trust", item=item
    )
    bel = there("Bel Marsh")
    handling.take_chair(by=OPERATOR, item=item, person=bel.person)
    handle(made, item, How.LEFT, bel)
    with pytest.raises(RecordRefused, match="takes no part in this"):
        handling.take_chair(by=OPERATOR, item=item, person=chair_row.person)
    assert sentences(meeting) == [
        "Carys Lund declared an interest in Harbour Trust (Chairs the trust) and left for item 1. "
        "Bel Marsh took the chair for item 1."
    ]


# ---- Who took part


def test_a_decision_says_who_took_part_and_who_did_not(
    meeting, item, declared, chair_row, there, group, core_team
):
    team_member, guest = there("Dev"), there("Rosa")
    AppointmentFactory(person=team_member.person, body=core_team, post="core_team")
    AppointmentFactory(person=declared.person, body=group)
    AppointmentFactory(person=chair_row.person, body=group, post="co_chair")
    Capacity.objects.create(attendance=guest, kind="guest")
    there("Joan", "apologies")
    handle(declared, item, How.STAYED, chair_row, reason="They work there.")
    decision = DecisionFactory(meeting=meeting, item=item, text="We take the offer.")
    found = who_took_part(OPERATOR, decision)
    assert (found.names, found.aside) == (["Carys Lund"], ["Dev", "Rosa"])
    assert [(one.name, one.how, one.reason, one.decided_by) for one in found.not_deciding] == [
        ("Morgan Reed", How.STAYED, "They work there.", "Carys Lund")
    ]
    other = DecisionFactory(meeting=meeting, text="We meet again.")
    assert who_took_part(OPERATOR, other).names == ["Morgan Reed", "Carys Lund"]
