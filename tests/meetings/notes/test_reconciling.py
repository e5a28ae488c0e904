"""What does not agree before the notes go out: told in the words of both sides, answered once, never blocking."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.deadlines import Deadline, DeadlineKind
from meetings.notes.document import Marker
from meetings.notes.reconciling import (
    REMEDIES,
    Kind,
    ListedAction,
    MarkedLine,
    Named,
    Remedy,
    Wording,
    disagreements,
    same_deadline,
    same_owners,
)

BEL, KIT = Named("Bel", 1), Named("Kit", 2)
END_OF_JANUARY = Deadline("31 Jan 2026", DeadlineKind.DATE, "2026-01-31")
AT_NEXT_MEETING = Deadline("at next meeting", DeadlineKind.NEXT_MEETING)

PLAN = ListedAction("plan", "Draft a plan for the summer day", (BEL, KIT), END_OF_JANUARY)
HALL = ListedAction("hall", "Book the hall in Elm Street", (KIT,))
REGISTER = ListedAction("register", "Tidy the list of contacts", (BEL,), carried=True, reviewed=False)


def line(words: str, linked: str | None = None, **more: object) -> MarkedLine[str]:
    """A line of item 2 marked ACTION, its key its words."""
    return MarkedLine(
        **{"key": words, "marker": Marker.ACTION, "words": words, "item": 2, "line": 7} | more, linked=linked
    )


def kinds(found) -> list[Kind]:
    return [one.kind for one in found]


def test_notes_and_list_that_agree_give_nothing():
    lines = [
        line(
            "Bel and Kit to draft a plan for the summer day by 31 Jan 2026",
            "plan",
            owners=(KIT, BEL),
            deadline=END_OF_JANUARY,
        ),
        line("Kit to book the hall", "hall"),
        line("We meet online", marker=Marker.DECISION, linked="decision"),
        line("Ada can lend her room", marker=Marker.OFFER),
        line("A winter fair", marker=Marker.PARKED),
    ]
    assert disagreements(lines, [PLAN, HALL, replace(REGISTER, reviewed=True)]) == ()


def test_a_line_without_an_action_can_be_made_one_or_left():
    (found,) = disagreements([line("Grace to thank the caretaker")], [])
    assert (found.kind, found.wordings, found.lines, found.remedies) == (
        Kind.ONLY_IN_NOTES,
        (Wording("Grace to thank the caretaker", 2, 7),),
        ("Grace to thank the caretaker",),
        (Remedy.MAKE_AN_ACTION, Remedy.THAT_IS_RIGHT),
    )


def test_a_line_that_reads_like_an_action_of_the_list_is_proposed_as_its_mention():
    found = disagreements([line("Kit to book the hall")], [PLAN, HALL])
    assert [(one.kind, one.proposed, one.remedies[0]) for one in found] == [
        (Kind.ONLY_IN_NOTES, ("hall",), Remedy.LINK),
        (Kind.ONLY_IN_LIST, (), Remedy.ADD_A_LINE),
        (Kind.ONLY_IN_LIST, (), Remedy.ADD_A_LINE),
    ]


def test_a_line_set_aside_stays_aside_until_its_words_change():
    aside = line("Kit to sing", set_aside="kit to sing!")
    assert disagreements([aside], []) == ()
    assert kinds(disagreements([replace(aside, words="Kit to sing and dance")], [])) == [Kind.ONLY_IN_NOTES]


def test_an_action_that_the_notes_never_mention_is_told():
    (found,) = disagreements([], [HALL])
    assert (found.kind, found.sentence, found.actions) == (
        Kind.ONLY_IN_LIST,
        "“Book the hall in Elm Street”",
        ("hall",),
    )


def test_a_decision_that_is_not_recorded_is_told():
    found = disagreements([line("We meet online", marker=Marker.DECISION)], [])
    assert [(one.kind, one.remedies) for one in found] == [
        (Kind.DECISION_ONLY_IN_NOTES, (Remedy.RECORD_THE_DECISION, Remedy.THAT_IS_RIGHT))
    ]


def test_a_carried_action_without_a_word_is_told_and_needs_no_mention():
    found = disagreements([], [REGISTER, replace(REGISTER, key="other", reviewed=True)])
    assert [(one.kind, one.actions) for one in found] == [(Kind.NOT_REVIEWED, ("register",))]


def test_two_deadlines_are_shown_in_both_wordings():
    (found,) = disagreements(
        [line("Bel to draft a plan at next meeting", "plan", deadline=AT_NEXT_MEETING)], [PLAN]
    )
    assert (found.kind, found.sentence, found.wordings) == (
        Kind.DEADLINES_DIFFER,
        "The notes say “at next meeting”. The list of actions says “31 Jan 2026”.",
        (Wording("at next meeting", 2, 7), Wording("31 Jan 2026")),
    )


def test_a_deadline_that_only_the_notes_know_is_told():
    (found,) = disagreements(
        [line("Kit to book the hall by 31 Jan 2026", "hall", deadline=END_OF_JANUARY)], [HALL]
    )
    assert found.sentence == "The notes say “31 Jan 2026”. The list of actions gives no deadline."


def test_owners_that_differ_are_shown_in_both_wordings():
    (found,) = disagreements([line("Bel to draft a plan", "plan", owners=(BEL,))], [PLAN])
    assert (found.kind, found.sentence) == (
        Kind.OWNERS_DIFFER,
        "The notes say “Bel”. The list of actions says “Bel, Kit”.",
    )


def test_the_day_of_the_next_meeting_agrees_with_at_next_meeting():
    lines = [line("Bel to draft a plan at next meeting", "plan", deadline=AT_NEXT_MEETING)]
    assert disagreements(lines, [PLAN], next_meeting_on=date(2026, 1, 31)) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (END_OF_JANUARY, Deadline("end of January", DeadlineKind.MONTH, "2026-01"), True),
        (END_OF_JANUARY, Deadline("30 Jan 2026", DeadlineKind.DATE, "2026-01-30"), False),
        (
            Deadline("once able", DeadlineKind.CONDITION),
            Deadline("once we are able", DeadlineKind.CONDITION),
            True,
        ),
        (Deadline("once able", DeadlineKind.CONDITION), Deadline("Ongoing", DeadlineKind.ONGOING), False),
        (Deadline("ASAP", DeadlineKind.ASAP), None, False),
        (None, None, True),
    ],
)
def test_deadlines_agree_by_their_last_day_or_their_kind(one, other, same):
    assert (same_deadline(one, other), same_deadline(other, one)) == (same, same)


@pytest.mark.parametrize(
    ("some", "others", "same"),
    [
        ((BEL, KIT), (KIT, BEL), True),
        ((Named("Bel", 1),), (Named("Isabel Marsh", 1),), True),
        ((Named("Bel", 1),), (Named("Bel", 9),), False),
        ((Named("Bel"),), (Named("Bel Marsh", 1),), True),
        ((Named("Bel"),), (Named("Kit"),), False),
        ((BEL,), (BEL, KIT), False),
    ],
)
def test_owners_agree_when_they_are_the_same_people(some, others, same):
    assert (same_owners(some, others), same_owners(others, some)) == (same, same)


def test_the_same_thing_said_twice_as_two_actions_is_asked_once():
    early = line("Bel to draft a proposal and plan for choosing new co-chairs at next meeting", "plan")
    late = line(
        "Bel to draft a proposal based on what we said for our approach to co-chairs, to share with everyone",
        "hall",
        line=9,
    )
    found = disagreements([early, late, line("Kit to order the biscuits", "biscuits")], [])
    assert [(one.kind, one.lines, one.actions, one.remedies) for one in found] == [
        (
            Kind.SAID_TWICE,
            (early.key, late.key),
            ("plan", "hall"),
            (Remedy.ONE_ACTION, Remedy.THAT_IS_RIGHT),
        )
    ]


def test_two_mentions_of_one_action_are_no_disagreement():
    assert (
        disagreements([line("Bel to plan the day", "plan"), line("Bel to plan the day!", "plan")], [PLAN])
        == ()
    )


def test_two_actions_alike_in_the_list_are_told_twice():
    found = disagreements([], [HALL, replace(HALL, key="again")])
    assert kinds(found) == [Kind.SAID_TWICE, Kind.ONLY_IN_LIST, Kind.ONLY_IN_LIST]


def test_they_come_in_the_order_of_the_page():
    lines = [
        line("We meet online", marker=Marker.DECISION),
        line("Bel to draft a plan", "plan", owners=(BEL,), deadline=AT_NEXT_MEETING),
        line("Grace to thank the caretaker"),
    ]
    assert kinds(disagreements(lines, [REGISTER, PLAN, HALL])) == [
        Kind.OWNERS_DIFFER,
        Kind.DEADLINES_DIFFER,
        Kind.ONLY_IN_NOTES,
        Kind.ONLY_IN_LIST,
        Kind.DECISION_ONLY_IN_NOTES,
        Kind.NOT_REVIEWED,
    ]


def test_that_is_right_is_an_answer_to_each():
    assert {remedies[-1] for remedies in REMEDIES.values()} == {Remedy.THAT_IS_RIGHT}
    lines = [
        line("We meet online", marker=Marker.DECISION),
        line("Kit to sing"),
        line("Bel to plan", "plan", owners=(BEL,)),
    ]
    actions = [PLAN, HALL, REGISTER]
    answered = {one.id for one in disagreements(lines, actions)}
    assert len(answered) == 5
    assert disagreements(lines, actions, settled=answered) == ()


def test_an_answer_holds_while_a_line_moves_and_until_its_words_change():
    lines = [line("Bel to draft a plan", "plan", owners=(BEL,)), line("Kit to sing")]
    answered = {one.id for one in disagreements(lines, [PLAN])}
    moved = [
        replace(one, key=f"new {one.key}", item=5, line=1, words=one.words.upper()) for one in reversed(lines)
    ]
    assert disagreements(moved, [PLAN], settled=answered) == ()
    other = [replace(lines[0], owners=(Named("Grace", 4),)), replace(lines[1], words="Kit to dance")]
    assert kinds(disagreements(other, [PLAN], settled=answered)) == [Kind.OWNERS_DIFFER, Kind.ONLY_IN_NOTES]


def test_two_actions_stay_two_once_somebody_said_so():
    lines = [line("Bel to plan the summer day"), line("Kit to plan the summer day")]
    asked = [one for one in disagreements(lines, []) if one.kind is Kind.SAID_TWICE]
    made = [replace(lines[0], linked="plan"), replace(lines[1], linked="hall")]
    assert disagreements(made, [], settled={asked[0].id}) == ()


_WORDS = st.lists(
    st.sampled_from("Bel Kit to plan book hall day letter the a ! .".split()), min_size=1, max_size=5
).map(" ".join)
_LINES = st.lists(
    st.builds(
        MarkedLine,
        key=st.integers(0, 50),
        marker=st.sampled_from(Marker),
        words=_WORDS,
        item=st.just(1),
        line=st.integers(1, 9),
        owners=st.lists(st.sampled_from([BEL, KIT, Named("Ada")]), max_size=2, unique=True).map(tuple),
        deadline=st.sampled_from([None, END_OF_JANUARY, AT_NEXT_MEETING]),
        linked=st.sampled_from([None, 100, 101, 102]),
    ),
    max_size=7,
    unique_by=lambda one: one.key,
)
_ACTIONS = st.lists(
    st.builds(
        ListedAction,
        key=st.sampled_from([100, 101, 102, 103]),
        words=_WORDS,
        owners=st.sampled_from([(), (BEL,), (BEL, KIT)]),
        deadline=st.sampled_from([None, END_OF_JANUARY]),
        carried=st.booleans(),
        reviewed=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda one: one.key,
)


@settings(max_examples=150, deadline=None)
@given(_LINES, _ACTIONS)
def test_every_disagreement_can_be_settled_by_itself(lines, actions):
    found = disagreements(lines, actions)
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids)
    assert disagreements(lines, actions, settled=set(ids)) == ()
    for one in found:
        assert one.id not in {other.id for other in disagreements(lines, actions, settled={one.id})}
        assert one.remedies[-1] is Remedy.THAT_IS_RIGHT
    unlinked = {one.key for one in lines if one.linked is None and one.marker is Marker.ACTION}
    assert {key for one in found if one.kind is Kind.ONLY_IN_NOTES for key in one.lines} == unlinked
