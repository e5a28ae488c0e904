"""Gathering what a frozen version holds: the whole notes of a meeting with everything they show."""

from typing import Any

from allies import clock
from allies.models import OPERATOR, Account, Actor
from meetings.models import (
    Approval,
    Correction,
    CorrectionKind,
    CorrectionState,
    Decision,
    Meeting,
    SourceDocument,
    Stage,
)
from meetings.models.in_full import MeetingInFull, meeting_in_full
from meetings.models.taking_part import who_took_part
from meetings.notes.document import NotesDocument, from_json, plain, to_json
from meetings.notes.frozen import Content
from meetings.notes.frozen_notes import FORM
from meetings.services.notes_out import notes_of
from meetings.services.parts_of_notes import agenda_out, titles_in


def content_of(meeting: Meeting, *, stage: Stage, by: Actor) -> Content:
    """Give what a version frozen now holds: the notes as they read, with the id of what each part is of.

    Who made it stands in the content, so that the name enters the hash as words that can be erased.
    """
    full = meeting_in_full(OPERATOR, meeting.pk, only_notes=True, as_it_is=True)
    document = notes_of(full)
    said = to_json(document)
    return {
        "form": FORM,
        "stage": str(stage),
        "made_by": made_by(by),
        "group": meeting.body.name,
        "notes": {
            **{
                name: said[name]
                for name in ("title", "body", "date", "starts", "ends", "place", "next_meetings")
            },
            "interests": {name: said["interests"][name] for name in ("state", "as_written")},
        },
        "attendance": _attendance(full, said),
        "declarations": _declarations(full, document),
        "actions": _actions(full, said),
        "agenda": _agenda(full, said),
        "decisions": _decisions(full, said),
        "statements": _statements(meeting),
        "approval": None,
        "addenda": [],
    }


def made_by(by: Actor) -> dict[str, Any]:
    """Who made a version, as its content says it."""
    return {"account": by.pk if isinstance(by, Account) else None, "name": str(by)}


def approval_in_words(approval: Approval) -> dict[str, Any]:
    """An approval as a sealed version holds it: a sentence, the changes, and the meeting that approved."""
    at = approval.at_meeting
    changed = approval.changes
    chaired = str(approval.chaired_by or approval.chaired_by_as_written)
    how = "with changes" if changed else "as presented"
    return {
        "words": f"Approved {how} by the meeting of {at.date:%A} {at.date.day} {at.date:%B %Y}, chaired by {chaired}.",
        "changes": [{**one, "words": plain(one["words"])} for one in changed],
        "meeting": at.pk,
        "chaired_by": chaired,
    }


def addendum(*, words: str, by: Actor, item: int | None) -> dict[str, Any]:
    """An addendum as a version holds it, of today."""
    day = clock.today()
    return {
        "item": item,
        "day": f"{day.day} {day:%B %Y}",
        "on": day.isoformat(),
        "by": str(by),
        "words": "\n".join(filter(None, map(plain, words.splitlines()))),
    }


def _attendance(full: MeetingInFull, said: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [row for row in full.attendance if row.presence]
    return [
        {"row": row.pk, "person": row.person_id, **one}
        for row, one in zip(rows, said["attendance"], strict=True)
    ]


def _declarations(full: MeetingInFull, document: NotesDocument) -> list[dict[str, Any]]:
    # The document drops what has no words; the record has no such declaration but one that is still being written.
    standing = [one for one in full.interests.standing if plain(one.words) or one.about.name or one.handled]
    found = []
    for one, written in zip(standing, document.interests.declarations, strict=True):
        found.append(
            {
                "declaration": one.pk,
                "person": one.person_id,
                "name": written.name,
                "words": written.words,
                "bare": plain(one.words) or written.words,
                "handled": [
                    {
                        "item": handled.item_id,
                        "how": handled.how.value,
                        "reason": handled.reason,
                        "decided_by": handled.decided_by,
                    }
                    for handled in one.handled
                ],
            }
        )
    return found


def _actions(full: MeetingInFull, said: dict[str, Any]) -> list[dict[str, Any]]:
    if full.brought_in:
        keys: dict[tuple[str, str], list[int]] = {}
        for section, rows in (("agreed", full.listed_agreed), ("carried", full.listed_carried)):
            for row in rows:
                if row.action_id is not None:
                    keys.setdefault((section, row.text), []).append(row.action_id)
        # Two rows of one table with the same words are told apart by their order.
        return [
            {"action": _next(keys.get((one["section"], one["text"]), [])), **one} for one in said["actions"]
        ]
    actions = [*full.agreed, *full.carried, *full.closed]
    return [{"action": action.pk, **one} for action, one in zip(actions, said["actions"], strict=True)]


def _next(keys: list[int]) -> int | None:
    if not keys:
        return None
    return keys.pop(0) if len(keys) > 1 else keys[0]


def _agenda(full: MeetingInFull, said: dict[str, Any]) -> list[dict[str, Any]]:
    # The same question as the document's, one item at a time: it leaves out what was only planned.
    source = SourceDocument.objects.filter(meeting=full.meeting).first() if full.brought_in else None
    spoken_of = titles_in(from_json(source.understood) if source else None)
    items: list[Any] = [item for item in full.items if agenda_out([item], spoken_of)]
    return [{"item": item.pk, **one} for item, one in zip(items, said["agenda"], strict=True)]


def _decisions(full: MeetingInFull, said: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "decision": row.pk,
            "item": row.item_id,
            "kind": row.kind,
            "votes": row.votes_words,
            **one,
            **_part(row),
        }
        for row, one in zip(full.decisions, said["decisions"], strict=True)
    ]


def _part(decision: Decision) -> dict[str, Any]:
    found = who_took_part(OPERATOR, decision)
    return {
        "took_part": found.names,
        "took_no_part": [
            {"name": one.name, "how": one.how.value, "reason": one.reason, "decided_by": one.decided_by}
            for one in found.not_deciding
        ],
        "besides": found.aside,
    }


def _statements(meeting: Meeting) -> list[dict[str, Any]]:
    """The statements that stand beside the notes: accepted, whatever they are about."""
    rows = Correction.objects.filter(
        meeting=meeting, kind=CorrectionKind.STATEMENT, state=CorrectionState.ACCEPTED
    ).select_related("person")
    return [
        {
            "correction": row.pk,
            "person": row.person_id,
            "name": row.whose,
            "item": row.item_id,
            "action": row.action_id,
            "words": plain(row.words),
        }
        for row in rows
    ]
