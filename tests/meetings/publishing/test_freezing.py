"""Freezing the record's own rows: what a version holds, and what it leaves out for whoever is kept from part of it."""

import pytest

from allies.models import OPERATOR
from meetings.models import Meeting, NotesVersion, Stage, VersionKind
from meetings.models.in_full import meeting_in_full
from meetings.notes.frozen import check
from meetings.notes.frozen_notes import document_of
from meetings.services.freezing import freeze
from meetings.services.frozen_content import content_of
from meetings.services.notes_out import notes_of
from tests.everything import one_of_everything

pytestmark = pytest.mark.django_db


def frozen(meeting, kind=VersionKind.CIRCULATED, stage=Stage.CIRCULATED) -> NotesVersion:
    return freeze(
        by=OPERATOR, meeting=meeting, kind=kind, content=content_of(meeting, stage=stage, by=OPERATOR)
    )


def test_what_is_frozen_reads_as_the_notes_read(today, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one_of_everything()
    for meeting in Meeting.objects.held():
        version = frozen(meeting)
        version.refresh_from_db()
        assert document_of(version.content) == notes_of(
            meeting_in_full(OPERATOR, meeting.pk, only_notes=True)
        )


def test_each_version_follows_the_one_before_it_in_its_group(today, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one_of_everything()
    meeting = Meeting.objects.held().first()
    first, second = frozen(meeting), frozen(meeting)
    assert (second.number, second.previous) == (first.number + 1, first.hash)
    for version in NotesVersion.objects.all():
        assert (
            check(
                version.content, version.sealed(), erased={}, meta=version.meta(), previous=version.previous
            )
            == []
        )
