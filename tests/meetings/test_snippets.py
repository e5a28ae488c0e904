"""Words that were looked for, marked in a piece of the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.models.search import pattern_of, words_of
from meetings.snippets import Piece, marked, snippet


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("jose", "José"),
        ("josé", "JOSE"),
        ("zoe", "Zoë"),
        ("o'neill", "O’Neill"),
        ("mid-point", "Mid–Point"),
        ("2023-2028", "2023–2028"),
        ("c++", "C++ and C"),
        ("50%", "about 50%"),
        ("łódź", "ŁÓDŹ"),
    ],
)
def test_capitals_accents_and_signs_do_not_matter(word, text):
    assert re.search(pattern_of(word), text, re.IGNORECASE) is not None


@pytest.mark.parametrize(("word", "text"), [("a.c", "abc"), ("50%", "500"), ("jose", "Joss")])
def test_nothing_else_is_found(word, text):
    assert re.search(pattern_of(word), text, re.IGNORECASE) is None


def test_words_are_looked_for_once_and_a_letter_alone_is_no_word():
    assert words_of("  Risk risk a the RISK’S \x00 ") == ["risk", "the", "risk's"]


def test_no_more_than_eight_words_are_looked_for():
    assert len(words_of(" ".join(f"word{number}" for number in range(20)))) == 8


def test_a_match_stands_apart_so_that_a_page_can_mark_it():
    assert marked("The risk register", [pattern_of("risk")]) == [
        Piece("The "),
        Piece("risk", is_match=True),
        Piece(" register"),
    ]


def test_a_snippet_comes_from_the_first_text_that_has_a_word():
    texts = ["Nothing here.", "Who carries the risk?"]
    assert snippet(texts, [pattern_of("risk")]) == [
        Piece("Who carries the "),
        Piece("risk", is_match=True),
        Piece("?"),
    ]


def test_a_long_text_is_cut_between_words_around_the_match():
    text = "before " * 40 + "risk" + " after" * 80
    found = "".join(piece.text for piece in snippet([text], [pattern_of("risk")]))
    assert found.startswith("… before ")
    assert found.endswith(" after …")
    assert "risk" in found
    assert len(found) < 260


def test_without_a_match_there_is_no_snippet():
    assert snippet(["Nothing here."], [pattern_of("risk")]) == []


@given(st.text(max_size=400), st.text(min_size=1, max_size=12))
def test_no_letter_is_lost_or_added_by_marking(text, word):
    assert "".join(piece.text for piece in marked(text, [pattern_of(word)])) == text


@given(st.text(max_size=60))
def test_every_word_is_a_pattern(text):
    for word in words_of(text):
        assert re.search(pattern_of(word), word, re.IGNORECASE) is not None
