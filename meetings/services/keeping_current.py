"""What an action knows of meetings is written down on it by `meetings` (DESIGN §2), and can all be worked out again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from actions.deadlines import due_on
from actions.models import Action
from allies.models import Body
from meetings.models import Meeting


@transaction.atomic
def bring_up_to_date(body: Body, actions: Iterable[Action] | None = None) -> int:
    """Work out `times_carried` and `due_on` of a body's actions, or of those given, from its meetings.

    Call after anything that changes when the body meets, met or circulated its notes, or what was agreed.
    Gives how many actions changed. Both columns are derived and stay out of the history, which is why they
    may be written in bulk.
    """
    meetings = list(Meeting.objects.standing().filter(body=body).order_by("date", "pk"))
    held = [meeting.date for meeting in meetings if meeting.is_held]
    days = [meeting.date for meeting in meetings]
    circulated = {meeting.date: meeting.circulated_on for meeting in meetings}
    changed = []
    for action in Action.objects.filter(body=body) if actions is None else actions:
        times = sum(1 for day in held if _after_agreeing(action, day) and not _closed_before(action, day))
        due = (
            due_on(
                action.deadline,
                next_meeting_on=next((day for day in days if _after_agreeing(action, day)), None),
                circulated_on=circulated.get(action.agreed_on) if action.agreed_on else None,
            )
            if action.deadline
            else None
        )
        if (times, due) != (action.times_carried, action.due_on):
            action.times_carried, action.due_on = times, due
            changed.append(action)
    Action.objects.bulk_update(changed, ["times_carried", "due_on"], batch_size=500)
    return len(changed)


def _after_agreeing(action: Action, day: date) -> bool:
    """A meeting that first lists an action as carried came after the one that agreed it."""
    return day > action.agreed_on if action.agreed_on else day >= action.first_seen_on


def _closed_before(action: Action, day: date) -> bool:
    return action.closed_on is not None and action.closed_on < day
