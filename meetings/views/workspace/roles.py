"""Who chairs and who takes the notes, in one press: those who are likely first, everybody else a press further."""

from dataclasses import dataclass
from typing import Any

from allies.models import Actor
from allies.policies import powers_of
from meetings.models import Attendance, CapacityKind, Presence
from meetings.models.workspace import Workspace

AWAY = {Presence.APOLOGIES, Presence.ABSENT}


@dataclass(frozen=True, slots=True)
class Role:
    """One thing that somebody does at a meeting: those who are offered for it, and those who are not away."""

    kind: str
    words: str
    offered: list[Any]
    others: list[Any]


def roles(space: Workspace, rows: list[Any], actor: Actor) -> list[Role]:
    """Chair and note-taker, from the `rows` of the attendance (each with `who`); a row says `does` whether they do it.

    For the chair: the chairs of the group; where all of them are away, those who are here. For the notes: whoever is
    at this page, and guests, who often come for that.
    """
    here = [row for row in rows if row.presence == Presence.PRESENT]
    chairs = [row for row in rows if row.person_id in space.everyone.chairs and row.presence not in AWAY]
    mine = [row for row in rows if row.person_id and row.person_id == powers_of(actor).person_id]
    if not mine:
        mine = _not_listed(space, actor)
    guests = [row for row in here if CapacityKind.GUEST in _kinds(row)]
    return [
        _role(CapacityKind.CHAIR, "In the chair", chairs or here, rows),
        _role(
            CapacityKind.NOTETAKER, "Takes the notes", mine + [row for row in guests if row not in mine], rows
        ),
    ]


def _role(kind: CapacityKind, words: str, likely: list[Any], rows: list[Any]) -> Role:
    does = [row for row in rows if kind in _kinds(row)]
    offered = [row for row in rows if row in likely or row in does]
    offered += [row for row in likely if row not in rows]
    others = [row for row in rows if row not in offered and row.presence not in AWAY]
    return Role(kind.value, words, [(row, row in does) for row in offered], [(row, False) for row in others])


def _kinds(row: Any) -> list[CapacityKind]:
    return getattr(row, "kinds", [])


def _not_listed(space: Workspace, actor: Actor) -> list[Any]:
    """Whoever is at this page, where they are on no list of the meeting."""
    person = space.everyone.people.get(powers_of(actor).person_id or 0)
    if person is None:
        return []
    row = Attendance(meeting=space.meeting, person=person)
    row.who = f"person-{person.pk}"  # type: ignore[attr-defined]
    return [row]
