"""What the page for taking notes shows: one open item, and what belongs to the whole meeting beside it.

Seven queries at most beside those of signing in, however much there is; carried actions and declarations are read
under the items that are about them.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Subquery

from actions.models import Action, Update
from allies.models import Actor
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance, CapacityKind
from meetings.models.cases import ForTheGroup, cases_of, with_cases
from meetings.models.cast import Everyone, everyone_for
from meetings.models.decision import Decision
from meetings.models.declared import InterestsAtMeeting, read_interests
from meetings.models.in_full import (
    Announced,
    announced_of,
    items_of,
    knows_its_hands,
    with_announced,
    with_owner_words,
)
from meetings.models.lists import carried_into
from meetings.models.meeting import Meeting
from meetings.models.minutes import ItemAbsence, Revision, RevisionOutcome
from meetings.models.notes_in import Mention
from meetings.notes.document import ItemKind
from meetings.notes.unfinished import STATES, LastSave, State


@dataclass(slots=True)
class Workspace:
    """A meeting as its note-taker has it open. `item` is None where the agenda is empty."""

    meeting: Meeting
    announced: list[Announced] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    item: AgendaItem | None = None
    number: int = 0
    attendance: list[Attendance] = field(default_factory=list)
    everyone: Everyone = field(default_factory=Everyone)
    mentions: list[Mention] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    cases: list[ForTheGroup] = field(default_factory=list)  # those that no item takes up
    carried: list[Action] = field(default_factory=list)
    interests: InterestsAtMeeting = field(default_factory=InterestsAtMeeting)
    reads_interests: bool = False
    shows_carried: bool = False
    shows_interests: bool = False
    reviewed_under: int | None = None  # the item under which carried actions are reviewed, by its id


def meeting_at_hand(actor: Actor, pk: int) -> tuple[Any, list[Announced], list[Attendance]]:
    """The meeting, what it announces, who is on its list: two queries. Raises Meeting.DoesNotExist.

    The meeting knows its note-takers afterwards, so that asking who may write costs nothing more.
    """
    rows = list(with_cases(with_announced(Meeting.objects.visible_to(actor).filter(pk=pk)), actor))
    if not rows:
        raise Meeting.DoesNotExist
    meeting = rows[0]
    attendance = attendance_with_absences(meeting)
    knows_its_hands(meeting, attendance)
    return meeting, [announced_of(row) for row in rows if row.announced_pk], attendance


def attendance_with_absences(meeting: Meeting) -> list[Any]:
    """Those on the list in their order, each with `kinds` of capacity and `out` (absences by item id): one query."""
    rows = (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person")
        .annotate(
            capacity=F("capacities__kind"),
            out_item=F("absences__item_id"),
            out_left=F("absences__left"),
            out_back=F("absences__back"),
        )
        .order_by("position", "pk", "capacities__pk", "absences__pk")
    )
    found: list[Any] = []
    for row in rows:
        if not found or found[-1].pk != row.pk:
            row.kinds, row.out = [], {}
            found.append(row)
        one = found[-1]
        if row.capacity and CapacityKind(row.capacity) not in one.kinds:
            one.kinds.append(CapacityKind(row.capacity))
        if row.out_item:
            one.out[row.out_item] = ItemAbsence(item_id=row.out_item, left=row.out_left, back=row.out_back)
    return found


def read_workspace(
    actor: Actor,
    meeting: Meeting,
    announced: list[Announced],
    attendance: list[Attendance],
    number: int | None,
) -> Workspace:
    """Everything else, with the item at place `number` open (counted from 1; None or beyond: the first)."""
    space = Workspace(meeting, announced=announced, attendance=attendance, cases=cases_of(meeting))
    space.items = items_of(meeting, actor, when_saved=True)
    for place, item in enumerate(space.items, 1):
        item.number, item.meeting = place, meeting  # type: ignore[attr-defined]
    if space.items:
        space.number = number if number and number <= len(space.items) else 1
        space.item = space.items[space.number - 1]
        space.mentions = [] if space.item.is_withheld else mentions_of(space.item, actor)
    space.everyone = everyone_for(meeting, attendance)
    space.decisions = list(Decision.objects.visible_to(actor).filter(meeting=meeting).standing())
    space.reviewed_under = _where(space, ItemKind.ACTIONS)
    here = space.item.pk if space.item else None
    space.shows_carried = here is not None and space.reviewed_under == here
    space.shows_interests = here is not None and _where(space, ItemKind.INTERESTS) == here
    if space.shows_carried:
        space.carried = carried_with_sayings(meeting, actor)
    # An agenda with an item for neither shows both under its first, and then links to the declarations.
    about_something = space.item is not None and space.item.about is not None
    if space.item is not None and (about_something or not space.shows_carried):
        every = space.shows_interests
        space.interests = read_interests(actor, meeting, [space.item], every_entry=every)
        space.reads_interests = True
    return space


def mentions_of(item: AgendaItem, actor: Actor) -> list[Mention]:
    """The marked lines of an item in the order of its notes, with what hangs on them: one query."""
    return list(
        item.mentions.visible_to(actor)
        .in_notes()
        .select_related("action", "decision")
        .order_by("line", "position", "pk")
    )


def last_saves(meeting_id: int) -> list[LastSave]:
    """Of each item of a meeting, when and by whom its standing notes were saved: one query."""
    standing = Revision.objects.filter(item=OuterRef("pk"), number=OuterRef("version"))
    rows = AgendaItem.objects.filter(meeting_id=meeting_id, version__gt=0).values_list(
        "pk",
        Subquery(standing.values("saved_at")[:1]),
        Subquery(standing.values("by")[:1]),
    )
    return [LastSave(*row) for row in rows]


def last_states(items: Collection[int]) -> dict[int, list[State]]:
    """The last states of each of the items that stood, the newest first: one query, and none for no items."""
    found: dict[int, list[State]] = {item: [] for item in items}
    rows = Revision.objects.filter(
        item__in=found,
        outcome=RevisionOutcome.SAVED,
        number__lte=F("item__version"),
        number__gt=F("item__version") - STATES,
    )
    for row in rows.order_by("-number") if found else ():
        found[row.item_id].append(State(row.notes, row.saved_at))
    return found


def carried_with_sayings(meeting: Meeting, actor: Actor) -> list[Action]:
    """The actions carried into the meeting, each with `said_status` and `said_note` of this meeting: one query."""
    said = Update.objects.filter(action=OuterRef("pk"), on=meeting.date, body_id=meeting.body_id).order_by(
        "-pk"
    )
    actions = carried_into(meeting, actor).annotate(
        said_pk=Subquery(said.values("pk")[:1]),
        said_status=Subquery(said.values("status")[:1]),
        said_note=Subquery(said.values("note")[:1]),
    )
    return with_owner_words(actions, actor)


def _where(space: Workspace, kind: ItemKind) -> int | None:
    """The item under which something is taken, by its id: the first of its kind, or else the first of all."""
    first = next((item for item in space.items if item.kind == kind), space.items[0] if space.items else None)
    return first.pk if first else None
