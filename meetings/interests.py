"""What the notes of a meeting say of interests: which of three states it is, and each declaration in plain words.

How a declaration may be handled, and what follows for whoever made it, is the rule in `allies/interests.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allies.interests import Handling, standing_of
from allies.powers import Role
from meetings.notes.document import InterestsState

NONE_WERE_DECLARED = "No conflicts of interest were declared."
_ENDS = ".!?…"
_SAYS_IT_ALREADY = re.compile(r"\b(?:declare[ds]?|declaring|conflict|interests?)\b", re.IGNORECASE)
_TOOK_NO_PART = re.compile(r"\s+[^.!?]+ took no part\.$")


@dataclass(frozen=True, slots=True)
class HandledAt:
    """How a declaration was handled, and at what: `place` is how a sentence names the item, "item 4".

    `chair` is who took the chair for it, where whoever declared it chairs the meeting; else empty.
    """

    how: Handling
    place: str
    chair: str = ""


def state_of(answers_of_those_present: Iterable[str], *, declared: bool) -> InterestsState:
    """Give what the notes may say: that interests were declared, that none were, or nothing.

    `answers_of_those_present` holds one word for each who is here: "none", "declared" or "not_asked". None were
    declared only where everybody here was asked and said so, and somebody is here: not asked is not recorded.
    Source: issue "Conflicts of interest", and ACCEPTANCE 13.
    """
    answers = list(answers_of_those_present)
    if declared or "declared" in answers:
        return InterestsState.DECLARED
    if answers and all(answer == "none" for answer in answers):
        return InterestsState.NONE_DECLARED
    return InterestsState.NOT_RECORDED


def declared_words(words: str, about: str, handled: Sequence[HandledAt]) -> str:
    """Give a declaration as the notes say it after the name: "declared an interest in the museum (chairs it)."

    `about` is the name of the project or partner, or empty. With how it was handled, in the order given; a
    declaration of which the record holds words alone, and nothing was done, keeps its words as they are.
    """
    if not about and not handled:
        return words
    if not about and _SAYS_IT_ALREADY.search(words):
        first = _ended(words)
        did = [_DONE[one.how].format(place=one.place) for one in handled if one.how in _DONE]
        more = [f"They {_listed(did)}."] if did else []
    else:
        first = "declared an interest"
        if about:
            first += f" in {about}"
        if bare := words.strip().rstrip("."):
            first += f" ({bare})"
        did = [_DONE[one.how].format(place=one.place) for one in handled if one.how in _DONE]
        # "declared an interest in … and left for item 4"; with two doings, a comma before the first.
        first = f"{_listed([first, *did])}."
        more = []
    more += [_SAID[one.how].format(place=one.place) for one in handled if one.how in _SAID]
    more += [f"{one.chair} took the chair for {one.place}." for one in handled if one.chair]
    return " ".join([first, *more])


def sentence(name: str, words: str, about: str, handled: Sequence[HandledAt]) -> str:
    """Give a declaration as a page says it: "Sam declared an interest in the museum (chairs it) and left for item 4."

    Without a name, and where the words stand alone, they stand as they were written.
    """
    said = declared_words(words, about, handled)
    if said.startswith("declared an interest"):
        return f"{name or 'Somebody'} {said}"
    return f"{name}: {said}" if name and not said.startswith(name) else said


def took_no_part_words(names: Sequence[str]) -> str:
    """Give who took no part in a decision: "Morgan Reed took no part.", or nothing."""
    return f"{_listed(list(names))} took no part." if names else ""


def with_took_no_part(text: str, names: Sequence[str]) -> str:
    """Give a decision's words with who took no part in it, as documents carry them."""
    return f"{_ended(text)} {took_no_part_words(names)}" if names else text


def without_took_no_part(text: str) -> str:
    """Give a decision's words as `with_took_no_part` had them, where it wrote what stands at the end."""
    return _TOOK_NO_PART.sub("", text)


def takes_part(handlings: Iterable[Handling], role: Role | None = Role.ALLY) -> bool:
    """Answer whether somebody counts for the decision of an item, after what was handled for them at it."""
    return standing_of(handlings, role).decides


_DONE = {
    Handling.STAYED: "took no part in the decision at {place}",
    Handling.LEFT: "left for {place}",
}
_SAID = {
    Handling.NOTED: "It was noted at {place}.",
    Handling.WITHHELD: "This matter is withheld from them, at {place}.",
}


def _ended(words: str) -> str:
    words = words.strip()
    return words if words.endswith(tuple(_ENDS)) else f"{words}."


def _listed(parts: list[str]) -> str:
    """The parts with commas between them and "and" before the last."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
