"""What is outstanding before a meeting, and what one reader carries of it and of anything else.

A page may ask twelve times, and signing in takes four: what belongs together is asked for together, and the
number of rows never changes the number of questions.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from actions.models import Action, Assignment, Update
from actions.statuses import CLOSED
from allies.models import Actor
from allies.models.expressions import yes_or_no
from allies.policies import powers_of
from meetings.models.lists import carried_into
from meetings.models.meeting import Meeting
from meetings.models.notes_in import Mention
from meetings.outstanding import Group, OpenAction, in_groups, soonest

# So many of each group, and of one's own, keep the page within 12 KB over the wire (DESIGN §10).
MOST_OF_A_GROUP = 25


@dataclass(frozen=True, slots=True)
class Said:
    """What was last said of an action, as its card shows it."""

    by: str | None
    on: date
    note: str


@dataclass(slots=True)
class Outstanding:
    """What is open before a meeting, and what the reader carries of it and of anything else.

    Of each group, and of one's own, the first twenty-five are here, with `owners`; the numbers are of all. One's own
    have `said`, and count as updated when anything was said of them since their group last met.
    """

    groups: dict[Group, list[Action]] = field(default_factory=dict)
    counts: dict[Group, int] = field(default_factory=dict)
    unconfirmed: int = 0
    mine: list[Action] = field(default_factory=list)
    mine_count: int = 0
    mine_updated: int = 0

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def outstanding_before(meeting: Meeting | None, actor: Actor, today: date) -> Outstanding:
    """Read it in three queries: what each open action's place depends on, the rows to show, their owners.

    What is outstanding is exactly what `carried_into` gives for the meeting; without a meeting, all that is open.
    """
    read = [_Read(*values) for values in _open_actions(meeting, actor).values_list(*_COLUMNS)]
    groups = in_groups(
        (one.action for one in read if one.is_outstanding),
        today=today,
        meeting_on=meeting.date if meeting else None,
        ask_after=settings.ALLIES_ASK_AFTER_CARRIES,
    )
    mine = sorted((one for one in read if one.is_mine), key=lambda one: soonest(one.action))
    shown = {group: [one.pk for one in some[:MOST_OF_A_GROUP]] for group, some in groups.items()}
    shown_of_mine = [one.pk for one in mine[:MOST_OF_A_GROUP]]
    rows = _rows_of({pk for some in shown.values() for pk in some}, set(shown_of_mine))
    return Outstanding(
        groups={group: [rows[pk] for pk in some] for group, some in shown.items()},
        counts={group: len(some) for group, some in groups.items()},
        unconfirmed=sum(1 for one in read if one.is_outstanding and not one.stands),
        mine=[rows[pk] for pk in shown_of_mine],
        mine_count=len(mine),
        mine_updated=sum(1 for one in mine if one.is_updated),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    pk: int
    since: date
    due_on: date | None
    stands: bool
    times_carried: int
    last_met: date | None
    last_mentioned: date | None
    is_outstanding: bool
    is_mine: bool
    last_updated: date | None

    @property
    def action(self) -> OpenAction:
        return OpenAction(
            self.pk,
            self.since,
            self.due_on,
            self.stands,
            self.times_carried,
            self.last_met,
            self.last_mentioned,
        )

    @property
    def is_updated(self) -> bool:
        after = max(self.since, self.last_met or self.since)
        return self.last_updated is not None and self.last_updated > after


_COLUMNS = [name.name for name in fields(_Read)]


def _open_actions(meeting: Meeting | None, actor: Actor) -> Any:
    """What is outstanding, and what somebody carries, with what their places on the page depend on."""
    person = powers_of(actor).person_id
    visible = Action.objects.visible_to(actor)
    before = carried_into(meeting, actor) if meeting else visible.open()
    holding = Assignment.objects.current().filter(action=OuterRef("pk"), person=person)
    carrying = Exists(holding) & ~Q(status__in=CLOSED) if person else Q(pk__in=[])
    held = Meeting.objects.held().filter(body=OuterRef("body")).order_by("-date")
    spoken_of = Mention.objects.filter(action=OuterRef("pk")).order_by("-meeting__date")
    updates = Update.objects.filter(action=OuterRef("pk")).order_by("-on")
    return (
        visible.with_since()
        .annotate(
            is_outstanding=yes_or_no(Q(pk__in=before.order_by().values("pk"))), is_mine=yes_or_no(carrying)
        )
        .filter(Q(is_outstanding=True) | Q(is_mine=True))
        .annotate(
            last_met=Subquery(held.values("date")[:1]),
            last_mentioned=Case(When(stands=False, then=Subquery(spoken_of.values("meeting__date")[:1]))),
            last_updated=Case(When(is_mine=True, then=Subquery(updates.values("on")[:1]))),
        )
        .order_by()
    )


def _rows_of(outstanding: set[int], mine: set[int]) -> dict[int, Any]:
    """The actions by id, with their owners; one's own with what was last said."""
    said = Update.objects.filter(action=OuterRef("pk")).exclude(note="").latest_first()

    def last(column: str) -> Case:
        return Case(When(pk__in=mine, then=Subquery(said.values(column)[:1])))

    rows = (
        Action.objects.filter(pk__in=outstanding | mine)
        .annotate(said_by=last("by__full_name"), said_on=last("on"), said_note=last("note"))
        .with_owners()
    )
    found: dict[int, Any] = {}
    for action in rows:
        action.said = Said(action.said_by, action.said_on, action.said_note) if action.said_note else None
        found[action.pk] = action
    return found
