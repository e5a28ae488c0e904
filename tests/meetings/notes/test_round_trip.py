"""What our writers write, our readers read as the same document; and no text makes a reader fall over."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Capacity,
    Decision,
    Declaration,
    Interests,
    InterestsState,
    ItemKind,
    Line,
    Marker,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Presence,
    Reached,
    Section,
    from_json,
    normal_form,
    plain,
    to_json,
)
from meetings.notes.lines import parse_lines, write_lines
from meetings.notes.reading import UnreadableNotes, read, read_html, read_markdown, read_text
from meetings.notes.speakers import speaker_of
from meetings.notes.writing import write_markdown, write_text

SAMPLES = Path(__file__).parent / "samples"
TEXTS = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"})

AWKWARD = st.sampled_from(
    [
        "ACTION: Ada to share it",
        "**ACTION:** Ben",
        "ACTION",
        "- a dash first",
        "* star",
        "a | b | c",
        "a\tb",
        "Present: Ada, Ben",
        "Actions",
        "Members",
        "Meeting notes: no",
        "\\ACTION: no",
        "back\\slash\\",
        "Ada, Ben / Cem",
        "Ada (chair, guest",
        "(unclosed [brackets",
        "“quoted” 'single' \"double\"",
        "non\u00a0breaking space",
        "⟨angle⟩ marks ⟨",
        "a • b",
        "1. numbered",
        "# heading",
        "<ul><li>tag",
        "Ada outlined the plan",
        "Next meeting: 3 May 2026",
        "31 Jan 2026",
        "5 March",
        "Team with support from Ada",
        "…",
        ": colon",
        "a: b",
        "; ",
        "x &amp; y",
        "_under_ *star* `code`",
        "\u2028line separator",
        "Presented by: Ada",
        "https://example.org/a_b?c=d",
    ]
)
WORDS = (st.text(max_size=25) | AWKWARD | st.tuples(AWKWARD, AWKWARD).map(" ".join)).map(plain).filter(bool)
DAYS = st.dates().map(lambda day: day.isoformat())
CLOCKS = st.times().map(lambda clock: clock.strftime("%H:%M"))
CAPACITIES = st.lists(st.sampled_from(Capacity), unique=True, max_size=3).map(tuple)
ATTENDEES = st.builds(Attendee, WORDS, WORDS, st.sampled_from(Presence), CAPACITIES)
OWNERS = st.builds(Owner, WORDS, st.sampled_from(OwnerRole))
DEADLINES = st.builds(Deadline, WORDS, st.sampled_from(DeadlineKind), st.none() | DAYS)
ACTIONS = st.builds(
    NotedAction,
    st.sampled_from(Section),
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(OWNERS, max_size=3).map(tuple),
    st.none() | DEADLINES,
    st.none() | st.sampled_from(Status),
)


def _line(text: str, marker: Marker | None, children: tuple[Line, ...]) -> Line:
    return Line(text, marker, children, speaker_of(text))


LINES = st.recursive(
    st.builds(_line, WORDS, st.none() | st.sampled_from(Marker), st.just(())),
    lambda lines: st.builds(
        _line, WORDS, st.none() | st.sampled_from(Marker), st.lists(lines, max_size=3).map(tuple)
    ),
    max_leaves=8,
)
ITEMS = st.builds(
    AgendaItem,
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.sampled_from(ItemKind),
    st.lists(LINES, max_size=4).map(tuple),
)
DOCUMENTS = st.builds(
    NotesDocument,
    title=st.none() | WORDS,
    date=st.none() | DAYS,
    starts=st.none() | CLOCKS,
    ends=st.none() | CLOCKS,
    place=st.none() | WORDS,
    attendance=st.lists(ATTENDEES, max_size=4).map(tuple),
    interests=st.builds(
        Interests,
        st.sampled_from(InterestsState),
        st.none() | WORDS,
        st.lists(st.builds(Declaration, st.none() | WORDS, WORDS), max_size=2).map(tuple),
    ),
    actions=st.lists(ACTIONS, max_size=4).map(tuple),
    agenda=st.lists(ITEMS, max_size=3).map(tuple),
    next_meetings=st.lists(
        st.builds(NextMeeting, WORDS, st.none() | DAYS, st.none() | CLOCKS, st.none() | CLOCKS), max_size=2
    ).map(tuple),
    body=st.none() | WORDS,
    decisions=st.lists(st.builds(Decision, WORDS, st.none() | st.sampled_from(Reached)), max_size=2).map(
        tuple
    ),
)


@settings(max_examples=80, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_plain_text(document: NotesDocument) -> None:
    assert normal_form(document) == document
    assert read_text(write_text(document)) == document


@settings(max_examples=80, deadline=None)
@given(DOCUMENTS)
def test_every_document_in_normal_form_comes_back_from_markdown(document: NotesDocument) -> None:
    assert read_markdown(write_markdown(document)) == document


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
def test_what_was_read_from_a_sample_comes_back_from_both_writers(path: Path) -> None:
    document = replace(read(path.read_bytes()), warnings=())
    assert read_text(write_text(document)) == document
    assert read_markdown(write_markdown(document)) == document


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
