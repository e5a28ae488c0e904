"""History in words: who changed what, when, from what to what."""

import pytest

from allies import history
from allies.history import Change, changes_of
from allies.models import Appointment, Body, OtherName, Person, Post, Seat
from allies.partial_dates import PartialDate
from allies.services.keeping import change, discard, keep
from tests.factories import AppointmentFactory, BodyFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_change_says_who_and_both_wordings(team):
    person = PersonFactory(full_name="Wren Ash")
    change(person, by=team, full_name="Wren Ashdown", reason="A name taken back")

    newest = changes_of(person)[0]

    assert newest.who == team.person.full_name
    assert (newest.what, newest.subject, newest.done) == ("Person", "Wren Ashdown", "changed")
    assert newest.reason == "A name taken back"
    assert newest.changes == (Change("Full name", "Wren Ash", "Wren Ashdown"),)


def test_what_the_command_line_did_is_said_to_be_its(operator):
    person = PersonFactory()
    change(person, by=operator, pronouns="they")

    newest = changes_of(person)[0]

    assert (newest.who, newest.reason) == ("the command line", "")
    assert newest.changes == (Change("Pronouns", "", "they"),)


def test_choices_keys_and_dates_are_said_in_words(operator):
    wren = PersonFactory(full_name="Wren Ashdown")
    row = Appointment(person=wren, body=BodyFactory(name="Reading group"), post=Post.CO_CHAIR)
    row.seat = Seat.LEARNT
    row.starts = PartialDate(2024, 3)
    keep(row, by=operator)

    added = changes_of(Appointment.objects.all())[0]

    assert added.done == "added"
    assert added.subject == "Wren Ashdown, co-chair of Reading group"
    assert added.changes == (
        Change("Person", "", "Wren Ashdown"),
        Change("Group", "", "Reading group"),
        Change("Post", "", "Co-chair"),
        Change("Seat", "", "Learnt experience"),
        Change("From", "", "March 2024"),
    )


def test_what_was_removed_is_still_told(team):
    name = OtherName(person=PersonFactory(), name="Birdie")
    keep(name, by=team)
    discard(name, by=team, reason="Not used any more")

    newest = changes_of(OtherName.history.filter(person=name.person))[0]

    assert (newest.done, newest.subject, newest.reason) == ("removed", "Birdie", "Not used any more")


def test_a_reader_who_may_not_see_a_field_sees_no_sign_of_its_change(team):
    person = PersonFactory()
    change(person, by=team, email="wren@example.org")

    assert [entry.done for entry in changes_of(person, leave_out={"email"})] == ["added"]


def test_a_save_that_changed_nothing_is_not_told(team):
    person = PersonFactory()
    keep(person, by=team)

    assert [entry.done for entry in changes_of(person)] == ["added"]


def test_several_kinds_of_rows_come_newest_first(operator):
    appointment = AppointmentFactory()
    change(appointment.person, by=operator, pronouns="she")
    change(appointment, by=operator, interim=True)

    told = changes_of(appointment.person, Appointment.objects.filter(pk=appointment.pk))

    assert [(entry.what, entry.done) for entry in told] == [
        ("Appointment", "changed"),
        ("Person", "changed"),
        ("Appointment", "added"),
        ("Person", "added"),
    ]


def test_something_pointed_to_that_has_gone_is_said_to_have_gone(operator):
    above = BodyFactory(name="Old group")
    body = BodyFactory(parent=above)
    change(body, by=operator, parent=None)
    above.delete()

    assert changes_of(body)[0].changes == (Change("Part of", "something no longer in the record", ""),)


def test_only_the_newest_are_told_and_the_oldest_of_them_knows_what_came_before(operator, monkeypatch):
    monkeypatch.setattr(history, "NEWEST", 2)
    person = PersonFactory(full_name="First")
    other = PersonFactory(full_name="Other")
    for name in ("Second", "Third", "Fourth"):
        change(person, by=operator, full_name=name)
    change(other, by=operator, full_name="Another")

    told = changes_of(Person.objects.all())

    assert [entry.changes for entry in told] == [
        (Change("Full name", "Other", "Another"),),
        (Change("Full name", "Third", "Fourth"),),
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, operator, django_assert_num_queries):
    for _ in range(rows):
        appointment = AppointmentFactory(body=BodyFactory())
        change(appointment, by=operator, post=Post.CHAIR)

    with django_assert_num_queries(4):  # people, appointments; whom and which body they name
        assert len(changes_of(Person.objects.all(), Appointment.objects.all())) == 3 * rows


def test_a_row_saved_without_history_shows_what_it_became(operator):
    Body.objects.bulk_create([Body(slug="quiet", name="Quiet group")])
    body = Body.objects.get(slug="quiet")
    change(body, by=operator, quorum=4)

    assert Change("How many make a quorum", "not recorded", "4") in changes_of(body)[0].changes


def test_a_reason_is_kept_whole_however_long(team):
    person, reason = PersonFactory(), "Because " + "it matters " * 60
    change(person, by=team, pronouns="they", reason=reason.strip())

    assert changes_of(person)[0].reason == reason.strip()
