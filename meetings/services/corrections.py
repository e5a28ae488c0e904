"""Corrections to circulated notes: suggested by those who were there, answered by whoever keeps the notes."""

from dataclasses import dataclass

from django.db import transaction

from actions.models import Action
from allies import clock
from allies.models import Actor, Person
from allies.policies import can, check_not_withheld, is_self
from allies.powers import Permission, Refused
from allies.services.keeping import hand_of, person_of
from meetings.models import (
    AgendaItem,
    Correction,
    CorrectionKind,
    CorrectionPlace,
    CorrectionState,
    Meeting,
    Stage,
)
from meetings.models.circulation import window_of
from meetings.policies import check_can_keep_notes, check_can_suggest
from meetings.services.circulating import StepRefused, locked
from meetings.services.freezing import newest_shown
from meetings.services.minutes import NotesRefused, save_corrected


@dataclass(frozen=True, slots=True)
class Suggested:
    """What somebody suggests: `line` are the words as they stand, empty for what is missing; `words` theirs.

    `item` or `action` where it is about one. For somebody else (a guest without an account): `person` or `name`.
    """

    words: str
    kind: CorrectionKind = CorrectionKind.CORRECTION
    place: CorrectionPlace = CorrectionPlace.WHOLE
    item: AgendaItem | None = None
    action: Action | None = None
    line: str = ""
    person: Person | None = None
    name: str = ""


@transaction.atomic
def suggest(*, by: Actor, meeting: Meeting, suggested: Suggested) -> Correction:
    """Keep a suggested correction, or a statement to stand beside the notes.

    Those who were there do it within the window; chairs and the core team until the notes are sealed, and the core
    team for others, too. Raises Refused; StepRefused without words, for notes that are not circulated, and for an
    item or action of another meeting's.
    """
    check_can_suggest(by, meeting)
    meeting = locked(meeting)
    _check_whose(by, meeting, suggested)
    check_not_withheld(by, suggested.item, suggested.action)
    version = newest_shown(meeting)
    if meeting.stage != Stage.CIRCULATED or version is None:
        raise StepRefused("Corrections are for notes that are circulated and not yet approved.")
    closes = window_of(meeting)
    if closes and clock.today() > closes and not can(by, Permission.WRITE_NOTES, body=meeting.body_id):
        raise StepRefused(
            f"Words could be checked until {closes.day} {closes:%B %Y}. Tell the core team what is wrong: "
            "they can still write it down."
        )
    if not suggested.words.strip():
        raise StepRefused("Write what it should say", "words")
    if suggested.item is not None and suggested.item.meeting_id != meeting.pk:
        raise StepRefused("That item is on another meeting’s agenda", "about")
    listed = {one["action"] for one in version.content["actions"]}
    if suggested.action is not None and suggested.action.pk not in listed:
        raise StepRefused("That action is not in the lists of these notes", "about")
    own = person_of(by)
    person = suggested.person or (None if suggested.name.strip() else own)
    if person is None and not suggested.name.strip():
        raise StepRefused("Say whose correction it is", "name")
    return Correction.objects.create(
        meeting=meeting,
        version=version,
        kind=suggested.kind,
        place=CorrectionPlace.ITEM if suggested.item else suggested.place,
        item=suggested.item,
        action=suggested.action,
        line=suggested.line.strip(),
        words=suggested.words.strip(),
        person=person,
        name_as_written="" if person else suggested.name.strip(),
        entered_by=hand_of(by),
        suggested_at=clock.now(),
    )


@transaction.atomic
def accept(
    *, by: Actor, correction: Correction, notes: str | None = None, base: int = 0, reason: str = ""
) -> None:
    """Accept a correction. Of an item: `notes` are its notes as they read now, typed upon version `base`.

    They stand at once, and go out when the notes are circulated again or approved. A statement stands beside the
    notes from then on. What is about a list, or who was there, is accepted once somebody reopened the notes and put
    it right. Raises Refused; StepRefused; NotesRefused as `save_corrected` does.
    """
    correction = _held(by, correction)
    of_item = correction.kind == CorrectionKind.CORRECTION and correction.item is not None
    circulated = correction.meeting.stage == Stage.CIRCULATED
    if of_item and correction.item and notes is not None:
        save_corrected(
            by=by,
            item=correction.item,
            notes=notes,
            base=base,
            words=f"corrected, as suggested by {correction.whose}"[:200],
        )
    elif of_item and circulated:
        raise NotesRefused("Write the notes of this item as they should read.")
    elif correction.kind == CorrectionKind.CORRECTION and circulated:
        raise StepRefused("Reopen the notes, put it right there, and then accept this.")
    _answer(by, correction, CorrectionState.ACCEPTED, reason)


@transaction.atomic
def decline(*, by: Actor, correction: Correction, reason: str) -> None:
    """Decline a correction, and say why; both stay readable. Raises Refused; StepRefused without a reason."""
    correction = _held(by, correction)
    if not reason.strip():
        raise StepRefused("Say why: whoever suggested it reads this", "reason")
    _answer(by, correction, CorrectionState.DECLINED, reason)


def _held(by: Actor, correction: Correction) -> Correction:
    """The correction as it is now, its meeting held. Raises Refused, StepRefused."""
    meeting = locked(correction.meeting)
    check_can_keep_notes(by, meeting)
    found = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("item", "action", "person")
        .get(pk=correction.pk)
    )
    found.meeting = meeting
    check_not_withheld(by, found.item, found.action)
    if found.state != CorrectionState.OPEN:
        raise StepRefused("Somebody has answered this already.")
    if meeting.stage == Stage.SEALED:
        raise StepRefused("These notes are approved and sealed.")
    if found.item is not None:
        found.item.meeting = meeting
    return found


def _answer(by: Actor, correction: Correction, state: CorrectionState, reason: str) -> None:
    correction.state, correction.reason = state, reason.strip()
    correction.answered_by = hand_of(by)
    correction.answered_at = clock.now()
    correction.save(update_fields=["state", "reason", "answered_by", "answered_at"])


def _check_whose(by: Actor, meeting: Meeting, suggested: Suggested) -> None:
    for_another = suggested.name.strip() or (suggested.person and not is_self(by, suggested.person))
    if for_another and not can(by, Permission.ANSWER_FOR_ANYONE, body=meeting.body_id):
        raise Refused(
            Permission.ANSWER_FOR_ANYONE, "Only the core team can suggest a correction for somebody else."
        )
