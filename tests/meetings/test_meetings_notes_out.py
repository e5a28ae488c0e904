"""A meeting's notes as files: what was read comes out again, and what the record says of its own meetings."""

import json
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from actions.deadlines import read_deadline
from actions.services import agree, record_update
from actions.services.agreeing import Owner
from actions.statuses import Status
from allies.models import OPERATOR
from meetings.models import Meeting, Presenter, Stage
from meetings.models.in_full import meeting_in_full
from meetings.notes.document import Attendee, Capacity, NotesDocument, Presence, Section, to_json
from meetings.notes.reading import read, read_text
from meetings.services import notes_out
from meetings.services.copies import COPIES
from meetings.services.importing import Incoming, bring_in
from tests.factories import AgendaItemFactory, AttendanceFactory, BodyFactory, CapacityFactory, MeetingFactory

pytestmark = pytest.mark.django_db

SAMPLES = sorted((Path(__file__).parent / "notes" / "samples").glob("*.txt"))
REAL = sorted((Path(__file__).parents[3] / "shared" / "notes").glob("20*-*-*.txt"))

NOTES = """Riverbank Allies Group

Meeting notes: Wednesday 19 November 2025

Members

Present: Hugh Bannerman (chaired the meeting), Bel Marsh, Dev Patel (guest, notetaking).

Apologies: Carys Lund (co-chair), Kit Sorensen.

Actions

Actions agreed in this meeting\tPerson taking this on\tDeadline
Draft a proposal about future co-chairing.\tBel / Dev\t31 Jan 2026
Share the strategy with the group once able.\tBel\tOngoing

Actions from previous meetings\tPerson taking this on\tDeadline
Ask the Harbour Trust about its approach.\tBel\tIn progress

Summary of conversation

No conflicts of interest were declared.

Progress & risk report, Bel

- Bel provided an update on income.
- Hugh asked if the plan has been impacting the prospects.
 - Bel outlined that it was early to know.
 - ACTION:** Bel to share the strategy once able.

Any other business

- Bel suggested one lived experience and one learnt experience Chair, the group agreed.

Date of next meetings:

- Tuesday 10 February 2026, 11:00–13:00
"""


def brought_in(text: str, body) -> tuple[Meeting, NotesDocument]:
    read = read_text(text)
    return bring_in(by=OPERATOR, body=body, incoming=Incoming(read, text, "notes.txt")).meeting, read


def notes_of(meeting: Meeting, reader) -> NotesDocument:
    return notes_out.notes_of(meeting_in_full(reader, meeting.pk, only_notes=True))


def apart_from_warnings(document: NotesDocument) -> dict:
    return to_json(replace(document, warnings=()))


def test_what_was_read_of_a_document_comes_out_again(group, today):
    meeting, read = brought_in(NOTES, group)
    assert apart_from_warnings(notes_of(meeting, OPERATOR)) == apart_from_warnings(read)


