"""Before leaving: what does not agree between the notes and the list of actions, read from the record.

`meetings.notes.reconciling` knows what does not agree; `settling_notes` does something about it. Nothing blocks.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from actions.models import Action, Update
from allies.models import Actor
from allies.policies import kept_from
from meetings.models import Attendance, Mention, Settled
from meetings.models.cast import everyone_for
from meetings.models.in_full import Announced
from meetings.models.lists import agreed_at, carried_into
from meetings.models.meeting import Meeting
from meetings.notes.document import Marker
from meetings.notes.reconciling import Disagreement, ListedAction, MarkedLine, Named, disagreements
from meetings.notes.understanding import Understood
from meetings.services.picking_up import NamedOwner, Names, understand_line
from risks.models import CaseDecision


@dataclass(slots=True)
class Reconciling:
    """What does not agree, with the rows that it speaks of, by id."""

    meeting: Meeting
    names: Names
    found: tuple[Disagreement[int], ...] = ()
    mentions: dict[int, Mention] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    understood: dict[int, Understood] = field(default_factory=dict)
    owners: dict[int, tuple[NamedOwner, ...]] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)

    def one(self, key: str) -> Disagreement[int] | None:
        """What does not agree, by its id; None once it does."""
        return next((one for one in self.found if one.id == key), None)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to settle: the notes are ready to be sent round."""
        return not self.found


def read_before_leaving(
    actor: Actor, meeting: Meeting, announced: list[Announced], attendance: list[Attendance]
) -> Reconciling:
    """Everything that does not agree in a meeting's notes. Six queries, however much there is."""
    names = Names(meeting, everyone_for(meeting, attendance))
    reading = Reconciling(meeting, names)
    mentions = (
        Mention.objects.visible_to(actor)
        .in_notes()
        .filter(meeting=meeting)
        .exclude(asks="gone")
        .select_related("item", "action", "decision")
        .order_by("item__position", "item_id", "line", "position", "pk")
    )
    numbers: dict[int, int] = {}
    lines = []
    roster = None
    for mention in mentions:
        if roster is None:
            roster = names.roster("")
        reading.mentions[mention.pk] = mention
        lines.append(_line(reading, mention, numbers, roster))
    actions = [_listed(reading, action) for action in _actions(meeting, actor)]
    reading.settled = list(Settled.objects.filter(meeting=meeting).select_related("by__person"))
    days = [one.date.first_day() for one in announced if one.date and one.date.day]
    next_on = min(days, default=None)
    if kept_from(actor):
        # "That is right" repeats the words: it is shown to whoever may see what it was said of.
        seen = {one.id for one in disagreements(lines, actions, next_meeting_on=next_on, settled=set())}
        reading.settled = [one for one in reading.settled if one.key in seen]
    reading.found = disagreements(
        lines, actions, next_meeting_on=next_on, settled={one.key for one in reading.settled}
    )
    return reading


def _line(reading: Reconciling, mention: Mention, numbers: dict[int, int], roster: Any) -> MarkedLine[int]:
    understood = understand_line(mention, reading.meeting, roster)
    owners = tuple(reading.names.owner(number, one) for number, one in enumerate(understood.owners))
    reading.understood[mention.pk], reading.owners[mention.pk] = understood, owners
    item = mention.item
    return MarkedLine(
        key=mention.pk,
        marker=Marker(mention.marker),
        words=mention.text,
        item=item.position if item else 0,
        line=mention.line or mention.position + 1,
        owners=tuple(Named(one.as_written, _who(one.person, one.body)) for one in owners),
        deadline=understood.deadline,
        linked=mention.decision_id if mention.marker == Marker.DECISION else mention.action_id,
        set_aside=mention.text if mention.settled else mention.set_aside or None,
    )


def _actions(meeting: Meeting, actor: Actor) -> list[Any]:
    """Agreed at the meeting, and carried into it: one query, and one for their owners."""
    agreed, carried = agreed_at(meeting, actor).order_by(), carried_into(meeting, actor).order_by()
    said = Update.objects.filter(action=OuterRef("pk"), on=meeting.date, body_id=meeting.body_id)
    # What a decision on a case asks for was written down with it, and needs no line that says so again.
    of_a_case = CaseDecision.actions.through.objects.filter(action=OuterRef("pk"))
    return list(
        Action.objects.filter(Q(pk__in=agreed.values("pk")) | Q(pk__in=carried.values("pk")))
        .exclude(Exists(of_a_case), agreed_on=meeting.date)
        .filter(merged_into=None)  # what was merged speaks through the action that it was merged into
        .annotate(is_reviewed=Exists(said))
        .select_related("body")
        .with_owners()
        .order_by("agreed_on", "pk")
    )


def _listed(reading: Reconciling, action: Any) -> ListedAction[int]:
    reading.actions[action.pk] = action
    carried = action.agreed_on != reading.meeting.date
    return ListedAction(
        key=action.pk,
        words=action.text,
        owners=tuple(
            Named(one.person.full_name if one.person else one.as_written, _who(one.person, one.body))
            for one in action.owners
        ),
        deadline=action.deadline,
        carried=carried,
        reviewed=action.is_reviewed or not carried,
    )


def _who(person: Any, body: Any) -> tuple[str, int] | None:
    if person is not None:
        return ("person", person.pk)
    return ("body", body.pk) if body is not None else None
