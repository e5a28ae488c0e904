"""Which wording is which action: the same words are the same, close words are only proposed. All invented."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.matching import (
    Close,
    Known,
    New,
    Same,
    closeness,
    match_mention,
    match_rows,
    same_words,
    without_owner,
)

HANDBOOK = Known("handbook", ("Write the handbook for new volunteers and share it with the group.",))
KITCHEN = Known("kitchen", ("Ask the landlord about the kitchen lease.",))
REGISTER = Known("register", ("Upgrade the keyholder register with dates and phone numbers of each holder.",))
ALL = (HANDBOOK, KITCHEN, REGISTER)


def test_a_row_with_the_same_words_is_that_action_whatever_its_punctuation():
    rows = [
        "2. Ask the landlord about the kitchen lease",
        "WRITE THE HANDBOOK for new volunteers – and share it with the group",
    ]

    assert match_rows(rows, ALL) == [Same("kitchen"), Same("handbook")]


def test_a_row_in_other_words_is_proposed_and_not_linked():
    assert match_rows(["Write a handbook for new volunteers and share with the group by May"], ALL) == [
        Close(("handbook",))
    ]


def test_a_row_that_nothing_is_like_is_new():
    assert match_rows(["Paint the hall door green."], ALL) == [New()]


def test_two_rows_with_the_same_words_are_two_actions():
    twice = ["Ask the landlord about the kitchen lease."] * 2

    assert match_rows(twice, ALL) == [Same("kitchen"), New()]
    assert match_rows(twice, (KITCHEN, Known("again", KITCHEN.wordings))) == [Same("kitchen"), Same("again")]


def test_an_action_is_known_by_every_wording_it_ever_had():
    reworded = Known("kitchen", ("Ask the landlord about the kitchen lease.", "Chase the lease"))

    assert match_rows(["Chase the lease."], [reworded]) == [Same("kitchen")]


def test_a_remark_that_names_its_owner_first_has_the_words_of_its_row():
    assert match_mention("Odile to ask the landlord about the kitchen lease.", ALL) == Same("kitchen")


def test_a_remark_in_other_words_is_proposed_a_row():
    assert match_mention("Odile and Piers to upgrade our register, with phone numbers", ALL) == Close(
        ("register",)
    )


def test_several_remarks_may_speak_of_one_action_and_some_of_none():
    assert match_mention("Odile to draft a volunteers handbook", ALL) == Close(("handbook",))
    assert match_mention("Odile to sort out the volunteer handbook with new pictures", ALL) == Close(
        ("handbook",)
    )
    assert match_mention("Piers to hire a van", ALL) == New()


def test_words_that_every_action_uses_tell_little():
    all_alike = [
        Known(n, (f"Develop the Harbour Trust {word} plan",))
        for n, word in enumerate(["lighting", "staffing", "garden"])
    ]

    assert match_rows(["Develop the Harbour Trust catering plan"], all_alike) == [New()]


def test_who_is_named_first_is_taken_off():
    assert without_owner("Odile / Piers to hire a van") == ("Odile / Piers", "hire a van")
    assert without_owner("Odile Marsh will hire a van") == ("Odile Marsh", "hire a van")
    assert without_owner("hire a van to get there") == ("", "hire a van to get there")


TEXTS = st.text(alphabet="ab cd.1é\n", max_size=20)


@given(one=TEXTS, other=TEXTS)
def test_closeness_is_the_same_both_ways_and_whole_for_the_same_words(one, other):
    assert closeness(one, other) == closeness(other, one)
    assert 0 <= closeness(one, other) <= 100.0000001
    if same_words(one, other):
        assert match_rows([one], [Known(1, (other,))]) == [Same(1)]


@given(rows=st.lists(TEXTS, max_size=6), known=st.lists(TEXTS, max_size=6))
def test_no_action_is_the_same_as_two_rows(rows, known):
    matches = match_rows(rows, [Known(n, (text,)) for n, text in enumerate(known)])
    keys = [match.key for match in matches if isinstance(match, Same)]

    assert len(matches) == len(rows)
    assert len(set(keys)) == len(keys)
