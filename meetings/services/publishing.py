"""Publishing a meeting's notes, and what is chosen for the public first: withheld, shown, and who is named for it."""

from dataclasses import dataclass

from django.db import transaction

from allies import clock
from allies.models import Actor
from allies.services.keeping import change, hand_of, keep
from meetings.models import (
    Meeting,
    NotesVersion,
    Publication,
    Redaction,
    RedactionChoice,
    RedactionReason,
    Stage,
    VersionKind,
)
from meetings.models.for_public import ForPublic, for_public
from meetings.notes.places import Part, Spot
from meetings.policies import check_can_publish
from meetings.services.circulating import StepRefused, check_step, locked
from meetings.services.freezing import freeze, write_step
from meetings.services.frozen_content import made_by
from meetings.stages import Step

# Who is named can be chosen where somebody may be heard: in a line of the notes, or a statement.
SPOKEN = frozenset({Part.LINE, Part.STATEMENT})


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is withheld; `words` where the reason is another one."""

    reason: RedactionReason
    words: str = ""
    without_trace: bool = False


@transaction.atomic
def withhold(*, by: Actor, meeting: Meeting, spot: Spot, why: Why) -> Redaction:
    """Keep one place of the notes from the public. What is published already stays until it is published anew.

    Raises Refused; StepRefused for another reason that is not said.
    """
    check_can_publish(by, meeting)
    words = why.words.strip() if why.reason == RedactionReason.OTHER else ""
    if why.reason == RedactionReason.OTHER and not words:
        raise StepRefused("Say the reason in a few words", "reason_words")
    return _choose(
        by,
        meeting,
        spot,
        choice=RedactionChoice.WITHHELD,
        reason=why.reason,
        reason_words=words,
        without_trace=why.without_trace,
    )


@transaction.atomic
def say(*, by: Actor, meeting: Meeting, spot: Spot, choice: RedactionChoice) -> Redaction:
    """Show a place again, or choose who is named for what was said there. Raises Refused; ValueError for `withheld`."""
    check_can_publish(by, meeting)
    if choice == RedactionChoice.WITHHELD:
        raise ValueError("What is withheld has a reason: withhold() takes it.")
    if choice != RedactionChoice.SHOWN and spot.place.part not in SPOKEN:
        raise ValueError(f"Nobody speaks in {spot.place.part}.")
    return _choose(by, meeting, spot, choice=choice)


@transaction.atomic
def let_be(*, by: Actor, redaction: Redaction) -> Redaction:
    """Say of something withheld that is not found any more that it is gone, or withheld in its new words.

    Raises Refused.
    """
    check_can_publish(by, redaction.meeting)
    return Redaction.objects.create(
        meeting=redaction.meeting,
        part=redaction.part,
        item_id=redaction.item_id,
        action_id=redaction.action_id,
        row=redaction.row,
        words=redaction.words,
        choice=RedactionChoice.SHOWN,
        by=hand_of(by),
    )


@transaction.atomic
def publish(*, by: Actor, meeting: Meeting) -> Publication:
    """Freeze the notes as the public reads them, and put them on the public pages, at an address that stays.

    They are those that went out last, circulated or approved, and say which. Raises Refused; StepRefused for notes
    that have not gone out, where something withheld is not found any more, and where nothing would change.
    """
    check_can_publish(by, meeting)
    meeting = locked(meeting)
    check_step(Step.PUBLISH, meeting)
    found = for_public(meeting)
    if found.source is None:
        raise StepRefused("These notes have not gone out yet. Circulate them first.")
    if found.missing:
        raise StepRefused("Something that was withheld is not found in these notes. Look at it first.")
    content = {**found.derived, "made_by": made_by(by), "published": published_words(found)}
    if not would_change(found):
        raise StepRefused("Nothing has changed since these notes were published.")
    version = freeze(by=by, meeting=meeting, kind=VersionKind.PUBLISHED, content=content)
    write_step(by=by, meeting=meeting, step=Step.PUBLISH, version=version)
    return _put_out(by, found, version)


@transaction.atomic
def withdraw(*, by: Actor, meeting: Meeting, reason: str) -> None:
    """Take published notes back. The reason stands at their address, for everybody.

    Raises Refused; StepRefused without a reason, and for notes that the public cannot read.
    """
    check_can_publish(by, meeting)
    meeting = locked(meeting)
    check_step(Step.WITHDRAW, meeting)
    publication = Publication.objects.filter(meeting=meeting).first()
    if publication is None or not publication.is_open:
        raise StepRefused("These notes are not published.")
    if not reason.strip():
        raise StepRefused("Say why: everybody can read the reason", "reason")
    write_step(by=by, meeting=meeting, step=Step.WITHDRAW, reason=reason)
    change(publication, by=by, withdrawn=reason.strip(), changed_at=clock.now())


def would_change(found: ForPublic) -> bool:
    """Whether publishing would give the public anything else to read: other words, or those of a newer version.

    A published version names the one that it was made of, so a newer one is another thing to read, whatever is
    withheld of it. Where notes wait by `waiting_to_be_published`, this is true.
    """
    now = found.publication
    if found.source is None or now is None or not now.is_open:
        return found.source is not None
    before, after = now.version.content, found.derived
    said = {name for name in {*before, *after} if name not in {"made_by", "published"}}
    newer = before["published"] != published_words(found)
    return newer or any(before.get(name) != after.get(name) for name in said)


def published_words(found: ForPublic) -> dict[str, object]:
    """What a published version says of itself: which version it was made of, how far the notes had come, in words.

    Raises ValueError for notes that have not gone out.
    """
    source = found.source
    if source is None:
        raise ValueError("These notes have not gone out yet.")
    sealed = source.content["stage"] == Stage.SEALED
    day = clock.day_of(source.made_at) if sealed else found.meeting.circulated_on
    on = f" on {day.day} {day:%B %Y}" if day else ""
    return {
        "of": source.number,
        "hash": source.hash,
        "stage": f"Approved{on}" if sealed else f"Circulated{on}, not yet approved",
    }


def _choose(
    by: Actor,
    meeting: Meeting,
    spot: Spot,
    *,
    choice: RedactionChoice,
    reason: str = "",
    reason_words: str = "",
    without_trace: bool = False,
) -> Redaction:
    at = spot.place
    return Redaction.objects.create(
        meeting=meeting,
        part=at.part.value,
        item_id=at.item if at.item is not None else spot.item,
        action_id=spot.action,
        row=at.row,
        words=spot.words,
        choice=choice,
        reason=reason,
        reason_words=reason_words,
        without_trace=without_trace,
        by=hand_of(by),
    )


def _put_out(by: Actor, found: ForPublic, version: NotesVersion) -> Publication:
    now, publication = clock.now(), found.publication
    if publication is None:
        publication = Publication(
            meeting=found.meeting,
            address=_free_address(found.meeting),
            version=version,
            published_at=now,
            changed_at=now,
        )
        keep(publication, by=by)
    else:
        change(publication, by=by, version=version, changed_at=now, withdrawn="")
    return publication


def _free_address(meeting: Meeting) -> str:
    """The day; where the notes of another group of that day stand there, with the group's own address."""
    day = meeting.date.isoformat()
    tried = [day, f"{day}-{meeting.body.slug}"]
    tried += [f"{tried[1]}-{number}" for number in range(2, 100)]
    taken = set(Publication.objects.filter(address__startswith=day).values_list("address", flat=True))
    return next(one for one in tried if one not in taken)
