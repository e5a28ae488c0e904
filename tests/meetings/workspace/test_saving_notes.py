"""Keeping notes: words first, then whether they stand, are joined, or wait for a choice."""

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allies.powers import Refused
from meetings.models import AgendaItem, LiveNotes, Revision, RevisionOutcome, Stage
from meetings.services.agenda_items import ItemRefused, ItemWords, change_item, remove_item
from meetings.services.minutes import NotesRefused, bring_back, save_notes


def states(item: AgendaItem) -> list[tuple[int, str, str]]:
    return list(Revision.objects.filter(item=item).values_list("number", "notes", "outcome"))


def test_what_is_saved_stands_and_is_a_revision(item, team, reload):
    kept = save_notes(by=team, item=item, notes="One  \r\nTwo", base=0)
    assert (kept.outcome, kept.version, kept.notes) == (RevisionOutcome.SAVED, 1, "One\nTwo")
    assert (reload(item).notes, item.version) == ("One\nTwo", 1)
    assert states(item) == [(1, "One\nTwo", "saved")]
    assert Revision.objects.get().by == team


def test_notes_that_were_there_before_become_the_first_state(item, team):
    item.notes = "Prepared"
    item.save()
    save_notes(by=team, item=item, notes="Prepared\nSaid", base=0)
    assert states(item) == [(0, "Prepared", "saved"), (1, "Prepared\nSaid", "saved")]


def test_the_same_save_again_changes_nothing_and_is_answered_the_same(item, team, chair):
    save_id = uuid4()
    first = save_notes(by=team, item=item, notes="One", base=0, save_id=save_id)
    save_notes(by=chair, item=item, notes="One\nTwo", base=1)
    assert save_notes(by=team, item=item, notes="One", base=0, save_id=save_id) == first
    assert [notes for _, notes, _ in states(item)] == ["One", "One\nTwo"]


def test_lines_of_two_people_in_different_places_are_joined(item, team, chair, reload):
    save_notes(by=team, item=item, notes="One\nTwo\nThree", base=0)
    save_notes(by=team, item=item, notes="One, hers\nTwo\nThree", base=1)
    kept = save_notes(by=chair, item=item, notes="One\nTwo\nThree, his", base=1)
    assert (kept.outcome, kept.version, kept.kept) == (RevisionOutcome.MERGED, 4, 3)
    assert reload(item).notes == kept.notes == "One, hers\nTwo\nThree, his"
    assert states(item)[2] == (3, "One\nTwo\nThree, his", "merged")


def test_two_people_in_one_line_are_a_conflict_and_neither_loses_words(item, team, chair, reload):
    save_notes(by=team, item=item, notes="One", base=0)
    save_notes(by=team, item=item, notes="One, hers", base=1)
    kept = save_notes(by=chair, item=item, notes="One, his", base=1)
    assert (kept.outcome, kept.version, kept.notes, kept.kept) == (
        RevisionOutcome.CONFLICT,
        2,
        "One, hers",
        3,
    )
    assert reload(item).notes == "One, hers"
    assert states(item)[2] == (3, "One, his", "conflict")


def test_a_conflict_is_answered_the_same_when_it_is_sent_again(item, team, chair):
    save_notes(by=team, item=item, notes="One", base=0)
    save_notes(by=team, item=item, notes="One, hers", base=1)
    save_id = uuid4()
    first = save_notes(by=chair, item=item, notes="One, his", base=1, save_id=save_id)
    assert save_notes(by=chair, item=item, notes="One, his", base=1, save_id=save_id) == first
    assert len(states(item)) == 3


def test_a_state_is_brought_back_as_a_new_one(item, team, reload):
    save_notes(by=team, item=item, notes="One", base=0)
    save_notes(by=team, item=item, notes="", base=1)
    bring_back(by=team, revision=Revision.objects.get(number=1))
    assert (reload(item).notes, item.version) == ("One", 3)
    assert Revision.objects.get(number=3).words == "brought back from 1"


def test_each_save_raises_the_number_that_followers_compare(item, meeting, team):
    save_notes(by=team, item=item, notes="One", base=0)
    save_notes(by=team, item=item, notes="Two", base=1)
    item.refresh_from_db()
    assert LiveNotes.objects.get(meeting=meeting).revision == item.moved == 2


def test_saving_notes_leaves_the_history_of_the_agenda_alone(item, team):
    before = item.history.count()
    save_notes(by=team, item=item, notes="One", base=0)
    assert item.history.count() == before


def test_renaming_an_item_that_was_read_before_keeps_notes_saved_since(item, team, reload):
    stale = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    save_notes(by=team, item=item, notes="One", base=0)
    change_item(by=team, item=stale, words=ItemWords("Another name"))
    assert (reload(item).title, item.notes) == ("Another name", "One")


def test_an_item_that_once_had_notes_stays_on_the_agenda(item, team):
    save_notes(by=team, item=item, notes="One", base=0)
    save_notes(by=team, item=item, notes="", base=1)
    item.refresh_from_db()
    with pytest.raises(ItemRefused):
        remove_item(by=team, item=item)


def test_sealed_notes_and_endless_ones_are_refused(item, meeting, team):
    with pytest.raises(NotesRefused):
        save_notes(by=team, item=item, notes="x" * 200_001, base=0)
    meeting.stage = Stage.SEALED
    meeting.save()
    with pytest.raises(Refused):
        save_notes(by=team, item=AgendaItem.objects.get(), notes="One", base=0)
    assert states(item) == []


def test_an_ally_who_takes_no_notes_is_refused(item, ally):
    with pytest.raises(Refused):
        save_notes(by=ally, item=item, notes="One", base=0)


def test_a_save_costs_the_same_at_few_lines_and_at_many(item, team, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        save_notes(by=team, item=item, notes="ACTION: Wren to ring", base=0)
    item.refresh_from_db()
    many = "\n".join(f"ACTION: Wren to ring number {n}" for n in range(100))
    with django_assert_max_num_queries(16):
        save_notes(by=team, item=item, notes=many, base=1)
    assert item.mentions.count() == 100


LINES = st.lists(st.sampled_from(["a", "b", "c", "ACTION: Wren to ring", "AGREED: yes", ""]), max_size=5)
SAVES = st.lists(st.tuples(st.integers(0, 1), LINES, st.integers(0, 6), st.booleans()), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
def test_whatever_is_saved_in_whatever_order_every_text_is_kept(saves, item, team, chair):
    Revision.objects.filter(item=item).delete()
    item.mentions.all().delete()
    item.notes, item.version = "", 0
    item.save()
    sent: list[tuple[int, str, int, UUID]] = []
    for who, lines, back, again in saves:
        item.refresh_from_db()
        if again and sent:
            who, text, base, save_id = sent[back % len(sent)]
        else:
            text, base, save_id = "\n".join(lines), max(0, item.version - back), uuid4()
        sent.append((who, text, base, save_id))
        save_notes(by=(team, chair)[who], item=item, notes=text, base=base, save_id=save_id)
    item.refresh_from_db()
    kept = {notes for _, notes, _ in states(item)} | {item.notes, ""}
    assert {text for _, text, _, _ in sent} <= kept
    if item.version:
        assert Revision.objects.get(item=item, number=item.version).notes == item.notes
