"""Where somebody's name stands in words: what is surely theirs, what a person decides, and what is somebody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.names import Candidate
from allies.names_in_text import REMOVED, doubtful_lines, find, line_key, names_of, replace

NIA = Candidate(1, "Nia Crane-Lowe", "Nia", ("Nee",))
OTHERS = (
    Candidate(2, "Laura Vale"),
    Candidate(3, "Laura Nia"),
    Candidate(4, "Tom Hart"),
    Candidate(5, "Zoë Marsh"),
)
EVERYONE = (NIA, *OTHERS)
SOUGHT = names_of(NIA, EVERYONE, addresses=["nia.cl@example.org"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nia Crane-Lowe opened the meeting.", "[name removed] opened the meeting."),
        ("NIA CRANE-LOWE", "[name removed]"),
        ("Crane-Lowe, Nia", "[name removed]"),
        ("Nee Crane-Lowe", "[name removed]"),
        ("ACTION: Nia to write to Nee’s team", "ACTION: [name removed] to write to [name removed]’s team"),
        ("Nia / Tom", "[name removed] / Tom"),
        ("Write to nia.cl@example.org.", "Write to [name removed]."),
        ("nia-crane-lowe-cv.docx", "[name removed]-cv.docx"),
        ("Dr Nia Crane Lowe (chair)", "Dr [name removed] (chair)"),
        ("**Nia**: yes", "**[name removed]**: yes"),
        ("Nía Crane-Lowe", "[name removed]"),
        ("Ni\u0301a came", "[name removed] came"),
        ("Nia\u00a0Crane-Lowe", "[name removed]"),
    ],
)
def test_what_is_surely_theirs_is_replaced(before, after):
    assert replace(before, SOUGHT) == after


@pytest.mark.parametrize(
    "words",
    [
        "Laura Nia said so.",  # the surname of somebody else
        "Niamh came, and Tania, and Nianne.",
        "Nia Jones from the library",  # the surname of nobody we know
        "the nia framework",
        "Lowe and Crane are towns",
        "Nia-Mae",
        "zania.cl@example.org",
        "",
    ],
)
def test_what_may_be_something_else_is_left(words):
    assert replace(words, SOUGHT) == words


def test_a_first_name_that_two_share_is_offered_and_replaced_where_somebody_decided():
    sought = names_of(Candidate(2, "Laura Vale"), EVERYONE)
    notes = "- Laura to book the hall\n- Laura: I disagree\n- Laura Vale will ask"
    assert list(doubtful_lines(notes, sought)) == ["Laura to book the hall", "Laura: I disagree"]
    decided = {line_key("ACTION: Laura to book the hall")}
    assert replace(notes, sought, decided=decided) == (
        "- [name removed] to book the hall\n- Laura: I disagree\n- [name removed] will ask"
    )
    assert replace("Laura", sought, everything=True) == REMOVED


def test_two_people_of_one_name_are_told_apart_by_a_person_alone():
    sought = names_of(Candidate(7, "Ada Moss"), [Candidate(7, "Ada Moss"), Candidate(8, "Ada Moss")])
    assert replace("Ada Moss came.", sought) == "Ada Moss came."
    assert list(doubtful_lines("Ada Moss came.", sought)) == ["Ada Moss came."]


def test_a_name_that_is_a_word_too_is_offered():
    sought = names_of(Candidate(9, "Grace Hill"), [Candidate(9, "Grace Hill")])
    assert replace("Grace Hill came. Grace periods end.", sought) == "[name removed] came. Grace periods end."
    assert list(doubtful_lines("Grace periods end.", sought)) == ["Grace periods end."]


def test_a_name_of_before_is_theirs_too():
    sought = names_of(Candidate(4, "Tom Hart"), EVERYONE, former=["Tom Hartley"])
    assert replace("Tom Hartley, now Tom Hart", sought) == "[name removed], now [name removed]"


@pytest.mark.parametrize(
    "line",
    [
        "Laura to book",
        "- Laura to book",
        "ACTION: Laura  to book",
        "**ACTION:** laura to book",
        "* Laura to book",
    ],
)
def test_a_line_is_known_again_wherever_it_stands(line):
    assert line_key(line) == "laura to book"


WORDS = st.lists(
    st.sampled_from(["Nia", "Crane-Lowe", "Laura", "Tom", "said", "é", "–", "Zoë", ",", "\n", "nia"]),
    max_size=8,
).map(" ".join)


@given(WORDS)
def test_replacing_twice_is_replacing_once(text):
    once = replace(text, SOUGHT)
    assert replace(once, SOUGHT) == once


@given(WORDS)
def test_nothing_sure_is_left(text):
    assert [found for found in find(replace(text, SOUGHT), SOUGHT) if found.sure] == []


@given(st.text(alphabet="abcd éï\n-ß", max_size=40))
def test_words_without_the_name_stay_letter_by_letter(text):
    assert replace(text, SOUGHT, everything=True) == text
