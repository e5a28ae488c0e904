"""The group's own notes of November 2025 on their whole way. They name real people: nothing of them stands here."""

import os
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from allies.models import Account, Body
from meetings.models import Correction, Meeting, NotesVersion, Publication, Stage
from meetings.models.in_full import meeting_in_full
from meetings.notes.frozen_notes import document_of
from meetings.safekeeping.verifying import verify_record
from meetings.services.notes_out import notes_of
from tests.factories import AccountFactory, AppointmentFactory, MeetingFactory
from tests.meetings.importing import import_notes

NOTES = Path(__file__).parents[4] / "shared" / "notes"

if not NOTES.is_dir() and os.environ.get("ALLIES_REQUIRE_SHARED") == "1":
    pytest.fail(f"The group's notes are not at {NOTES}.", pytrace=False)
pytestmark = pytest.mark.skipif(not NOTES.is_dir(), reason="the group's own notes are not beside the project")


@pytest.fixture
def november(today, group, core_team) -> Meeting:
    assert import_notes(NOTES / "2025-11-19.txt")[0] in {0, 1}
    return Meeting.objects.get(body=group, date=date(2025, 11, 19))


def account_there(meeting: Meeting, group: Body) -> Account:
    """An account for somebody who was there, as a member of the group."""
    row = meeting.attendance.filter(presence="present", person__isnull=False).first()
    AppointmentFactory(person=row.person, body=group)
    return AccountFactory(person=row.person)


def test_they_are_circulated_corrected_approved_in_february_sealed_and_verified(
    november, group, team, client
):
    february = MeetingFactory(body=group, date=date(2026, 2, 3), stage=Stage.PLANNED)
    before = notes_of(meeting_in_full(team, november.pk, only_notes=True))
    page = reverse("meetings:circulation", args=[november.pk])
    client.force_login(team)
    assert client.post(f"{page}circulate/").status_code == 302
    first = NotesVersion.objects.get()
    assert document_of(first.content) == before
    assert february.items.get(approves=november).position == 0

    item = november.items.exclude(notes="").first()
    line = document_of(first.content).agenda[0].lines[0].text
    there = account_there(november, group)
    client.force_login(there)
    sent = {"kind": "correction", "about": f"item-{item.pk}", "line": line, "words": "Otherwise."}
    assert client.post(f"{page}suggest/", sent).status_code == 302
    one = Correction.objects.get()
    client.force_login(team)
    form = client.get(f"{page}corrections/{one.pk}/").context["form"]
    corrected = {"answer": "accept", "base": form.initial["base"], "notes": f"{item.notes}\n- Otherwise."}
    assert client.post(f"{page}corrections/{one.pk}/", corrected).status_code == 302

    assert client.post(reverse("meetings:begin_workspace", args=[february.pk])).status_code == 302
    approval = {"at_meeting": february.pk, "chaired_by_name": "Wren Chair"}
    assert client.post(f"{page}approve/", approval).status_code == 302
    november.refresh_from_db()
    sealed = NotesVersion.objects.get(kind="sealed")
    assert november.stage == Stage.SEALED
    assert sealed.content["actions"] == first.content["actions"]
    assert [change["item"] for change in sealed.content["approval"]["changes"]] == [item.pk]
    assert document_of(sealed.content).attendance == before.attendance
    assert verify_record().found == []
    for address in (page, november.get_absolute_url(), sealed.get_absolute_url(), first.get_absolute_url()):
        assert client.get(address).status_code == 200


def test_they_are_published_with_one_paragraph_withheld_and_one_that_nobody_is_named_for(
    november, team, client
):
    client.force_login(team)
    client.post(reverse("meetings:circulate", args=[november.pk]))
    page = reverse("meetings:publish", args=[november.pk])
    before = document_of(NotesVersion.objects.get().content)
    spoken = [(item, line) for item in before.agenda for line in item.lines if line.speaker]
    withheld, unnamed = spoken[0][1], spoken[-1][1]
    for choice, line in (("withheld", withheld), ("nobody", unnamed)):
        rows = [row for group in client.get(page).context["groups"] for row in group.rows]
        key = next(row.key for row in rows if row.fate.spot.words == line.text)
        sent = {"choose": f"{choice}:{key}", "reason": "personal"}
        assert client.post(page, sent).status_code == 302
    assert client.post(f"{page}out/").status_code == 302
    client.logout()
    version = Publication.objects.get().version
    after = document_of(version.content)
    assert (after.attendance, after.actions) == (before.attendance, before.actions)
    assert len(after.decisions) == len(before.decisions)
    said = {
        ending: client.get(f"/notes/2025-11-19/notes.{ending}") for ending in ("html", "txt", "md", "json")
    }
    for ending, response in said.items():
        words = unescape(response.content.decode())
        assert withheld.text not in words, ending
        assert "A paragraph is withheld: personal." in words, ending
        assert unnamed.text not in words, ending
        assert unnamed.text[len(unnamed.speaker) :][:20] in words, ending
    assert [client.get(f"/notes/2025-11-19/notes.{ending}").status_code for ending in ("docx", "pdf")] == [
        200,
        200,
    ]
    assert verify_record().found == []
