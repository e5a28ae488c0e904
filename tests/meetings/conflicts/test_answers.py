"""Everybody's answer at a meeting, and what was declared."""

from datetime import date, time

import pytest

from allies.interests import Handling as How
from allies.models import OPERATOR, Declaration
from allies.powers import Refused
from meetings.models import InterestsAnswer, ItemAbsence, SourceDocument, Stage
from meetings.notes.document import NotesDocument, to_json
from meetings.services import at_the_meeting, conflicts, handling, planning
from meetings.services.conflicts import record_declaration
from meetings.services.recording import RecordRefused, Seen, record_attendance
from tests.factories import AttendanceFactory, MeetingFactory
from tests.meetings.conflicts.saying import answers, interest_of, sentences, state_of

pytestmark = pytest.mark.django_db


# ---- Answers


def test_one_press_records_none_for_those_who_are_here_and_for_nobody_else(meeting, there):
    there("Ada"), there("Kit"), there("Joan", "apologies"), there("Femi", "")
    assert conflicts.nobody_declared(by=OPERATOR, meeting=meeting) == 2
    assert answers(meeting) == {"Ada": "none", "Kit": "none", "Joan": "not_asked", "Femi": "not_asked"}
    assert state_of(meeting) == "none_declared"


def test_nobody_is_said_to_have_none_while_nobody_is_here(meeting, there):
    there("Joan", "apologies")
    with pytest.raises(RecordRefused, match="Say first who is here"):
        conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    assert state_of(meeting) == "not_recorded"


def test_whoever_comes_late_was_not_asked_so_the_notes_say_nothing_until_they_are(meeting, there):
    there("Ada")
    conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    late = there("Kit", "")
    at_the_meeting.say_presence(by=OPERATOR, meeting=meeting, attendance=late, presence="present")
    assert state_of(meeting) == "not_recorded"
    conflicts.answer_none(by=OPERATOR, meeting=meeting, attendance=late)
    assert state_of(meeting) == "none_declared"


def test_an_answer_is_taken_back(meeting, there):
    row = there("Ada")
    conflicts.answer_none(by=OPERATOR, meeting=meeting, attendance=row)
    conflicts.take_back_answer(by=OPERATOR, meeting=meeting, attendance=row)
    assert (answers(meeting), state_of(meeting)) == ({"Ada": "not_asked"}, "not_recorded")


def test_somebody_else_s_none_does_not_undo_what_was_declared(meeting, there):
    ada, kit = there("Ada"), there("Kit")
    conflicts.declare(by=OPERATOR, meeting=meeting, attendance=ada, words="Advises the trust.")
    conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    assert answers(meeting) == {"Ada": "declared", "Kit": "none"}
    assert state_of(meeting) == "declared"
    with pytest.raises(RecordRefused, match="They declared something"):
        conflicts.answer_none(by=OPERATOR, meeting=meeting, attendance=ada)
    with pytest.raises(RecordRefused, match="They declared something"):
        conflicts.take_back_answer(by=OPERATOR, meeting=meeting, attendance=ada)
    with pytest.raises(RecordRefused, match="another meeting"):
        conflicts.answer_none(by=OPERATOR, meeting=MeetingFactory(body=meeting.body), attendance=kit)


def test_notes_brought_in_keep_their_own_state(meeting, there):
    SourceDocument.objects.create(meeting=meeting, text="Notes", understood=to_json(NotesDocument()))
    row = there("Ada")
    conflicts.answer_none(by=OPERATOR, meeting=meeting, attendance=row)
    assert state_of(meeting) == "not_recorded"
    record_declaration(by=OPERATOR, meeting=meeting, words="Advises the trust.", name="Ada")
    assert state_of(meeting) == "declared"


# ---- Declaring


