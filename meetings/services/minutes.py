"""Keeping an item's notes: what somebody hands in is kept first, and then stands, is joined, or waits for a choice.

docs/decisions/0010-saving-notes.md says how a browser speaks to this. No word that was handed in is ever lost:
it is in the item's notes or in its revisions.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from allies import clock
from allies.models import Actor
from allies.services.keeping import hand_of
from meetings.models import AgendaItem, LiveNotes, Meeting, Revision, RevisionOutcome
from meetings.notes.comparing import rebase
from meetings.policies import check_can_write_notes, check_can_write_under
from meetings.services.holding import hold_open
from meetings.services.marked_lines import follow_lines

LONGEST = 200_000  # letters of one item's notes: some thirty hours of fast typing


class NotesRefused(ValueError):
    """What cannot be kept as notes. Its words say why, and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a save: the text that stands now, and the revision that holds what was handed in.

    `version` and `notes` are what stands (for a conflict: the other's); `kept` is the number of the revision with
    the words handed in, which is `version` itself when they stand. `by` is whose words stand, as a name.
    """

    outcome: RevisionOutcome
    version: int
    notes: str
    kept: int
    saved_at: datetime | None
    by: str


def tidy(notes: str) -> str:
    """The text as it is kept: lines end in "\\n", without spaces at their ends."""
    lines = notes.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


@transaction.atomic
def save_notes(
    *, by: Actor, item: AgendaItem, notes: str, base: int, save_id: UUID | None = None, words: str = ""
) -> Kept:
    """Keep the notes of `item`, typed upon version `base`. The same `save_id` again changes nothing.

    Where somebody else has saved since, the two are joined if no line was touched by both; else what was handed
    in is kept as a revision and the answer is a conflict. `words` say what it was made of ("brought back").
    Raises Refused, also once the notes have gone out; NotesRefused for a text of more than `LONGEST` letters;
    AgendaItem.DoesNotExist once the item is gone.
    """
    check_can_write_under(by, item.meeting, item)
    if len(notes) > LONGEST:
        raise NotesRefused("This is too long for one item. Put part of it under another item.")
    notes = tidy(notes)
    meeting = item.meeting
    hold_open(meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    item.meeting = meeting
    if save_id is not None:
        before = Revision.objects.filter(item=item, save_id=save_id).first()
        if before is not None:
            return _answered(item, before)
    if notes == item.notes:
        return _as_it_stands(item)
    number = _next_number(item, by=by)
    if base == item.version:
        return _let_stand(item, notes, number, base, by=by, save_id=save_id, words=words)
    typed_upon = Revision.objects.filter(item=item, number=base).values_list("notes", flat=True).first()
    joined = rebase(typed_upon, item.notes, notes) if typed_upon is not None else None
    if joined is None:
        handed_in = _revision(
            item,
            notes,
            number,
            base,
            by=by,
            save_id=save_id,
            outcome=RevisionOutcome.CONFLICT,
            answer=item.version,
        )
        return _answered(item, handed_in)
    if joined == item.notes:
        handed_in = _revision(
            item,
            notes,
            number,
            base,
            by=by,
            save_id=save_id,
            outcome=RevisionOutcome.MERGED,
            answer=item.version,
        )
        return _answered(item, handed_in)
    handed_in = _revision(
        item, notes, number, base, by=by, save_id=save_id, outcome=RevisionOutcome.MERGED, answer=number + 1
    )
    _let_stand(item, joined, number + 1, item.version, by=by, words="two people’s lines joined")
    return _answered(item, handed_in)


@transaction.atomic
def save_corrected(*, by: Actor, item: AgendaItem, notes: str, base: int, words: str) -> Revision:
    """Let corrected notes stand, also once they have gone out; `words` say by which correction.

    The caller has checked who may, and holds the meeting. Raises NotesRefused where the notes moved on since version
    `base`, where nothing is different, and for a text of more than `LONGEST` letters.
    """
    if len(notes) > LONGEST:
        raise NotesRefused("This is too long for one item. Put part of it under another item.")
    notes = tidy(notes)
    meeting = item.meeting
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    item.meeting = meeting
    if item.version != base:
        raise NotesRefused("Somebody changed these notes while you were writing. Look at them again.")
    if notes == item.notes:
        raise NotesRefused("Nothing is different yet. Write the line as it should read.")
    number = _next_number(item, by=by)
    _let_stand(item, notes, number, item.version, by=by, words=words)
    return Revision.objects.get(item=item, number=number)


@transaction.atomic
def bring_back(*, by: Actor, revision: Revision) -> Kept:
    """Let the words of an earlier revision stand again, as a new one. Raises as `save_notes`."""
    item = AgendaItem.objects.select_related("meeting").get(pk=revision.item_id)
    return save_notes(
        by=by,
        item=item,
        notes=revision.notes,
        base=item.version,
        words=f"brought back from {revision.number}",
    )


def note_rewritten(item: AgendaItem, before: str, *, by: Actor) -> None:
    """After notes were written by a document: keep what stood `before`, and what stands now, as revisions."""
    if before == item.notes:
        return
    written = item.notes
    item.notes = before
    number = _next_number(item, by=by)
    _let_stand(item, written, number, item.version, by=by, words="brought in from a document", lines=False)


def something_moved(meeting: Meeting) -> int:
    """Raise the number that followers compare, and give it. Call inside the service's transaction."""
    live, _ = LiveNotes.objects.select_for_update().get_or_create(meeting=meeting)
    live.revision += 1
    live.save(update_fields=["revision"])
    return live.revision


@transaction.atomic
def let_follow(*, by: Actor, meeting: Meeting, on: bool) -> None:
    """Let others at the meeting follow the notes as they are typed, or no longer. Raises Refused."""
    check_can_write_notes(by, meeting)
    live, _ = LiveNotes.objects.select_for_update().get_or_create(meeting=meeting)
    live.followed = on
    live.revision += 1
    live.save(update_fields=["followed", "revision"])


def _let_stand(
    item: AgendaItem,
    notes: str,
    number: int,
    base: int,
    *,
    by: Actor,
    save_id: UUID | None = None,
    words: str = "",
    lines: bool = True,
) -> Kept:
    revision = _revision(item, notes, number, base, by=by, save_id=save_id, words=words, answer=number)
    item.notes, item.version = notes, number
    item.moved = something_moved(item.meeting)
    # The revision is the history of the notes; the item's own says what the agenda says.
    item.skip_history_when_saving = True  # type: ignore[attr-defined]
    item.save(update_fields=["notes", "version", "moved"])
    del item.skip_history_when_saving  # type: ignore[attr-defined]
    if lines:
        follow_lines(item)
    return _answered(item, revision)


def _next_number(item: AgendaItem, *, by: Actor) -> int:
    """The number of the next revision. Notes that were there before any was kept become the first."""
    last: int | None = Revision.objects.filter(item=item).aggregate(last=Max("number"))["last"]
    if last is None and item.notes:
        _revision(item, item.notes, 0, 0, by=None, answer=0, words="as it was before it was first saved here")
        return 1
    return max(last or 0, item.version) + 1


def _revision(
    item: AgendaItem,
    notes: str,
    number: int,
    base: int,
    *,
    by: Actor | None,
    answer: int,
    save_id: UUID | None = None,
    outcome: RevisionOutcome = RevisionOutcome.SAVED,
    words: str = "",
) -> Revision:
    return Revision.objects.create(
        item=item,
        number=number,
        notes=notes,
        by=None if by is None else hand_of(by),
        saved_at=clock.now(),
        save_id=save_id,
        base=base,
        outcome=outcome,
        answer=answer,
        words=words,
    )


def _answered(item: AgendaItem, handed_in: Revision) -> Kept:
    """The answer to a save, the same however often it is asked for."""
    named = handed_in
    if handed_in.answer != handed_in.number:
        standing = (
            Revision.objects.filter(item=item, number=handed_in.answer).select_related("by__person").first()
        )
        if standing is None:
            return Kept(
                RevisionOutcome(handed_in.outcome), item.version, item.notes, handed_in.number, None, ""
            )
        named = standing
    return Kept(
        RevisionOutcome(handed_in.outcome),
        named.number,
        named.notes,
        handed_in.number,
        named.saved_at,
        str(named.by or ""),
    )


def _as_it_stands(item: AgendaItem) -> Kept:
    """What was handed in is what stands: nothing new to keep."""
    standing = Revision.objects.filter(item=item, number=item.version).first()
    return Kept(
        RevisionOutcome.SAVED,
        item.version,
        item.notes,
        item.version,
        standing.saved_at if standing else clock.now(),
        "",
    )
