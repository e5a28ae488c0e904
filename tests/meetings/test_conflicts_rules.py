"""What the notes say of interests, as plain rules: the three states, and a declaration in the group's own style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.interests import Handling
from allies.powers import Role
from meetings.interests import (
    HandledAt,
    declared_words,
    sentence,
    state_of,
    takes_part,
    took_no_part_words,
    with_took_no_part,
    without_took_no_part,
)


@pytest.mark.parametrize(
    ("answers", "declared", "state"),
    [
        ([], False, "not_recorded"),
        (["none"], False, "none_declared"),
        (["none", "none"], False, "none_declared"),
        (["none", "not_asked"], False, "not_recorded"),
        (["not_asked"], False, "not_recorded"),
        (["none", "declared"], False, "declared"),
        (["not_asked"], True, "declared"),
        ([], True, "declared"),
    ],
)
def test_none_were_declared_only_where_everybody_here_said_so(answers, declared, state):
    assert state_of(answers, declared=declared) == state


@given(st.lists(st.sampled_from(["none", "declared", "not_asked"])), st.booleans())
def test_one_person_who_was_not_asked_is_enough_to_say_nothing_of_none(answers, declared):
    assert state_of([*answers, "not_asked"], declared=declared) != "none_declared"


LEFT = HandledAt(Handling.LEFT, "item 4")
STAYED = HandledAt(Handling.STAYED, "item 3")
NOTED = HandledAt(Handling.NOTED, "item 2")
WITHHELD = HandledAt(Handling.WITHHELD, "item 5")


@pytest.mark.parametrize(
    ("words", "about", "handled", "said"),
    [
        (
            "works there",
            "Riverside Health",
            [LEFT],
            "Sam Okafor declared an interest in Riverside Health (works there) and left for item 4.",
        ),
        ("Works there.", "the museum", [], "Sam Okafor declared an interest in the museum (Works there)."),
        (
            "",
            "the museum",
            [NOTED],
            "Sam Okafor declared an interest in the museum. It was noted at item 2.",
        ),
        (
            "chairs it",
            "the museum",
            [STAYED, LEFT],
            "Sam Okafor declared an interest in the museum (chairs it), took no part in the decision at item 3 and "
            "left for item 4.",
        ),
        (
            "a cousin works there",
            "",
            [WITHHELD],
            "Sam Okafor declared an interest (a cousin works there). This matter is withheld from them, at item 5.",
        ),
        ("A cousin works there.", "", [], "Sam Okafor: A cousin works there."),
        ("Sam Okafor declared a grant.", "", [], "Sam Okafor declared a grant."),
        (
            "Sam Okafor declared a grant.",
            "",
            [LEFT],
            "Sam Okafor declared a grant. They left for item 4.",
        ),
        (
            "chairs it",
            "the museum",
            [HandledAt(Handling.LEFT, "item 4", "Bel Marsh")],
            "Sam Okafor declared an interest in the museum (chairs it) and left for item 4. Bel Marsh took the chair "
            "for item 4.",
        ),
    ],
)
def test_a_declaration_reads_as_the_group_writes(words, about, handled, said):
    assert sentence("Sam Okafor", words, about, handled) == said


def test_nobody_named_is_somebody():
    assert (
        sentence("", "", "the museum", [LEFT])
        == "Somebody declared an interest in the museum and left for item 4."
    )


def test_words_that_stand_alone_stay_as_they_were_written():
    assert declared_words(" As it was  written", "", []) == " As it was  written"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Morgan Reed"], "Morgan Reed took no part."),
        (["Ada", "Kit", "Morgan Reed"], "Ada, Kit and Morgan Reed took no part."),
    ],
)
def test_who_took_no_part_is_said(names, words):
    assert took_no_part_words(names) == words


@given(
    st.from_regex(r"[A-Z][a-z ]{0,30}[a-z][.?!]?", fullmatch=True),
    st.lists(st.sampled_from(["Morgan Reed", "Ada Okafor", "Kit"]), max_size=3, unique=True),
)
def test_who_took_no_part_comes_off_a_decision_as_it_went_on(text, names):
    ended = text if text.endswith((".", "!", "?")) or not names else f"{text}."
    assert without_took_no_part(with_took_no_part(text, names)) == ended


@pytest.mark.parametrize(
    ("handlings", "role", "counts"),
    [
        ([], Role.ALLY, True),
        ([Handling.NOTED], Role.ALLY, True),
        ([Handling.NOTED], Role.CHAIR, True),
        ([Handling.STAYED], Role.ALLY, False),
        ([Handling.LEFT], Role.CHAIR, False),
        ([Handling.WITHHELD], Role.ALLY, False),
        ([Handling.NOTED, Handling.STAYED], Role.ALLY, False),
        ([], Role.CORE_TEAM, False),
        ([], None, False),
    ],
)
def test_who_counts_for_a_decision(handlings, role, counts):
    assert takes_part(handlings, role) is counts
