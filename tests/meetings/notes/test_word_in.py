"""Word documents of other makes are read too; ours also after somebody worked on them; unsafe ones are refused."""

import io
import zipfile
from dataclasses import replace

import pytest

from actions.statuses import Status
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Line,
    Marker,
    NotedAction,
    NotesDocument,
    Owner,
    Presence,
    Section,
)
from meetings.notes.printed.foot import Printed, with_foot
from meetings.notes.printed.word import write_word
from meetings.notes.printed.word_in import document_in_word, word_as_text
from meetings.notes.reading import UnreadableNotes, read
from meetings.notes.writing import write_text
from tests.meetings.notes.words_by_hand import (
    DELETED,
    INSERTED,
    append,
    part_of,
    saved,
    table,
    with_footnote,
    with_part,
    word_of,
)

NOTES = """Riverbank Allies Group

Meeting notes: Wednesday 19 November 2025

Members

Present: Hugh Bannerman (chaired the meeting), Bel Marsh, Dev Patel (guest, notetaking).

Apologies: Carys Lund (co-chair).

Summary of conversation

Progress & risk report, Bel

- Bel provided an update on income.
- Hugh asked if the plan has been impacting the prospects.
 - Bel outlined that it was early to know.
 - ACTION: Bel to share the strategy once able.

Date of next meetings:

- Tuesday 10 February 2026, 11:00–13:00
"""
OURS = NotesDocument(
    title="Allies Group",
    date="2025-11-19",
    attendance=(Attendee("Bel Marsh", "Bel Marsh", Presence.PRESENT),),
    actions=(NotedAction(Section.AGREED, "Share the strategy", (), (Owner("Bel"),)),),
    agenda=(AgendaItem("Income", (), lines=(Line("Bel gave an update.", None, (), "Bel"),)),),
)
TABLE_HEAD = ["Action", "Who", "By when"]


def messages(document: NotesDocument) -> list[str]:
    return [one.message for one in document.warnings]


def test_paragraphs_and_lists_are_read_as_the_same_text_is():
    document = read(saved(word_of(NOTES)))
    assert replace(document, warnings=()) == replace(read(NOTES.encode()), warnings=())
    assert document.agenda[-1].lines[-1].children[-1].marker is Marker.ACTION


def test_headings_are_told_by_their_style_or_by_a_bold_line():
    word = word_of("Riverbank Allies Group, 19 November 2025")
    word.add_heading("Apologies", 1)
    word.add_paragraph("Carys Lund")
    word.add_paragraph().add_run("Income").bold = True
    word.add_paragraph("It is early to know.", style="List Bullet")
    word.add_heading("Any other business", 2)
    word.add_paragraph("The door sticks.", style="List Bullet")
    document = read(saved(word))
    assert [(one.name, one.presence) for one in document.attendance] == [("Carys Lund", Presence.APOLOGIES)]
    assert [(item.title, [line.text for line in item.lines]) for item in document.agenda] == [
        ("Income", ["It is early to know."]),
        ("Any other business", ["The door sticks."]),
    ]


def test_a_cell_across_the_table_parts_it_and_one_over_several_rows_stands_in_each():
    word = word_of("Riverbank Allies Group, 19 November 2025")
    made = table(
        word,
        [
            ["Actions agreed in this meeting", "", ""],
            TABLE_HEAD,
            ["Paint the boat", "Bel", "31 Jan 2026"],
            ["Buy the paint", "", "10 Jan 2026"],
            ["Actions from previous meetings", "", ""],
            ["Ask the trust", "Hugh", "In progress"],
        ],
    )
    for row in (0, 4):
        made.cell(row, 0).merge(made.cell(row, 2))
    made.cell(2, 1).merge(made.cell(3, 1))
    assert [
        (
            one.section,
            one.text,
            [owner.as_written for owner in one.owners],
            one.deadline.as_written,
            one.status,
        )
        for one in read(saved(word)).actions
    ] == [
        (Section.AGREED, "Paint the boat", ["Bel"], "31 Jan 2026", None),
        (Section.AGREED, "Buy the paint", ["Bel"], "10 Jan 2026", None),
        (Section.CARRIED, "Ask the trust", ["Hugh"], "In progress", Status.IN_PROGRESS),
    ]


def test_tracked_changes_are_taken_as_accepted_with_a_warning():
    word = word_of("Riverbank Allies Group, 19 November 2025\nPresent: Bel Marsh")
    append(word, DELETED, ", Hugh Bannerman")
    append(word, INSERTED, ", Dev Patel")
    document = read(saved(word))
    assert [one.name for one in document.attendance] == ["Bel Marsh", "Dev Patel"]
    assert "The Word document has tracked changes: read as if all were accepted." in messages(document)


