"""What the public reads, as a rule: no withheld word in any form, nobody named who is not to be, nothing else."""

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allies.interests import Handling as How
from meetings.interests import HandledAt, declared_words
from meetings.notes import document as notes
from meetings.notes.attribution import Attribution, Voice, attributed
from meetings.notes.document import NotedAction, NotesDocument, Section, normal_form, to_json
from meetings.notes.frozen_notes import document_of
from meetings.notes.places import Part, spots_in
from meetings.notes.printed.html import body_of, write_html
from meetings.notes.printed.word import write_word
from meetings.notes.published import Choices, Withheld, fates, published
from meetings.notes.speakers import speaker_of
from meetings.notes.writing import write_markdown, write_text
from tests.meetings.notes.drawn import DOCUMENTS

WHY = Withheld("personal")
VOICES = {
    "bel": Voice.CHAIR,
    "ada quill": Voice.ALLY,
    "cem": Voice.ALLY,
    "dev": Voice.TEAM,
    "gale": Voice.GUEST,
}


def content_of(document: NotesDocument) -> dict:
    """A document as a frozen version holds it, with a number for each row."""
    said = to_json(document)
    numbers = iter(range(1, 10_000))
    return {
        "form": 1,
        "stage": "circulated",
        "made_by": {"account": None, "name": "Wren"},
        "group": said["body"] or "",
        "notes": {
            **{
                name: said[name]
                for name in ("title", "body", "date", "starts", "ends", "place", "next_meetings")
            },
            "interests": {name: said["interests"][name] for name in ("state", "as_written")},
        },
        "attendance": [{"row": next(numbers), "person": None, **one} for one in said["attendance"]],
        "declarations": [
            {"declaration": next(numbers), "person": None, "bare": one["words"], "handled": [], **one}
            for one in said["interests"]["declarations"]
        ],
        "actions": [{"action": None, **one} for one in said["actions"]],
        "agenda": [{"item": next(numbers), **one} for one in said["agenda"]],
        "decisions": [
            {"decision": next(numbers), "item": None, "kind": "decision", "votes": "", **one, **PART}
            for one in said["decisions"]
        ],
        "statements": [],
        "approval": None,
        "addenda": [],
    }


PART = {"took_part": [], "took_no_part": [], "besides": []}


def in_every_form(document: NotesDocument) -> str:
    """All that the writers make of a document, of Word the text of its parts; the PDF is set from the HTML."""
    with zipfile.ZipFile(BytesIO(write_word(document))) as archive:
        word = " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    forms = (write_text(document), write_markdown(document), write_html(document), body_of(document))
    return " ".join([*forms, word, json.dumps(to_json(document), ensure_ascii=False)])


def marked(document: NotesDocument) -> NotesDocument:
    """The document with a word of its own in everything that can be withheld."""
    numbers = iter(range(10_000))

    def mark(words: str | None) -> str | None:
        return words and f"{words} zq{next(numbers)}qz"

    def mark_line(line: notes.Line) -> notes.Line:
        return notes.Line(mark(line.text) or "", line.marker, tuple(map(mark_line, line.children)))

    return normal_form(
        replace(
            document,
            place=mark(document.place),
            attendance=tuple(
                replace(one, name=name, as_written=name)
                for one in document.attendance
                if (name := mark(one.name))
            ),
            interests=replace(
                document.interests,
                as_written=mark(document.interests.as_written),
                declarations=tuple(
                    replace(one, words=mark(one.words)) for one in document.interests.declarations
                ),
            ),
            actions=tuple(replace(one, text=mark(one.text)) for one in document.actions),
            agenda=tuple(
                replace(one, title=mark(one.title), lines=tuple(map(mark_line, one.lines)))
                for one in document.agenda
            ),
            decisions=tuple(replace(one, text=mark(one.text)) for one in document.decisions),
        )
    )


@given(document=DOCUMENTS, without_trace=st.booleans(), data=st.data())
@settings(max_examples=60)
def test_no_withheld_word_is_in_what_any_writer_makes(document, without_trace, data):
    content = content_of(marked(document))
    spots = list(spots_in(content))
    chosen = data.draw(
        st.lists(st.sampled_from(spots), unique_by=lambda spot: spot.place) if spots else st.just([])
    )
    why = Withheld("personal", without_trace)
    derived = published(content, Choices(withheld={spot.place: why for spot in chosen}))
    written = in_every_form(document_of(derived))
    secrets = {word for spot in chosen for word in re.findall(r"zq\d+qz", spot.words)}
    assert {secret for secret in secrets if secret in written} == set()