@pytest.mark.skipif(not REAL, reason="the group's own notes are not beside this checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_groups_own_notes_come_out_as_they_were_read(path, group, today):
    meeting, read = brought_in(path.read_text(), group)
    assert apart_from_warnings(notes_of(meeting, OPERATOR)) == apart_from_warnings(read)


def test_what_was_changed_since_comes_out_changed(group, today):
    meeting, _ = brought_in(NOTES, group)
    CapacityFactory(attendance=meeting.attendance.get(name_as_written="Kit Sorensen"), kind="observer")
    found = notes_of(meeting, OPERATOR).attendance[-1]
    assert found == Attendee(
        "Kit Sorensen", "Kit Sorensen (observer)", Presence.APOLOGIES, (Capacity.OBSERVER,)
    )


def test_a_meeting_of_our_own_says_what_was_agreed_carried_and_closed(group, today, called):
    early = MeetingFactory(body=group, date=date(2025, 3, 4))
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19), starts=time(11), place="Town hall")
    bel = called("Bel Marsh")
    for text, agreed_on in (
        ("Draft a proposal", meeting.date),
        ("Ask the trust", early.date),
        ("Write to the funder", early.date),
    ):
        action = agree(
            by=OPERATOR,
            body=group,
            text=text,
            agreed_on=agreed_on,
            deadline=read_deadline("31 Jan 2026"),
            owners=[Owner("Bel", person=bel), Owner("Team", "support")],
        )
        if text == "Write to the funder":
            record_update(by=OPERATOR, action=action, status=Status.DONE, on=date(2025, 6, 1))
    item = AgendaItemFactory(
        meeting=meeting, title="Progress", kind="report", notes="- Bel began.\n  - Hugh asked."
    )
    Presenter.objects.create(item=item, as_written="Bel")
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=bel), kind="chair")
    document = notes_of(meeting, OPERATOR)
    assert (document.title, document.body, document.date, document.starts, document.place) == (
        "Allies Group",
        "Allies Group",
        "2025-11-19",
        "11:00",
        "Town hall",
    )
    assert [one.as_written for one in document.attendance] == ["Bel Marsh (chaired the meeting)"]
    assert [(row.section, row.text, row.status) for row in document.actions] == [
        (Section.AGREED, "Draft a proposal", None),
        (Section.CARRIED, "Ask the trust", Status.TODO),
        (Section.CARRIED, "Write to the funder", Status.DONE),
    ]
    assert [(one.as_written, one.role) for one in document.actions[0].owners] == [
        ("Bel Marsh", "lead"),
        ("Team", "support"),
    ]
    assert [(one.title, one.presenters, len(one.lines)) for one in document.agenda] == [
        ("Progress", ("Bel",), 1)
    ]


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("html", "text/html; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_reads_back_as_the_notes(group, ally, signed_in, today, ending, content_type):
    meeting, _ = brought_in(NOTES, group)
    file = signed_in(ally).get(reverse("meetings:notes_file", args=[meeting.pk, ending]))
    assert read(file.content) == notes_of(meeting, ally)
    assert file["Content-Type"] == content_type
    assert file["Content-Disposition"] == f'attachment; filename="2025-11-19-allies-group-notes.{ending}"'
    assert file["X-Content-Type-Options"] == "nosniff"


def test_the_json_is_the_schemas_and_nothing_beside(group, ally, signed_in, today):
    meeting, _ = brought_in(NOTES, group)
    file = signed_in(ally).get(reverse("meetings:notes_file", args=[meeting.pk, "json"]))
    assert json.loads(file.content) == to_json(notes_of(meeting, ally))
    assert file["Content-Type"] == "application/json"


def test_there_are_no_notes_of_a_meeting_to_come_nor_in_other_forms(group, ally, signed_in, today):
    planned = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    held = MeetingFactory(body=group, date=date(2025, 2, 10))
    elsewhere = MeetingFactory(body=BodyFactory(), date=date(2025, 2, 10))
    client = signed_in(ally)
    for meeting, ending in ((planned, "txt"), (held, "exe"), (elsewhere, "txt")):
        assert client.get(reverse("meetings:notes_file", args=[meeting.pk, ending])).status_code == 404


@pytest.mark.parametrize("rows", [1, 15])
def test_a_file_takes_as_many_queries_at_one_row_and_at_many(
    group, ally, signed_in, django_assert_num_queries, today, rows
):
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    for number in range(rows):
        AttendanceFactory(meeting=meeting)
        AgendaItemFactory(meeting=meeting, position=number, notes="- Something was said.")
        agree(by=OPERATOR, body=group, text="Write", agreed_on=meeting.date, owners=[Owner("Bel")])
    client = signed_in(ally)
    with django_assert_num_queries(10):
        assert client.get(reverse("meetings:notes_file", args=[meeting.pk, "txt"])).status_code == 200


def test_the_pdf_says_what_the_notes_say_and_how_far_they_are(group, ally, signed_in, today, can_set_pdf):
    meeting, _ = brought_in(NOTES, group)
    file = signed_in(ally).get(reverse("meetings:notes_file", args=[meeting.pk, "pdf"]))
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())
    assert "Bel suggested one lived experience and one learnt experience Chair, the group agreed." in said
    assert "About this document: Draft notes." in said
    assert file["Content-Type"] == "application/pdf"


def test_without_pango_the_pdf_says_so_and_the_other_forms_are_offered(
    group, ally, signed_in, today, without_pango
):
    meeting, _ = brought_in(NOTES, group)
    client = signed_in(ally)
    page = client.get(reverse("meetings:notes_file", args=[meeting.pk, "pdf"]))
    assert page.status_code == 503
    assertContains(page, "This machine cannot make a PDF: Pango", status_code=503)
    offered = [copy.ending for copy in COPIES if copy.ending != "pdf"]
    for ending in offered:
        address = reverse("meetings:notes_file", args=[meeting.pk, ending])
        assertContains(page, f'href="{address}"', status_code=503)
        assert client.get(address).status_code == 200
    assertNotContains(page, reverse("meetings:notes_file", args=[meeting.pk, "pdf"]), status_code=503)


def test_the_page_of_a_meeting_offers_every_form(group, ally, signed_in, today):
    meeting, _ = brought_in(NOTES, group)
    page = signed_in(ally).get(meeting.get_absolute_url())
    for copy in COPIES:
        address = reverse("meetings:notes_file", args=[meeting.pk, copy.ending])
        assertContains(page, f'<a href="{address}">{copy.name}</a>', html=True)
