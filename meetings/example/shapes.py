"""The shapes in which the invented history is written down.

A meeting is counted from the next one: `before` 1 is the last. In words, `{…}` is a day: `{+40}` lies forty days
after that meeting, `{next}` is the following meeting's. Owners are written as the notes write them.
"""

from dataclasses import dataclass

from meetings.models import Purpose, Reached
from meetings.notes.document import ItemKind


@dataclass(frozen=True, slots=True)
class Said:
    """What became of an action: at the meeting `before` (or so many days ago), with this status and these words."""

    status: str = ""
    note: str = ""
    before: int | None = None
    days_ago: int | None = None
    by: str = "Bel"


@dataclass(frozen=True, slots=True)
class Agreed:
    text: str
    owners: str
    due: str = ""
    said: tuple[Said, ...] = ()
    details: tuple[str, ...] = ()
    about: str = ""
    part_of: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    notes: str = ""
    kind: ItemKind = ItemKind.DISCUSSION
    by: str = ""
    purpose: str = Purpose.INFORMATION
    minutes: int = 15
    about: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    before: int
    present: str
    apologies: str = ""
    items: tuple[Item, ...] = ()
    actions: tuple[Agreed, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    place: str = "Online"
    interests: str = "none"
    chair: str = "Hugh"
    notes_by: str = "Dev"


DONE, DOING, WAITING, LET_GO, TODO = "done", "in_progress", "waiting", "let_go", "todo"
AGREED, BY_ALL, ADVICE, MAJORITY = Reached.AGREED, Reached.BY_ALL, Reached.ADVICE, Reached.MAJORITY


def actions_item(notes: str) -> Item:
    return Item("Updates on actions", notes, ItemKind.ACTIONS, "", Purpose.INFORMATION, 20)


def report(notes: str, by: str = "Bel") -> Item:
    return Item("Progress and risk report", notes, ItemKind.REPORT, by, Purpose.INFORMATION, 20)


def any_other(notes: str = "- Nothing was raised.") -> Item:
    return Item("Any other business", notes, ItemKind.OTHER_BUSINESS, "", Purpose.INFORMATION, 5)