@given(document=DOCUMENTS, data=st.data())
@settings(max_examples=60)
def test_what_is_not_withheld_stays_as_it_was(document, data):
    content = content_of(marked(document))
    spots = [
        spot for spot in spots_in(content) if spot.place.part in {Part.ACTION, Part.DECISION, Part.PERSON}
    ]
    chosen = data.draw(
        st.lists(st.sampled_from(spots), unique_by=lambda spot: spot.place) if spots else st.just([])
    )
    derived = published(content, Choices(withheld={spot.place: WHY for spot in chosen}))
    # All but the rows that were chosen is equal, and each of those keeps its place.
    for name, part, key in (
        ("actions", Part.ACTION, "text"),
        ("decisions", Part.DECISION, "decision"),
        ("attendance", Part.PERSON, "row"),
    ):
        places = [spot.place for spot in spots_in(content) if spot.place.part is part]
        kept = [
            (before, after)
            for at, before, after in zip(places, content[name], derived[name], strict=True)
            if at not in {spot.place for spot in chosen}
        ]
        assert [before for before, _ in kept] == [after for _, after in kept], key
    same = {"actions", "decisions", "attendance"}
    assert {name: part for name, part in derived.items() if name not in same} == {
        name: part for name, part in content.items() if name not in same
    }


@given(document=DOCUMENTS)
@settings(max_examples=60)
def test_where_nothing_is_chosen_nothing_changes(document):
    content = content_of(document)
    if "@" not in json.dumps(content):
        assert document_of(published(content, Choices())) == document_of(content)


@given(document=DOCUMENTS, how=st.sampled_from([Attribution.ROLE, Attribution.NOBODY]))
@settings(max_examples=60)
def test_by_role_or_nobody_no_line_is_said_by_a_name(document, how):
    content = content_of(document)
    derived = document_of(published(content, Choices(default=how, voices=VOICES)))
    before = {line.speaker for item in document_of(content).agenda for line in every_line(item.lines)}
    after = {line.speaker for item in derived.agenda for line in every_line(item.lines)}
    assert {name for name in after if name in before} <= {None}


def every_line(lines):
    for line in lines:
        yield line
        yield from every_line(line.children)


@given(document=DOCUMENTS, data=st.data())
@settings(max_examples=60)
def test_the_page_of_choices_says_what_the_public_reads(document, data):
    content = content_of(marked(document))
    spots = list(spots_in(content))
    chosen = data.draw(
        st.lists(st.sampled_from(spots), unique_by=lambda spot: spot.place) if spots else st.just([])
    )
    choices = Choices(withheld={spot.place: WHY for spot in chosen})
    said = {fate.words for fate in fates(content, choices) if fate.withheld is None}
    left = {spot.words for spot in spots_in(published(content, choices))}
    assert said - left == set()


@pytest.mark.parametrize(
    ("text", "by_role", "by_nobody"),
    [
        ("Bel noted that it rains.", "The chair noted that it rains.", "Somebody noted that it rains."),
        ("Ada Quill: it rains", "An Ally: it rains", "It rains"),
        ("Ada Quill and Cem asked why.", "Allies asked why.", "Some of those there asked why."),
        (
            "Dev and Gale shared news.",
            "The core team and a guest shared news.",
            "Some of those there shared news.",
        ),
        ("Nobody We Know said so.", "Somebody said so.", "Somebody said so."),
        ("The group agreed.", "The group agreed.", "The group agreed."),
    ],
)
def test_whoever_spoke_is_called_by_their_part_or_not_at_all(text, by_role, by_nobody):
    assert attributed(text, Attribution.NAME, VOICES) == text
    assert attributed(text, Attribution.ROLE, VOICES) == by_role
    assert attributed(text, Attribution.NOBODY, VOICES) == by_nobody
    assert [speaker_of(by_role), speaker_of(by_nobody)] == [None, None]


