"""Word documents are brought in as texts are: in the browser and by the command. Invented notes."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actions.services import agree
from actions.services.agreeing import Owner
from allies.models import OPERATOR
from meetings.models import Meeting, SourceDocument
from meetings.notes.document import to_json
from meetings.notes.reading import read
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.form_reader import read_form
from tests.meetings.importing import SECOND, import_notes
from tests.meetings.notes.words_by_hand import INSERTED, append, saved, with_part, word_of

ADDRESS = "/meetings/import/"
NOTES = SECOND.read_text()
WORD = saved(word_of(NOTES))
MACROS = with_part(WORD, "word/vbaProject.bin", b"\x00")


@pytest.fixture
def by_team(signed_in, team, group) -> Client:
    return signed_in(team)


def looked_at(client: Client, content: bytes):
    return client.post(ADDRESS, {"file": SimpleUploadedFile("notes.docx", content), "step": "look"})


def test_a_word_document_makes_the_meeting_that_its_text_makes(by_team):
    fields = read_form(looked_at(by_team, WORD).content.decode(), "review")[0]
    page = by_team.post(ADDRESS, fields | {"step": "save"})
    meeting = Meeting.objects.get()

    assert page.status_code == 302
    assert (meeting.date, meeting.attendance.count()) == (date(2025, 3, 11), 8)
    understood = SourceDocument.objects.get().understood
    text = replace(read(NOTES.encode()), warnings=())
    assert understood | {"warnings": []} == to_json(text)


def test_what_stands_beside_the_words_is_said_on_the_page(by_team):
    word = word_of(NOTES)
    append(word, INSERTED, "We ended early.")
    page = looked_at(by_team, saved(word))

    assert "The Word document has tracked changes: read as if all were accepted." in page.content.decode()


@pytest.mark.parametrize("ending", ["docx", "html", "md", "txt"])
def test_the_documents_of_a_meeting_come_in_again_and_change_nothing(by_team, ending):
    fields = read_form(looked_at(by_team, WORD).content.decode(), "review")[0]
    by_team.post(ADDRESS, fields | {"step": "save"})
    meeting = Meeting.objects.get()
    file = by_team.get(f"/meetings/{meeting.pk}/notes.{ending}")
    page = looked_at(by_team, file.content)

    assert "These notes are in the record already." in page.content.decode()


def test_the_document_of_a_meeting_of_our_own_comes_in_again_and_changes_nothing(
    by_team, group, called, today
):
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    AgendaItemFactory(meeting=meeting, title="Progress", notes="- Bel began.")
    owner = Owner("Bel", person=called("Bel Marsh"))
    agree(by=OPERATOR, body=group, text="Draft a proposal", agreed_on=meeting.date, owners=[owner])
    file = by_team.get(f"/meetings/{meeting.pk}/notes.docx")
    page = looked_at(by_team, file.content)

    assert "These notes are in the record already." in page.content.decode()


def test_macros_are_refused_at_the_field(by_team):
    page = looked_at(by_team, MACROS)

    assert page.status_code == 422
    assert "This file has macros in it. Save it without them, or paste the notes." in page.content.decode()
    assert not Meeting.objects.exists()


def test_a_lapsed_sign_in_keeps_the_words_of_a_word_document(by_team):
    by_team.logout()
    file = SimpleUploadedFile("notes.docx", WORD)
    from_here = {"origin": "http://testserver"}
    page = by_team.post(ADDRESS, {"file": file, "step": "look"}, headers=from_here)
    kept = read_form(page.content.decode(), "form")[0]

    assert page.status_code == 403
    assert "Veronica Tindall-Moss" in kept["text"][0]


def test_the_command_reads_word(db, tmp_path):
    path = tmp_path / "hall.docx"
    path.write_bytes(WORD)
    code, out, _ = import_notes(path, dry_run=True, format="json")
    of_text = replace(read(NOTES.encode()), warnings=())

    assert code == 0
    assert json.loads(out) | {"warnings": []} == to_json(of_text)


def test_the_command_refuses_macros_and_writes_nothing(db, tmp_path):
    path = tmp_path / "hall.docm"
    path.write_bytes(MACROS)
    code, out, err = import_notes(path)

    assert (code, out) == (2, "")
    assert "This file has macros in it." in err
    assert not Meeting.objects.exists()
