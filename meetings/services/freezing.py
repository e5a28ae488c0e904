"""Freezing a version of a meeting's notes: its content under its seal, chained to the version before it."""

import secrets
from typing import Any

from django.db import transaction

from allies import clock
from allies.models import Actor, Body
from allies.services.keeping import hand_of
from meetings.models import Meeting, NotesStep, NotesVersion, VersionKind
from meetings.models.frozen import meta_of
from meetings.notes import frozen
from meetings.notes.frozen import Content
from meetings.stages import Step


@transaction.atomic
def freeze(*, by: Actor, meeting: Meeting, kind: VersionKind, content: Content) -> NotesVersion:
    """Freeze content as the next version in the chain of the meeting's body. The caller has checked who may.

    Versions of one body wait for each other, so that the chain never forks. Raises ValueError for content that
    cannot be frozen (`meetings.notes.frozen.places`).
    """
    Body.objects.select_for_update().only("pk").get(pk=meeting.body_id)
    last = NotesVersion.objects.filter(body=meeting.body_id).without_content().order_by("-number").first()
    number, previous, made_at = (last.number + 1 if last else 1), (last.hash if last else ""), clock.now()
    meta = meta_of(body=meeting.body_id, meeting=meeting.pk, number=number, kind=kind, made_at=made_at)
    sealed = frozen.seal(content, meta=meta, previous=previous, new_salt=_new_salt)
    return NotesVersion.objects.create(
        meeting=meeting,
        body_id=meeting.body_id,
        number=number,
        kind=kind,
        made_at=made_at,
        by=hand_of(by),
        content=content,
        salts=sealed.salts,
        digests=sealed.digests,
        hash=sealed.hash,
        previous=previous,
    )


def write_step(
    *, by: Actor, meeting: Meeting, step: Step, reason: str = "", version: NotesVersion | None = None
) -> NotesStep:
    """Write down that a step was taken. Call inside the service's transaction."""
    return NotesStep.objects.create(
        meeting=meeting,
        step=step.value,
        at=clock.now(),
        by=hand_of(by),
        reason=reason.strip(),
        version=version,
    )


def newest_shown(meeting: Meeting) -> NotesVersion | None:
    """The version that the meeting's own page shows now; None before the notes went out. One query."""
    return NotesVersion.objects.filter(meeting=meeting).shown().first()


def with_addendum(content: Content, one: dict[str, Any]) -> Content:
    """The content of a sealed version with one addendum more; everything else as it was."""
    return {**content, "addenda": [*content["addenda"], one]}


def _new_salt() -> str:
    return secrets.token_hex(16)