def test_words_that_stand_inside_longer_ones_are_withheld_there_too():
    line = {"text": "the roof leaks badly", "marker": None, "children": [], "speaker": None}
    longer = {**line, "text": "As I said, the roof leaks badly, and often."}
    short = {**line, "text": "yes"}
    content = content_of(NotesDocument()) | {
        "agenda": [
            {"item": 1, "title": "Roof", "presenters": [], "kind": "other", "lines": [line, short]},
            {
                "item": 2,
                "title": "More",
                "presenters": [],
                "kind": "other",
                "lines": [longer, {**line, "text": "oh yes"}],
            },
        ]
    }
    chosen = [spot for spot in spots_in(content) if spot.words in {line["text"], "yes"}]
    derived = document_of(published(content, Choices(withheld={spot.place: WHY for spot in chosen})))
    said = "A paragraph is withheld: personal."
    assert [[one.text for one in item.lines] for item in derived.agenda] == [[said, said], [said, "oh yes"]]


def test_an_action_goes_with_words_of_a_point_under_it_and_the_page_of_choices_says_so():
    line = {"text": "the roof leaks badly", "marker": None, "children": [], "speaker": None}
    action = NotedAction(Section.AGREED, "Ring the hall", details=("Say that the roof leaks badly",))
    content = content_of(NotesDocument(actions=(action,))) | {
        "agenda": [{"item": 1, "title": "Roof", "presenters": [], "kind": "other", "lines": [line]}]
    }
    chosen = next(spot for spot in spots_in(content) if spot.words == line["text"])
    choices = Choices(withheld={chosen.place: WHY})
    said = "An action is withheld: personal."
    assert document_of(published(content, choices)).actions[0].text == said
    assert said in {fate.words for fate in fates(content, choices)}


def test_a_decision_names_nobody_whom_its_line_does_not_name():
    words = "Bel suggested a larger hall, the group agreed."
    line = {"text": words, "marker": None, "children": [], "speaker": "Bel"}
    decided = {"text": words, "reached": "agreed", "decision": 7, "item": 1, "kind": "decision", "votes": ""}
    content = content_of(NotesDocument()) | {
        "agenda": [{"item": 1, "title": "Hall", "presenters": [], "kind": "other", "lines": [line]}],
        "decisions": [decided | PART],
    }
    spoken = next(spot for spot in spots_in(content) if spot.speaker)
    choices = Choices(attributed={spoken.place: Attribution.NOBODY})
    derived = document_of(published(content, choices))
    said = "Somebody suggested a larger hall, the group agreed."
    assert [derived.agenda[0].lines[0].text, derived.decisions[0].text] == [said, said]
    assert [fate.words for fate in fates(content, choices)] == ["Hall", said, said]


@given(
    titles=st.lists(st.sampled_from(["Hall", "Museum", "Tea", "Books"]), min_size=1, unique=True),
    handled=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(How))), max_size=3),
    about=st.sampled_from(["", "the museum"]),
    own_words=st.sampled_from(["", "chairs it"]),
    data=st.data(),
)
@settings(max_examples=100)
def test_no_declaration_counts_an_item_that_leaves_no_trace(titles, handled, about, own_words, data):
    handled = list({number: how for number, how in handled if number < len(titles)}.items())
    gone = data.draw(st.sets(st.sampled_from(range(len(titles)))))
    words = declared_words(own_words, about, [HandledAt(how, f"item {n + 1}") for n, how in handled])
    declared = {
        "declaration": 7,
        "person": 3,
        "name": "Ada Quill",
        "words": words,
        "bare": own_words or words,
        "handled": [
            {"item": n + 1, "how": how.value, "reason": "", "decided_by": None} for n, how in handled
        ],
    }
    content = content_of(NotesDocument()) | {
        "agenda": [
            {"item": n, "title": title, "presenters": [], "kind": "other", "lines": []}
            for n, title in enumerate(titles, 1)
        ],
        "declarations": [declared] if words else [],
    }
    without_trace = Withheld("personal", without_trace=True)
    choices = Choices(
        withheld={
            spot.place: without_trace
            for spot in spots_in(content)
            if spot.place.part is Part.ITEM and spot.place.row - 1 in gone
        }
    )
    # As many items can be counted as stand before the first that leaves no trace; without one, all.
    counted = min(gone, default=len(titles))
    derived = published(content, choices)
    told = json.dumps(derived["declarations"]) + " ".join(fate.words for fate in fates(content, choices))
    assert [number for number in map(int, re.findall(r"item (\d+)", told)) if number > counted] == []
    assert {
        one["item"] for row in derived["declarations"] for one in row["handled"] if one["item"] > counted
    } == set()
    assert len(derived["declarations"]) == len(content["declarations"])
    if all(number < counted for number, _ in handled):
        assert derived["declarations"] == content["declarations"]
