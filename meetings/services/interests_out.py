"""What a meeting's documents say of interests and of who took no part in a decision."""

from collections.abc import Iterable
from typing import Any

from meetings.interests import NONE_WERE_DECLARED, with_took_no_part
from meetings.matching import plain_words
from meetings.models import Decision, InterestsState, Meeting
from meetings.models.declared import Declared, InterestsAtMeeting, Places, places_of
from meetings.notes import document as notes


def places_in_document(items: Iterable[Any], attendance: Iterable[Any], spoken_of: set[Any]) -> Places:
    """How a document names the items: by the number they have in it; by their title where they are not part of it."""
    listed, words, number = list(items), {}, 0
    for item in listed:
        if item.notes or item.is_withheld or plain_words(item.title) in spoken_of:
            number += 1
            words[item.pk] = f"item {number}"
        else:
            words[item.pk] = f"“{item.title}”"
    return places_of(listed, attendance, words)


def interests_out(
    meeting: Meeting, found: InterestsAtMeeting, places: Places, *, brought_in: bool
) -> notes.Interests:
    """What the notes say of interests: the state, the document's own words, and each declaration that stands."""
    state = notes.InterestsState(meeting.interests_state)
    words = meeting.interests_words or None
    if not brought_in and state is InterestsState.NONE_DECLARED:
        words = words or NONE_WERE_DECLARED
    return notes.Interests(state, words, tuple(declaration_out(one, places) for one in found.standing))


def declaration_out(one: Declared, places: Places) -> notes.Declaration:
    """One declaration as a document has it: the name as it was written, and the words after it."""
    return notes.Declaration(one.as_written or one.name or None, one.words_for(places))


def decision_out(one: Decision, found: InterestsAtMeeting) -> notes.Decision:
    """A decision as a document has it: with who took no part, where somebody did not."""
    names = found.not_deciding().get(one.item_id or 0, [])
    return notes.Decision(
        with_took_no_part(one.text, names), notes.Reached(one.reached) if one.reached else None
    )