def test_comments_are_left_out_with_a_warning():
    word = word_of(NOTES)
    word.add_comment(word.paragraphs[2].runs, text="Is Hugh meant here?", author="A")
    document = read(saved(word))
    assert replace(document, warnings=()) == replace(read(NOTES.encode()), warnings=())
    assert messages(document)[0] == "1 comment in the Word document: left out."


def test_footnotes_are_points_at_the_end_with_a_warning():
    word = word_of("Riverbank Allies Group, 19 November 2025\n\nUpdates\n\n- Bel spoke.")
    append(word, '<w:r {ns}><w:footnoteReference w:id="2"/></w:r>', "")
    document = read(with_footnote(saved(word), 2, "As she said before."))
    assert [(item.title, [line.text for line in item.lines]) for item in document.agenda] == [
        ("Updates", ["Bel spoke.[1]", "As she said before."])
    ]
    assert messages(document)[0] == "The Word document has footnotes: read as points at its end."


def test_ours_is_read_exactly_after_somebody_changed_words_in_it():
    content = write_word(OURS)
    body = part_of(content, "word/document.xml")
    changed = body.replace(b"Bel gave an update.", b"Bel gave a short update.")
    assert changed != body
    found = document_in_word(with_part(content, "word/document.xml", changed))
    line = replace(OURS.agenda[0].lines[0], text="Bel gave a short update.")
    assert found == replace(OURS, agenda=(replace(OURS.agenda[0], lines=(line,)),))


def test_ours_is_read_by_the_forgiving_reader_when_something_of_another_kind_was_added():
    content = write_word(OURS)
    body = part_of(content, "word/document.xml")
    added = body.replace(b"<w:sectPr", b"<w:p><w:r><w:t>Tea was served.</w:t></w:r></w:p><w:sectPr", 1)
    content = with_part(content, "word/document.xml", added)
    assert document_in_word(content) is None
    document = read(content)
    assert (document.date, [one.name for one in document.attendance]) == ("2025-11-19", ["Bel Marsh"])
    assert [one.text for one in document.actions] == ["Share the strategy"]


def test_the_text_of_ours_keeps_the_foot_with_its_version():
    printed = Printed("Approved & sealed on 2 February 2026", f"3: {'a1' * 32}")
    text, doubts = word_as_text(write_word(OURS, printed))
    assert text == with_foot(write_text(OURS), printed)
    assert (read(text.encode()), doubts) == (OURS, ())


def test_no_word_of_the_notes_is_hidden_in_another_place_of_the_file():
    content = write_word(OURS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name).count(b"Bel") for name in archive.namelist()}
    # Present, taking it on, and in the notes.
    assert {name: count for name, count in found.items() if count} == {"word/document.xml": 3}
    assert b"w:vanish" not in part_of(content, "word/document.xml")


def test_the_file_names_no_program_that_did_not_make_it():
    with zipfile.ZipFile(io.BytesIO(write_word(OURS))) as archive:
        assert "docProps/app.xml" not in archive.namelist()
        parts = [archive.read(name) for name in archive.namelist()]
    assert [part for part in parts if b"Macintosh" in part or b"python-docx" in part] == []


def _bomb() -> bytes:
    return with_part(
        saved(word_of(NOTES)), "word/styles.xml", b"<w:styles>" + b" " * 25_000_000 + b"</w:styles>"
    )


ENTITY = b'<?xml version="1.0"?>' + b" " * 9000 + b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: with_part(saved(word_of(NOTES)), "word/vbaProject.bin", b"\x00"), "macros"),
        (_bomb, "unpacks to far more"),
        (lambda: with_part(saved(word_of(NOTES)), "word/document.xml", ENTITY), "unsafe"),
        (lambda: with_part(saved(word_of(NOTES)), "word/document.xml", b"<w:document"), "damaged"),
        (
            lambda: with_part(saved(word_of(NOTES)), "word/document.xml", b"<a>" * 9999 + b"</a>" * 9999),
            "damaged",
        ),
        (lambda: saved(word_of(NOTES))[:2000], "damaged"),
        (lambda: with_part(saved(word_of(NOTES)), "[Content_Types].xml", b"<Types/>"), "archive"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "locked with a password"),
    ],
    ids=["macros", "bomb", "entities", "broken", "deep", "cut", "other archive", "locked"],
)
def test_what_is_no_safe_word_document_is_refused_with_a_sentence(content, says):
    with pytest.raises(UnreadableNotes) as refusal:
        read(content(), "notes.docx")
    assert says in str(refusal.value)
    assert str(refusal.value).endswith(".")
