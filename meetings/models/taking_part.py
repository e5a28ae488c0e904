"""Who took part in a decision, and who did not, and why: read for one page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from allies.interests import Handling as How
from allies.interests import standing_of
from allies.models import Actor, Appointment, BodyKind
from allies.models.bodies import Post
from allies.models.held import ROLE_OF
from allies.powers import Role
from meetings.interests import takes_part
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance, CapacityKind, Presence
from meetings.models.cases import in_conflict_with
from meetings.models.decision import Decision
from meetings.models.handling import Handling
from meetings.models.in_full import attendance_of
from meetings.models.meeting import Meeting
from risks.models import Case


@dataclass(frozen=True, slots=True)
class NotDeciding:
    """Somebody whose declaration kept them out of a decision, and how it was handled."""

    name: str
    how: How
    reason: str
    decided_by: str


@dataclass(slots=True)
class TookPart:
    """Of those who were at the meeting: who counted for the decision, who stood aside, who was there besides.

    `aside` are those who were there without a part in the group's decisions: guests and the core team; `out` those who
    had gone out for the item without having declared anything.
    """

    names: list[str] = field(default_factory=list)
    # Those of `names` who are in the record, by their id; and of whom it was said how their interest was handled.
    people: dict[int, str] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    not_deciding: list[NotDeciding] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)


def who_took_part(actor: Actor, decision: Decision) -> TookPart:
    """Read it: three queries. Nobody is named where nobody was written down as present."""
    return who_takes_part(actor, decision.meeting, decision.item_id)


def who_takes_part(
    actor: Actor, meeting: Meeting, item_id: int | None, attendance: list[Attendance] | None = None
) -> TookPart:
    """The same before anything was decided: who counts for what a meeting decides under an item. Three queries.

    `attendance` is what `attendance_of` gives for the item, where the page has read it already.
    """
    found = TookPart()
    handled: dict[int | str, list[How]] = {}
    if item_id:
        rows = (
            Handling.objects.visible_to(actor)
            .standing()
            .filter(item=item_id)
            .select_related("declaration__person", "decided_by")
            .order_by("pk")
        )
        for row in rows:
            how, declaration = How(row.how), row.declaration
            name = str(declaration.person or declaration.name_as_written or "Somebody")
            handled.setdefault(declaration.person_id or declaration.name_as_written, []).append(how)
            if declaration.person_id:
                found.handled.add(declaration.person_id)
            if not takes_part([how]):
                found.not_deciding.append(NotDeciding(name, how, row.reason, str(row.decided_by or "")))
    roles = _roles_at(meeting)
    for one in attendance_of(meeting, item_id) if attendance is None else attendance:
        if one.presence != Presence.PRESENT:
            continue
        kinds = set(one.kinds)  # type: ignore[attr-defined]
        role = roles.get(one.person_id or 0)
        if role is None and not kinds & {CapacityKind.GUEST, CapacityKind.OBSERVER}:
            # The notes have them there as one of the group, and nobody has said since from when they sat on it.
            role = Role.ALLY
        how_handled = handled.get(one.person_id or one.name_as_written, [])
        if not standing_of(how_handled, role).decides:
            if standing_of([], role).decides is False:
                found.aside.append(one.name)
        elif one.is_out:  # type: ignore[attr-defined]
            found.out.append(one.name)
        else:
            found.names.append(one.name)
            if one.person_id:
                found.people[one.person_id] = one.name
    return found


def not_deciding_at(actor: Actor, items: Iterable[int]) -> dict[int, list[str]]:
    """The names of those who took no part in the decisions of these items, by the item's id: one query."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = (
        Handling.objects.visible_to(actor)
        .standing()
        .filter(item__in=set(items))
        .select_related("declaration__person")
    )
    for row in rows:
        if takes_part([How(row.how)]):
            continue
        name = str(row.declaration.person or row.declaration.name_as_written or "Somebody")
        found[row.item_id][name] = None
    return {item: sorted(names) for item, names in found.items()}


def not_handled_yet(case: Case, item: AgendaItem, taking_part: TookPart) -> list[str]:
    """The names of those who would count, have an interest in the case, and of whom nobody has said how it is handled.

    One query.
    """
    waiting = in_conflict_with(case, taking_part.people, item.meeting.date) - taking_part.handled
    return [name for person, name in taking_part.people.items() if person in waiting]


def _roles_at(meeting: Meeting) -> dict[int, Role]:
    """The strongest place of each person on the meeting's body on its day; the core team serves every body."""
    found: dict[int, Role] = {}
    places = Appointment.objects.on(meeting.date).select_related("body")
    for place in places.filter(person__attendance__meeting=meeting).distinct():
        if place.body_id == meeting.body_id:
            role = ROLE_OF[Post(place.post)]
            if found.get(place.person_id) is not Role.CHAIR:
                found[place.person_id] = role
        elif place.body.kind == BodyKind.CORE_TEAM:
            found.setdefault(place.person_id, Role.CORE_TEAM)
    return found
