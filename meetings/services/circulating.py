"""Circulating a meeting's notes, and reopening them: the steps of `meetings/stages.py` before approval."""

from typing import Any

from django.db import transaction

from allies import clock
from allies.models import Actor
from allies.services.keeping import change
from meetings.models import Meeting, NotesVersion, Stage, VersionKind
from meetings.notes.frozen import Content
from meetings.policies import check_can_keep_notes
from meetings.services.approval_items import approvals_follow
from meetings.services.freezing import freeze, newest_shown, write_step
from meetings.services.frozen_content import content_of
from meetings.services.inviting import Invited, write_to
from meetings.services.keeping_current import bring_up_to_date
from meetings.stages import Step, may_follow, not_now


class StepRefused(ValueError):
    """Why a step cannot be taken now. In a sentence; `field` names the form's field it belongs to, if one."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def circulate(*, by: Actor, meeting: Meeting) -> NotesVersion:
    """Freeze the notes as they read now, and ask those who were there to check their words.

    Both lists of actions are frozen with them; circulated again after a correction, they stay as they were. From now
    on the record of the meeting is closed. "With the notes" falls due on this day. Raises Refused; StepRefused for a
    meeting that is not held, sealed notes, and where nothing is different from what was circulated last.
    """
    check_can_keep_notes(by, meeting)
    meeting = locked(meeting)
    check_step(Step.CIRCULATE, meeting)
    again = newest_shown(meeting) if meeting.stage == Stage.CIRCULATED else None
    content = content_of(meeting, stage=Stage.CIRCULATED, by=by)
    if again is not None:
        content = as_circulated(again.content, content)
        if _says_the_same(again.content, content):
            raise StepRefused("Nothing has changed since these notes were circulated.")
    version = freeze(by=by, meeting=meeting, kind=VersionKind.CIRCULATED, content=content)
    write_step(by=by, meeting=meeting, step=Step.CIRCULATE, version=version)
    change(
        meeting,
        by=by,
        reason="circulated",
        stage=Stage.CIRCULATED,
        circulated_on=meeting.circulated_on or clock.today(),
    )
    approvals_follow(by=by, body=meeting.body)
    bring_up_to_date(meeting.body)
    return version


@transaction.atomic
def reopen(*, by: Actor, meeting: Meeting, reason: str) -> None:
    """Make circulated notes a draft again, and say why. What was circulated stays readable.

    Raises Refused; StepRefused without a reason, for a draft, and for sealed notes: those are never reopened.
    """
    check_can_keep_notes(by, meeting)
    meeting = locked(meeting)
    check_step(Step.REOPEN, meeting)
    if not reason.strip():
        raise StepRefused("Say why: the reason goes in the record", "reason")
    write_step(by=by, meeting=meeting, step=Step.REOPEN, reason=reason)
    change(meeting, by=by, reason=f"reopened: {reason.strip()}"[:100], stage=Stage.DRAFT, circulated_on=None)
    approvals_follow(by=by, body=meeting.body)
    bring_up_to_date(meeting.body)


def ask_those_there(*, by: Actor, meeting: Meeting, address: str) -> Invited:
    """Write to everybody who was there that the notes wait for their eyes. `address` is the page, with its host.

    Raises Refused; StepRefused for notes that are not circulated.
    """
    check_can_keep_notes(by, meeting)
    if meeting.stage != Stage.CIRCULATED:
        raise StepRefused("These notes are not circulated, so nobody is asked about them.")
    there = meeting.attendance.filter(presence="present", person__isnull=False).select_related("person")
    return write_to(
        meeting,
        [one.person for one in there if one.person],
        address=address,
        template="meetings/mail/circulated.txt",
        subject="Notes to check: ",
    )


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the service is done."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body").get(pk=meeting.pk)


def check_step(step: Step, meeting: Meeting) -> None:
    """Raise StepRefused where the table does not let a step follow now."""
    if meeting.called_off or not may_follow(step, meeting.stage):
        raise StepRefused(
            "This meeting was called off, so it has no notes."
            if meeting.called_off
            else not_now(step, meeting.stage)
        )


def as_circulated(frozen: Content, now: Content) -> Content:
    """What was circulated, with the notes of its items as they were corrected since, and the statements."""
    return {
        **frozen,
        "stage": now["stage"],
        "made_by": now["made_by"],
        "agenda": now["agenda"],
        "statements": now["statements"],
    }


def _says_the_same(before: Content, after: Content) -> bool:
    return _without_hand(before) == _without_hand(after)


def _without_hand(content: Content) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name != "made_by"}
