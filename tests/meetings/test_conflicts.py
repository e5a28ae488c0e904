"""Everybody's answer at a meeting, what was declared, how it was handled, and what follows from it."""

from datetime import date, time

import pytest

from allies.interests import Handling as How
from allies.models import OPERATOR, Declaration, Interest, Withholding
from allies.powers import Refused
from meetings.models import (
    AgendaItem,
    Attendance,
    Capacity,
    Handling,
    InterestsAnswer,
    ItemAbsence,
    Meeting,
    SourceDocument,
    Stage,
)
from meetings.models.declared import places_of, read_interests
from meetings.models.in_full import meeting_in_full
from meetings.models.taking_part import who_took_part
from meetings.notes.document import NotesDocument, to_json
from meetings.notes.reading import read_text
from meetings.notes.writing import write_text
from meetings.services import at_the_meeting, conflicts, handling, moving, planning
from meetings.services.agenda_items import ItemRefused
from meetings.services.conflicts import record_declaration
from meetings.services.notes_out import notes_of
from meetings.services.recording import RecordRefused, Seen, record_attendance
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=today)


@pytest.fixture
def there(meeting, called):
    """Put somebody on the list by name, here unless said otherwise."""

    def put(name: str, presence: str = "present", **more) -> Attendance:
        return AttendanceFactory(meeting=meeting, person=called(name), presence=presence, **more)

    return put


@pytest.fixture
def trust():
    return OrganisationFactory(name="Harbour Trust")


@pytest.fixture
def item(meeting, trust) -> AgendaItem:
    return AgendaItemFactory(
        meeting=meeting, position=1, title="The trust’s offer", about_organisation=trust, notes="- We talked."
    )


@pytest.fixture
def chair_row(there) -> Attendance:
    row = there("Carys Lund")
    CapacityFactory(attendance=row, kind="chair")
    return row


def interest_of(person, about=None, **more) -> Interest:
    values = {
        "kind": "financial",
        "nature": "actual",
        "full_words": "works there",
        "declared_on": date(2026, 1, 2),
    }
    about_field = {} if about is None else {f"about_{type(about).__name__.lower()}": about}
    return Interest.objects.create(person=person, **about_field, **(values | more))


def state_of(meeting) -> str:
    return Meeting.objects.get(pk=meeting.pk).interests_state


def answers(meeting) -> dict[str, str]:
    return {one.name: one.interests_answer for one in meeting.attendance.order_by("pk")}


def sentences(meeting) -> list[str]:
    full = meeting_in_full(OPERATOR, meeting.pk)
    places = places_of(full.items, full.attendance)
    return [one.in_words(places) for one in full.interests.standing]


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


# ---- Handling


@pytest.fixture
def declared(meeting, item, there, trust):
    """Morgan Reed declares that they work at the trust."""
    row = there("Morgan Reed")
    return conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=row, interest=interest_of(row.person, trust), item=item
    )


def handle(declaration, item, how, chair_row, **more) -> Handling:
    values = {"by": OPERATOR, "decided_by": chair_row.person} | more
    return handling.handle(declaration=declaration, item=item, how=how, **values)


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


def test_presence_written_by_the_roll_asks_the_state_again(meeting, there):
    row = there("Ada")
    conflicts.nobody_declared(by=OPERATOR, meeting=meeting)
    record_attendance(by=OPERATOR, meeting=meeting, seen=[Seen("present", name="Rosa")])
    assert state_of(meeting) == "not_recorded"
    assert row.meeting == meeting
