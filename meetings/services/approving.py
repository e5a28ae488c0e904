"""Approving notes, which seals them, and adding to them afterwards: the last steps of `meetings/stages.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from allies import clock
from allies.models import Actor, Person
from allies.policies import check_not_withheld
from allies.services.keeping import change, hand_of, keep
from meetings.models import (
    AgendaItem,
    Approval,
    Correction,
    CorrectionKind,
    CorrectionState,
    Decision,
    DecisionKind,
    Meeting,
    NotesVersion,
    Reached,
    Stage,
    VersionKind,
)
from meetings.policies import check_can_add_to_notes, check_can_record_approval
from meetings.services.approval_items import approvals_follow
from meetings.services.circulating import StepRefused, as_circulated, check_step, locked
from meetings.services.freezing import freeze, newest_shown, with_addendum, write_step
from meetings.services.frozen_content import addendum, approval_in_words, content_of, made_by
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.minutes import something_moved
from meetings.services.places import next_place
from meetings.stages import Step


@dataclass(frozen=True, slots=True)
class Approving:
    """What the approving meeting said: who chaired it (a person, or a name), and its changes in words, one each."""

    chaired_by: Person | None = None
    chaired_by_name: str = ""
    changes: Sequence[str] = ()


@transaction.atomic
def seal(*, by: Actor, meeting: Meeting, at_meeting: Meeting, said: Approving) -> Approval:
    """Record that a later meeting approved these notes, as presented or with changes: one act, which seals them.

    It stands in both records: here as the approval, there as a decision under the item that made itself. Corrections
    that were accepted since the notes last went round count as changes. Raises Refused; StepRefused for notes that
    are not circulated, a meeting that cannot approve them, corrections that wait for an answer, and without a chair.
    """
    check_can_record_approval(by, at_meeting)
    meeting, at_meeting = locked(meeting), locked(at_meeting)
    check_step(Step.SEAL, meeting)
    _check_it_can_approve(at_meeting, meeting)
    if said.chaired_by is None and not said.chaired_by_name.strip():
        raise StepRefused("Say who chaired the meeting that approved them", "chaired_by")
    if Correction.objects.filter(meeting=meeting).open().exists():
        raise StepRefused("A correction still waits for an answer. Accept it or decline it first.")
    presented = newest_shown(meeting)
    if presented is None:
        raise StepRefused("No version of these notes was circulated.")
    changes = [*_accepted_since(presented), *_in_words(said.changes)]
    decision = _decide(by, meeting, at_meeting, with_changes=bool(changes))
    change(meeting, by=by, reason="approved and sealed", stage=Stage.SEALED)
    approval = Approval(
        meeting=meeting,
        at_meeting=at_meeting,
        chaired_by=said.chaired_by,
        chaired_by_as_written="" if said.chaired_by else said.chaired_by_name.strip(),
        changes=changes,
        decision=decision,
        recorded_by=hand_of(by),
        recorded_at=clock.now(),
    )
    now = content_of(meeting, stage=Stage.SEALED, by=by)
    content = {**as_circulated(presented.content, now), "approval": approval_in_words(approval)}
    approval.version = freeze(by=by, meeting=meeting, kind=VersionKind.SEALED, content=content)
    approval.save()
    write_step(by=by, meeting=meeting, step=Step.SEAL, version=approval.version)
    approvals_follow(by=by, body=meeting.body)
    bring_up_to_date(meeting.body)
    something_moved(at_meeting)
    return approval


@transaction.atomic
def add_to_notes(*, by: Actor, meeting: Meeting, words: str, item: AgendaItem | None = None) -> NotesVersion:
    """Add a dated addendum below sealed notes; the notes themselves stay as they were approved.

    Where it is about one item, whoever is kept from that item is kept from the addendum. Raises Refused; StepRefused
    without words, for notes that are not sealed, and for an item of another meeting.
    """
    check_can_add_to_notes(by, meeting)
    check_not_withheld(by, item)
    meeting = locked(meeting)
    check_step(Step.ADD, meeting)
    if not words.strip():
        raise StepRefused("Write what is to stand below the notes", "words")
    if item is not None and item.meeting_id != meeting.pk:
        raise StepRefused("That item is on another meeting’s agenda", "item")
    before = newest_shown(meeting)
    if before is None:
        raise StepRefused("No version of these notes was sealed.")
    content = {
        **with_addendum(before.content, addendum(words=words, by=by, item=item.pk if item else None)),
        "made_by": made_by(by),
    }
    version = freeze(by=by, meeting=meeting, kind=VersionKind.ADDENDUM, content=content)
    write_step(by=by, meeting=meeting, step=Step.ADD, version=version)
    return version


def can_approve(at_meeting: Meeting, meeting: Meeting) -> bool:
    """Whether a meeting can approve these notes: a later one of the same body, held, its own notes still open."""
    return (
        at_meeting.body_id == meeting.body_id
        and at_meeting.date > meeting.date
        and at_meeting.stage == Stage.DRAFT
        and not at_meeting.called_off
    )


def _check_it_can_approve(at_meeting: Meeting, meeting: Meeting) -> None:
    if not can_approve(at_meeting, meeting):
        raise StepRefused(
            "Choose a later meeting of the same group that has been held, and whose own notes are still a draft",
            "at_meeting",
        )


def _accepted_since(presented: NotesVersion) -> list[dict[str, Any]]:
    rows = Correction.objects.filter(
        meeting=presented.meeting_id,
        kind=CorrectionKind.CORRECTION,
        state=CorrectionState.ACCEPTED,
        answered_at__gt=presented.made_at,
    ).select_related("item")
    return [{"item": one.item_id, "action": one.action_id, "words": _as_it_came_out(one)} for one in rows]


def _as_it_came_out(correction: Correction) -> str:
    """What an accepted correction changed: whoever wrote the notes may have put it in other words than suggested."""
    item = correction.item
    if item is None or " ".join(correction.words.split()) in " ".join(item.notes.split()):
        return correction.in_words()
    what = f"“{correction.line}” was put right" if correction.line else "Something missing was written down"
    return f"{what}, in other words than those that were suggested"


def _in_words(changes: Sequence[str]) -> list[dict[str, Any]]:
    """What the meeting itself changed: words that everybody in the group reads."""
    return [{"item": None, "action": None, "words": line.strip()} for line in changes if line.strip()]


def _decide(by: Actor, meeting: Meeting, at_meeting: Meeting, *, with_changes: bool) -> Decision:
    """What the approving meeting's own record says. The changes stand with the notes, where each keeps its matter."""
    how = "with changes" if with_changes else "as presented"
    item = AgendaItem.objects.filter(meeting=at_meeting, approves=meeting).first()
    decision = Decision(
        meeting=at_meeting,
        item=item,
        text=f"The notes of the meeting of {meeting.date.day} {meeting.date:%B %Y} were approved {how}.",
        kind=DecisionKind.DECISION,
        reached=Reached.AGREED,
        position=next_place(at_meeting.decisions),
    )
    keep(decision, by=by, reason="approved earlier notes")
    return decision
