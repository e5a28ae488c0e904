"""What is outstanding before a meeting, in the groups of the page. Pure: no database, no clock.

A page asks of each group something of its own (DESIGN §4 and §7, LOOK §4 "Groups"), so an action stands in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.deadlines import is_overdue


class Group(StrEnum):
    """The groups, in the order of the page."""

    OVERDUE = "overdue"
    CARRIED = "carried"
    THIS_MEETING = "this_meeting"
    SILENT = "silent"
    NO_DATE = "no_date"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class OpenAction:
    """As much of an open action as its group depends on.

    `since` is the day it was agreed, or first seen; `stands` is False for one brought in from old notes that
    nobody has confirmed; `last_met` is when its group last met, and `last_mentioned` the day of the latest
    notes that speak of it (None: none known).
    """

    pk: int
    since: date
    due_on: date | None = None
    stands: bool = True
    times_carried: int = 0
    last_met: date | None = None
    last_mentioned: date | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it is from old notes, unconfirmed, and the group's last notes do not speak of it."""
        if self.stands or self.last_met is None:
            return False
        return self.last_met > max(self.since, self.last_mentioned or self.since)


def group_of(action: OpenAction, *, today: date, meeting_on: date | None, ask_after: int) -> Group:
    """The group an action stands in before a meeting on `meeting_on` (None: nothing is planned).

    What nobody has confirmed is never called overdue. `ask_after` is how many carries make the group ask
    whether it still wants something.
    """
    if action.stands and is_overdue(action.due_on, today=today):
        return Group.OVERDUE
    if action.is_silent:
        return Group.SILENT
    if action.times_carried >= ask_after:
        return Group.CARRIED
    if action.due_on is None:
        return Group.NO_DATE
    return Group.THIS_MEETING if action.due_on <= (meeting_on or today) else Group.LATER


def in_groups(
    actions: Iterable[OpenAction], *, today: date, meeting_on: date | None, ask_after: int
) -> dict[Group, list[OpenAction]]:
    """Every action in its group, groups in the order of the page, those without any left out.

    What was carried most often comes first among the carried; elsewhere the earliest day in time, then age.
    """
    found: dict[Group, list[OpenAction]] = {group: [] for group in Group}
    for action in actions:
        found[group_of(action, today=today, meeting_on=meeting_on, ask_after=ask_after)].append(action)
    for group, some in found.items():
        some.sort(key=_most_carried if group is Group.CARRIED else soonest)
    return {group: some for group, some in found.items() if some}


def soonest(action: OpenAction) -> tuple[bool, date, date, int]:
    """The order by the last day in time, those without one after, then by age."""
    return action.due_on is None, action.due_on or date.min, action.since, action.pk


def _most_carried(action: OpenAction) -> tuple[int, date, int]:
    return -action.times_carried, action.since, action.pk
