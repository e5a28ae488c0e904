"""What stands at the foot of a document: how far the notes are, and of which frozen version these are the words."""

from datetime import date

import pytest
from django.utils import timezone

from meetings.models import NotesVersion
from meetings.models.in_full import meeting_in_full
from meetings.notes.printed.foot import Printed
from meetings.services.approving import Approving, seal
from meetings.services.circulating import circulate
from meetings.services.copies import COPIES, copy_of, printed_of
from meetings.services.corrections import Suggested, accept, suggest
from meetings.services.notes_out import notes_of
from meetings.services.planning import begin_notes

pytestmark = pytest.mark.django_db


def foot(reader, meeting) -> Printed:
    full = meeting_in_full(reader, meeting.pk, only_notes=True)
    return printed_of(full, notes_of(full))


def newest(meeting) -> NotesVersion:
    return NotesVersion.objects.filter(meeting=meeting).order_by("number").last()


def test_a_draft_names_no_version(way, team):
    assert foot(team, way.meeting) == Printed("Draft notes")


def test_circulated_notes_name_the_version_that_went_round(way, team):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    version = newest(way.meeting)
    day = way.meeting.circulated_on
    assert foot(team, way.meeting) == Printed(f"Circulated on {day.day} {day:%B %Y}", f"1: {version.hash}")


def test_notes_that_were_corrected_since_are_no_version_yet(way, team):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    line, better = "Ada: the hall is too small", "Ada: the hall is too damp"
    one = suggest(
        by=way.there, meeting=way.meeting, suggested=Suggested(words=better, line=line, item=way.hall)
    )
    accept(by=team, correction=one, notes=way.hall.notes.replace(line, better), base=0)
    day = way.meeting.circulated_on
    assert foot(team, way.meeting) == Printed(f"Circulated on {day.day} {day:%B %Y}, and corrected since")


def test_sealed_notes_name_the_version_that_was_approved_in_every_form(way, team):
    circulate(by=team, meeting=way.meeting)
    begin_notes(by=team, meeting=way.next_one)
    said = Approving(chaired_by_name="Wren Chair")
    seal(by=team, meeting=way.meeting, at_meeting=way.next_one, said=said)
    version = newest(way.meeting)
    day: date = timezone.localdate(version.made_at)
    expected = Printed(f"Approved on {day.day} {day:%B %Y}", f"{version.number}: {version.hash}")
    assert foot(team, way.meeting) == expected
    full = meeting_in_full(team, way.meeting.pk, only_notes=True)
    for copy in COPIES:
        if copy.ending in {"txt", "md", "html"}:
            assert f"About this document: {expected.words}" in copy_of(full, copy).decode()
