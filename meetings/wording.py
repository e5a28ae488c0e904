"""How a meeting is said on a page: its hours, its stage, its people with what they did. Pure: no database, no clock."""

from collections.abc import Iterable
from datetime import date, time

# How a decision of the group on a case stands in its notes; the keys are those of the escalation review.
DECIDED_OF_A_CASE = {
    "let_go": "to let it go",
    "talk": "to talk and learn together",
    "terms": "to go on under written terms alone",
    "pause": "to pause the work",
    "red_line": "on a red line: to decline the work, or to leave it",
    "accept": "to accept it as it is until {until}",
    "hand_back": "to hand it back to the chairs, who decide anew",
}

# In brackets after a name, as the group's own notes have it.
CAPACITY_WORDS = {
    "chair": "chaired the meeting",
    "co-chair": "co-chair",
    "notetaker": "notetaking",
    "guest": "guest",
    "observer": "observer",
    "presenter": "presenter",
}
# The same before a meeting and while it goes on, where it has not happened yet.
CAPACITY_WORDS_NOW = CAPACITY_WORDS | {"chair": "in the chair", "notetaker": "takes the notes"}


def hours_in_words(starts: time | None, ends: time | None) -> str:
    """ "11:00 to 13:00", "from 11:00", or nothing where no time is known."""
    if starts is None:
        return ""
    return f"{starts:%H:%M} to {ends:%H:%M}" if ends else f"from {starts:%H:%M}"


def capacities_in_words(kinds: Iterable[str], *, is_over: bool = True) -> str:
    """ "guest, notetaking", as the notes have it in brackets after a name; nothing where none is recorded.

    Before a meeting and while it goes on (not `is_over`): "guest, takes the notes".
    """
    words = CAPACITY_WORDS if is_over else CAPACITY_WORDS_NOW
    return ", ".join(words[str(kind)] for kind in kinds)


def decided_of_a_case(about: str, response: str, until: date | None, reason: str) -> str:
    """ "About the museum, the Allies decided to pause the work. Its terms came too late.", as one line of the notes.

    `until` is the last day of an acceptance (inclusive), None for everything else.
    """
    day = f"{until.day} {until:%B %Y}" if until else ""
    decided = DECIDED_OF_A_CASE[response].format(until=day)
    return " ".join(f"About {about}, the Allies decided {decided}. {reason}".split())


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
