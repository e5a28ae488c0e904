"""What lines of notes say was agreed (ACCEPTANCE 14, 17). All invented."""

import pytest

from meetings.decided import decision_in, decisions_of
from meetings.notes.document import AgendaItem, Decision, Line, Marker, NotesDocument, Reached


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("Odile suggested we keep two keyholders, the group agreed.", Reached.AGREED),
        ("Everyone agreed that helpers should always be paid.", Reached.BY_ALL),
        ("There was agreement that, whatever we do, we ask the tenants first.", Reached.AGREED),
        ("It was agreed to close the hall in August.", Reached.AGREED),
        ("The motion was carried by a majority.", Reached.MAJORITY),
        ("The group advised asking the council first.", Reached.ADVICE),
        ("Piers agreed to bring the cake.", None),
        ("Nothing was agreed.", None),
        ("The plan still has to be agreed.", None),
        ("Odile asked whether everyone was well.", None),
    ],
)
def test_decisions_without_a_vote_acceptance_14(words, reached):
    assert decision_in(Line(words)) == (Decision(words, reached) if reached else None)


def test_a_line_marked_as_a_decision_is_one_and_an_action_is_none():
    assert decision_in(Line("Close in August", Marker.DECISION)) == Decision(
        "Close in August", Reached.AGREED
    )
    assert decision_in(Line("Odile to do what the group agreed", Marker.ACTION)) is None


def test_decisions_are_found_in_replies_too_and_the_readers_own_come_first():
    reply = Line("The group agreed.")
    document = NotesDocument(agenda=(AgendaItem("Hall", lines=(Line("Odile asked.", children=(reply,)),)),))

    assert decisions_of(document) == (Decision("The group agreed.", Reached.AGREED),)
    assert decisions_of(NotesDocument(decisions=(Decision("x"),))) == (Decision("x"),)
