"""The item that makes itself: notes that were circulated stand on the next meeting's agenda, to be approved."""

from django.db import transaction

from allies.models import Actor, Body
from allies.services.keeping import discard, keep
from meetings.models import AgendaItem, ItemKind, Meeting, Purpose, Stage

# Before everything else that is on an agenda.
FIRST = 0


@transaction.atomic
def approvals_follow(*, by: Actor, body: Body) -> None:
    """Let every set of circulated notes of a body stand on the agenda of the next meeting that can approve it.

    That is the first later one whose own notes are open. An item that nobody wrote under goes where its notes go: away
    when they are reopened or approved elsewhere, on when the meeting is called off. Call after anything that moves
    meetings or their stages; doing it twice changes nothing.
    """
    meetings = list(Meeting.objects.standing().filter(body=body).order_by("date", "pk"))
    waiting = [one for one in meetings if one.stage == Stage.CIRCULATED]
    standing = list(
        AgendaItem.objects.filter(meeting__body=body, approves__isnull=False).select_related(
            "meeting", "approves"
        )
    )
    wanted = {(one.pk, there.pk): one for one in waiting if (there := _next_open(one, meetings)) is not None}
    for item in standing:
        open_still = item.meeting.stage in {Stage.PLANNED, Stage.DRAFT}
        if (item.approves_id, item.meeting_id) not in wanted and open_still and not item.has_a_record():
            discard(item, by=by, reason="the notes are approved elsewhere, or not yet")
    there_already = {(item.approves_id, item.meeting_id) for item in standing}
    for (notes, meeting), one in wanted.items():
        if (notes, meeting) not in there_already:
            keep(
                AgendaItem(
                    meeting_id=meeting,
                    approves=one,
                    position=FIRST,
                    title=f"Notes of the meeting of {one.date.day} {one.date:%B %Y}, to approve",
                    kind=ItemKind.OTHER.value,
                    purpose=Purpose.DECISION,
                ),
                by=by,
                reason="made itself: these notes were circulated",
            )


def _next_open(notes: Meeting, meetings: list[Meeting]) -> Meeting | None:
    later = [one for one in meetings if one.date > notes.date and one.stage in {Stage.PLANNED, Stage.DRAFT}]
    return later[0] if later else None