def test_an_entry_lends_its_words_and_what_it_is_about(meeting, there, trust):
    row = there("Ada")
    entry = interest_of(row.person, trust)
    declaration = conflicts.declare(by=OPERATOR, meeting=meeting, attendance=row, interest=entry)
    again = conflicts.declare(by=OPERATOR, meeting=meeting, attendance=row, interest=entry)
    assert (declaration.words, declaration.about, again.pk) == ("works there", trust, declaration.pk)
    assert sentences(meeting) == ["Ada declared an interest in Harbour Trust (works there)."]


def test_private_words_stay_in_the_register(meeting, there, trust):
    row = there("Ada")
    private = {"private": True, "full_words": "a secret"}
    conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=row, interest=interest_of(row.person, trust, **private)
    )
    conflicts.declare(
        by=OPERATOR,
        meeting=meeting,
        attendance=row,
        interest=interest_of(row.person, with_whom="A club", **private),
    )
    conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=row, interest=interest_of(row.person, **private)
    )
    assert sorted(Declaration.objects.values_list("words", flat=True)) == ["", "A club", "Financial"]


def test_nobody_declares_somebody_else_s_entry_or_nothing_at_all(meeting, there, trust):
    ada, kit = there("Ada"), there("Kit")
    with pytest.raises(RecordRefused, match="somebody else’s"):
        conflicts.declare(
            by=OPERATOR, meeting=meeting, attendance=kit, interest=interest_of(ada.person, trust)
        )
    with pytest.raises(RecordRefused, match="Say what was declared"):
        conflicts.declare(by=OPERATOR, meeting=meeting, attendance=kit, words="  ")
    assert not Declaration.objects.exists()


def test_what_is_declared_on_an_item_is_about_what_the_item_is_about(meeting, there, item, trust):
    declaration = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=there("Ada"), words="Her sister works there", item=item
    )
    assert declaration.about == trust


def test_a_guest_declares_under_the_name_as_it_was_written(meeting, item, chair_row):
    guest = AttendanceFactory(meeting=meeting, person=None, name_as_written="Rosa from the trust")
    made = conflicts.declare(by=OPERATOR, meeting=meeting, attendance=guest, words="Works there", item=item)
    handling.handle(
        by=OPERATOR, declaration=made, item=item, how=How.LEFT, decided_by=chair_row.person, left=time(11, 20)
    )
    assert (made.person, made.name_as_written) == (None, "Rosa from the trust")
    assert sentences(meeting) == [
        "Rosa from the trust declared an interest in Harbour Trust (Works there) and left for item 1."
    ]
    assert ItemAbsence.objects.get().attendance == guest
    with pytest.raises(RecordRefused, match="who is in the record"):
        handling.handle(
            by=OPERATOR,
            declaration=made,
            item=item,
            how=How.WITHHELD,
            reason="Theirs",
            decided_by=chair_row.person,
        )


def test_before_a_meeting_people_declare_for_themselves_and_for_nobody_else(group, ally, account_of, today):
    coming = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    conflicts.declare(by=ally, meeting=coming, person=ally.person, words="Advises the trust")
    row = coming.attendance.get()
    assert (row.person, row.presence, row.interests_answer) == (ally.person, "", InterestsAnswer.DECLARED)
    with pytest.raises(Refused, match="declare for yourself"):
        conflicts.answer_none(by=ally, meeting=coming, person=account_of(group).person)
    coming.stage = Stage.DRAFT
    with pytest.raises(Refused, match="its note-taker"):
        conflicts.declare(by=ally, meeting=coming, person=ally.person, words="More")


def test_what_was_declared_early_goes_with_the_meeting_to_another_day(group, ally, team, today):
    coming = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    conflicts.declare(by=ally, meeting=coming, person=ally.person, words="Advises the trust")
    planning.change_meeting(by=team, meeting=coming, arrangements=planning.Arrangements(date(2026, 2, 17)))
    assert Declaration.objects.get().on == date(2026, 2, 17)


def test_presence_written_by_the_roll_asks_the_state_again(meeting, there):
    row = there("Ada")
    conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    record_attendance(by=OPERATOR, meeting=meeting, seen=[Seen("present", name="Rosa")])
    assert state_of(meeting) == "not_recorded"
    assert row.meeting == meeting
