"""The PDF reads aloud as it looks: tagged, with title, language and headings in order; long tables go on whole."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Decision,
    Line,
    NotedAction,
    NotesDocument,
    Owner,
    Presence,
    Section,
)
from meetings.notes.printed.foot import Printed
from meetings.notes.printed.pdf import write_pdf

pytestmark = pytest.mark.usefixtures("can_set_pdf")

ACTION = NotedAction(Section.AGREED, "Share the strategy", ("also with the trust",), (Owner("Bel"),))
NOTES = NotesDocument(
    title="Riverbank Allies Group",
    body="Allies Group",
    date="2025-11-19",
    attendance=(Attendee("Zoë Łukasz", "Zoë Łukasz", Presence.PRESENT),),
    actions=(ACTION, replace(ACTION, section=Section.CARRIED)),
    agenda=(AgendaItem("Income", (), lines=(Line("Bel gave an update.", None, (), "Bel"),)),),
    decisions=(Decision("We go on."),),
)
HASH = "3f2a9bcd77ee00112233445566778899aabbccddeeff00112233445566778899"
MARGIN = 40  # points: less than the margin of a page


@pytest.fixture(scope="module")
def reader(can_set_pdf) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(NOTES, Printed("Circulated on 3 December 2025", f"1: {HASH}"))))


def elements(node: Any) -> Iterator[DictionaryObject]:
    """The elements of structure below a node, in reading order."""
    node = node.get_object()
    for child in node if isinstance(node, list) else [node]:
        child = child.get_object()
        if isinstance(child, DictionaryObject):
            if "/S" in child:
                yield child
            if "/K" in child:
                yield from elements(child["/K"])


def tags(reader: PdfReader) -> list[str]:
    return [element["/S"] for element in elements(reader.trailer["/Root"]["/StructTreeRoot"])]


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_tagged_and_says_its_title_and_language(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Riverbank Allies Group, meeting notes, 19 November 2025"
    assert reader.metadata.author == "Allies Group"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


def test_its_headings_are_in_order_and_stand_in_its_contents(reader):
    assert [tag for tag in tags(reader) if tag in {"/H1", "/H2", "/H3"}] == [
        "/H1",  # Riverbank Allies Group
        "/H2",  # Members
        "/H2",  # Actions
        "/H2",  # Conflicts of interest
        "/H2",  # Summary of conversation
        "/H3",  # 1. Income
        "/H2",  # Decisions
        "/H2",  # Date of next meeting
    ]
    assert reader.outline[0].title == "Riverbank Allies Group"
    assert [one.title for one in reader.outline[1] if not isinstance(one, list)] == [
        "Members",
        "Actions",
        "Conflicts of interest",
        "Summary of conversation",
        "Decisions",
        "Date of next meeting",
    ]


def test_every_cell_of_a_table_names_its_heads(reader):
    found = list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))
    heads = {element["/ID"] for element in found if element["/S"] == "/TH"}
    assert len(heads) == 2 * (4 + 1)  # the columns, and the words of the action
    cells = [element for element in found if element["/S"] == "/TD"]
    assert len(cells) == 2 * 3
    for cell in cells:
        named = set(cell["/A"]["/Headers"])
        assert len(named) == 2
        assert named <= heads


def test_every_typeface_comes_with_it(reader):
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_names_and_the_foot_are_read_whole(reader):
    words = words_of(reader)
    assert "Present: Zoë Łukasz" in words
    assert f"About this document: Circulated on 3 December 2025. Version 1: {HASH}." in words
    assert "Circulated on 3 December 2025. Page 1 of " in words


def test_a_long_table_repeats_its_head_and_a_row_longer_than_a_page_is_not_cut():
    longest = NotedAction(Section.AGREED, " ".join(f"word{number}" for number in range(900)))
    rows = tuple(NotedAction(Section.AGREED, f"Row{number} of many") for number in range(60))
    reader = PdfReader(BytesIO(write_pdf(replace(NOTES, actions=(*rows, longest)))))
    words = words_of(reader).split()
    for wanted in [*(f"Row{number}" for number in range(60)), *(f"word{number}" for number in range(900))]:
        assert words.count(wanted) == 1, wanted
    for page in reader.pages:
        assert lowest_words(page) > MARGIN
        said = page.extract_text()
        if "of many" in said:
            assert "Actions agreed in this meeting" in said


def lowest_words(page: Any) -> float:
    """How far above the foot of the paper the lowest words stand, in points."""
    heights: list[float] = []

    def visit(text: str, _matrix: Any, place: Any, *_: Any) -> None:
        if text.strip():
            heights.append(place[5])

    page.extract_text(visitor_text=visit)
    return min(heights)
