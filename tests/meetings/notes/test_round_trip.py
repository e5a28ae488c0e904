"""What our writers write, our readers read as the same document; and no text makes a reader fall over."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.notes.document import (
    Attendee,
    Line,
    NotesDocument,
    Presence,
    from_json,
    normal_form,
    to_json,
)
from meetings.notes.layout import NEXT
from meetings.notes.lines import parse_lines, write_lines
from meetings.notes.next_meetings import read_announcement
from meetings.notes.printed.foot import Printed, with_foot
from meetings.notes.printed.html import write_html
from meetings.notes.printed.word import write_word
from meetings.notes.printed.word_in import document_in_word
from meetings.notes.reading import UnreadableNotes, read, read_html, read_markdown, read_text
from meetings.notes.writing import write_markdown, write_text
from tests.meetings.notes.drawn import AWKWARD, DOCUMENTS, LINES
from tests.meetings.notes.words_by_hand import part_of, with_part

SAMPLES = Path(__file__).parent / "samples"
TEXTS = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"})
DRAFT = Printed("Draft, not yet circulated", "3f2a9c0d")


@settings(max_examples=80, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_plain_text(document: NotesDocument) -> None:
    assert normal_form(document) == document
    assert read_text(write_text(document)) == document


@settings(max_examples=80, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_markdown(document: NotesDocument) -> None:
    assert read_markdown(write_markdown(document)) == document


@settings(max_examples=80, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_html(document: NotesDocument) -> None:
    assert read_html(write_html(document, DRAFT)) == document


@settings(max_examples=30, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_word(document: NotesDocument) -> None:
    written = write_word(document, DRAFT)
    assert document_in_word(written) == document
    assert read(written) == document


def test_the_foot_of_a_document_is_no_part_of_what_it_says() -> None:
    document = replace(read((SAMPLES / TEXTS[0].name).read_bytes()), warnings=())
    assert read_text(with_foot(write_text(document), DRAFT)) == document
    assert read_markdown(with_foot(write_markdown(document), DRAFT)) == document


@given(DOCUMENTS)
@settings(max_examples=50, deadline=None)
def test_every_document_comes_back_from_json(document: NotesDocument) -> None:
    assert from_json(to_json(document)) == document


@given(st.lists(LINES, max_size=6).map(tuple))
def test_lines_of_notes_come_back_from_their_text(lines: tuple[Line, ...]) -> None:
    assert parse_lines(write_lines(lines)) == lines


@given(st.text() | st.lists(AWKWARD | st.text(max_size=8) | st.just(" "), max_size=30).map("\n".join))
def test_what_people_type_settles_after_one_reading(typed: str) -> None:
    lines = parse_lines(typed)
    assert parse_lines(write_lines(lines)) == lines


def in_every_form(document: NotesDocument, change: Callable[[str], str] = str) -> list[NotesDocument]:
    """The document written and read again as text, Markdown, HTML and Word, with a change in what was written."""
    word, body = write_word(document, DRAFT), "word/document.xml"
    return [
        read_text(change(write_text(document))),
        read_markdown(change(write_markdown(document))),
        read_html(change(write_html(document, DRAFT))),
        read(with_part(word, body, change(part_of(word, body).decode()).encode())),
    ]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_the_heading_of_the_next_meetings_is_of_one_or_of_several_and_either_is_read(number: int) -> None:
    days = ("Tuesday 10 March 2026", "Tuesday 9 June 2026", "In autumn")
    coming = tuple(map(read_announcement, days[:number]))
    document = NotesDocument(title="Notes", body="Allies Group", next_meetings=coming)
    fits, other = NEXT if number < 2 else NEXT[::-1]
    written = write_text(document)
    assert (f"\n{fits}\n" in written, f"\n{other}\n" in written) == (True, False)
    assert in_every_form(document) == [document] * 4
    assert in_every_form(document, lambda words: words.replace(fits, other)) == [document] * 4


@pytest.mark.parametrize("why", ["personal", "a guest asked, twice (really)", "asked; chair", "a)b(", "⟨x⟩"])
def test_a_name_that_is_withheld_is_said_once_and_comes_back(why: str) -> None:
    somebody = Attendee("Name withheld", f"Name withheld ({why})", Presence.PRESENT)
    others = Attendee("Ada Lund", "Ada Lund", Presence.PRESENT), Attendee("Bel", "Bel", Presence.PRESENT)
    document = NotesDocument(title="Notes", attendance=(others[0], somebody, others[1]))
    assert write_text(document).count("Name withheld") == 1
    assert in_every_form(document) == [document] * 4


@settings(max_examples=80, deadline=None)
@given(st.text() | st.lists(AWKWARD | st.text(max_size=12), max_size=40).map("\n".join))
def test_no_text_makes_the_readers_raise_and_what_they_give_is_in_normal_form(text: str) -> None:
    for reader in (read_text, read_markdown, read_html):
        document = reader(text)
        assert normal_form(document) == document


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        document = read(content)
    except UnreadableNotes as refusal:
        assert str(refusal).endswith((".", "?"))
    else:
        assert normal_form(document) == document


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_what_was_read_from_a_sample_comes_back_from_every_writer(path: Path) -> None:
    document = replace(read(path.read_bytes()), warnings=())
    assert read_text(write_text(document)) == document
    assert read_markdown(write_markdown(document)) == document
    assert read(write_html(document).encode()) == document
    assert read(write_word(document)) == document


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_mangled_sample_is_still_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    dice = random.Random(path.name)
    for _ in range(12):
        begin, end = sorted(dice.randrange(len(text)) for _ in range(2))
        for mangled in (
            text[:begin],
            text[end:],
            text[:begin] + text[end:],
            text[:begin] + "\n\t|*" + text[begin:],
        ):
            assert normal_form(read_text(mangled)) == read_text(mangled)
