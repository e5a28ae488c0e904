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


def capacities_in_words(kinds: Iterable[str]) -> str:
    """ "guest, notetaking", as the notes have it in brackets after a name; nothing where none is recorded."""
    return ", ".join(CAPACITY_WORDS[str(kind)] for kind in kinds)


def short_day(day: date) -> str:
    """ "19 Nov 2025", for a line under something else."""
    return f"{day.day} {day:%b %Y}"


def stage_in_words(stage: str, *, day: date, today: date, called_off: bool) -> str:
    """How far a meeting has come, in a word or two. `day` is the meeting's; on that day itself it is still planned."""
    if called_off:
        return "Called off"
    if stage == "planned":
        return "Planned" if day >= today else "Waiting for its notes"
    return {"draft": "Draft notes", "circulated": "Circulated", "sealed": "Approved"}[stage]
