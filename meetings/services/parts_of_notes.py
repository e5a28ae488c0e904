"""What every notes document is made of, whether it is read whole or as far as somebody may see it."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from actions.models import Action
from actions.statuses import Status
from meetings.matching import plain_words
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument
from meetings.notes.lines import parse_lines


def written(moment: time | None) -> str | None:
    """A time of day as documents have it, "11:00"; None where none is known."""
    return moment.strftime("%H:%M") if moment else None


def titles_in(understood: NotesDocument | None) -> set[tuple[str, ...]]:
    """The titles under which the document of a brought-in meeting speaks of its items, as plain words."""
    return {plain_words(item.title) for item in understood.agenda} if understood else set()


def agenda_out(items: Iterable[Any], spoken_of: set[tuple[str, ...]]) -> tuple[notes.AgendaItem, ...]:
    """The items that notes speak of: one only planned, with nothing under it, is not part of them.

    `items` carry `presented_by` and `is_withheld`, as reading in full gives them; one that is withheld keeps its place.
    """
    return tuple(
        notes.AgendaItem(
            item.title, tuple(item.presented_by), notes.ItemKind(item.kind), parse_lines(item.notes)
        )
        for item in items
        if item.notes or item.is_withheld or plain_words(item.title) in spoken_of
    )


def next_meetings_out(announced: Iterable[Any]) -> tuple[notes.NextMeeting, ...]:
    """The next meetings that were announced, with the words they were announced in."""
    return tuple(
        notes.NextMeeting(
            one.as_written, str(one.date) if one.date else None, written(one.starts), written(one.ends)
        )
        for one in announced
    )


def action_out(
    section: notes.Section, action: Action, owners: Iterable[notes.Owner], status: str
) -> notes.NotedAction:
    """One row of a table of actions; `status` is empty where the table says none."""
    return notes.NotedAction(
        section,
        action.text,
        tuple(action.points),
        tuple(owners),
        action.deadline,
        Status(status) if status else None,
    )
