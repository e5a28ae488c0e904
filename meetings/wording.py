"""How a meeting is said on a page: its hours, its stage, its people with what they did. Pure: no database, no clock."""

from collections.abc import Iterable
from datetime import date, time

# In brackets after a name, as the group's own notes have it.
CAPACITY_WORDS = {
    "chair": "chaired the meeting",
    "co-chair": "co-chair",
    "notetaker": "notetaking",
    "guest": "guest",
    "observer": "observer",
    "presenter": "presenter",
}


def hours_in_words(starts: time | None, ends: time | None) -> str:
    """ "11:00 to 13:00", "from 11:00", or nothing where no time is known."""
    if starts is None:
        return ""
    return f"{starts:%H:%M} to {ends:%H:%M}" if ends else f"from {starts:%H:%M}"


def name_with_capacities(name: str, kinds: Iterable[str]) -> str:
    """ "Ada Okafor (guest, notetaking)"; the name alone where no capacity is recorded."""
    words = ", ".join(CAPACITY_WORDS[str(kind)] for kind in kinds)
    return f"{name} ({words})" if words else name


def stage_in_words(stage: str, *, day: date, today: date, called_off: bool) -> str:
    """How far a meeting has come, in a word or two. `day` is the meeting's; on that day itself it is still planned."""
    if called_off:
        return "Called off"
    if stage == "planned":
        return "Planned" if day >= today else "Waiting for its notes"
    return {"draft": "Draft notes", "circulated": "Circulated", "sealed": "Approved"}[stage]


def counted(number: int, one: str, many: str) -> str:
    """ "1 action", "3 actions", "No actions"."""
    return f"{number or 'No'} {one if number == 1 else many}"
