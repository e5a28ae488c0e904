"""What the public reads of frozen notes: less than they say, and never anything else.

`published` takes the content of a frozen version and gives it in the same form, with what is withheld left out, those
who spoke called by their name, by their part, or not at all, and no email address. So every writer of notes writes
published ones, and no writer ever holds a word that does not go out. Docs: docs/decisions/0017-what-is-published.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from meetings.notes.attribution import Attribution, Voice, attributed, signed_by
from meetings.notes.document import plain
from meetings.notes.frozen import Content
from meetings.notes.pieces import SOMEBODY_WITHHELD
from meetings.notes.places import (
    PART_WORDS,
    Beside,
    Part,
    Place,
    Spot,
    changes_in,
    place,
    place_of_action,
    spots_in,
    words_of_declaration,
)
from meetings.notes.speakers import speaker_of


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why something does not go out, in words; `without_trace`: not even that it was there."""

    why: str
    without_trace: bool = False

    def instead(self, part: Part) -> str:
        """What stands in its place."""
        return f"{PART_WORDS[part]} is withheld: {self.why}."


@dataclass(frozen=True, slots=True)
class Choices:
    """All that was chosen for the public: what is withheld, how each line names who spoke, and what the group does
    where nothing was chosen. `voices` maps names as notes write them, in lower case, to the part of whoever it is;
    `unname` takes the names of those who are withheld out of any text.
    """

    withheld: Mapping[Place, Withheld] = field(default_factory=dict)
    attributed: Mapping[Place, Attribution] = field(default_factory=dict)
    default: Attribution = Attribution.NAME
    voices: Mapping[str, Voice] = field(default_factory=dict)
    unname: Callable[[str], str] = str


NAME_WITHHELD = "[name withheld]"
# Where the gap itself would tell.
SOMEBODY = "somebody"
EMAIL_WITHHELD = "[email address withheld]"
_EMAIL = re.compile(r"[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)+")
# Words that say no more than "yes" stand in many places; from here on they are somebody's.
_TELLING = 3


def published(content: Content, choices: Choices) -> Content:
    """Give the content as the public reads it. A paragraph that is withheld takes the replies under it along.

    An item takes along all that stands under it: what was decided, stated, changed or added there, too.
    Words that are withheld in one place are withheld wherever they stand: a decision is also a line of its item. So
    are they inside longer words, where they are three words or more. What is withheld keeps its place by a sentence
    that says why, or by nothing where even that would tell.
    """
    given: Content = _Deriving(content, choices).content()
    return given


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one spot: why it is withheld, if it is (`chosen`: at this very place), and its words then."""

    spot: Spot
    withheld: Withheld | None
    chosen: bool
    words: str
    beside: Beside


def fates(content: Content, choices: Choices) -> Iterator[Fate]:
    """Everything that can be withheld, in the order of the notes, with what `published` makes of it."""
    deriving = _Deriving(content, choices)
    above: list[tuple[int, Withheld | None]] = []
    for spot in spots_in(content):
        while above and (spot.place.part is not Part.LINE or above[-1][0] >= spot.depth):
            above.pop()
        chosen = choices.withheld.get(spot.place)
        taken = above[-1][1] if above else None
        said = " ".join([spot.words, *spot.beside.details])
        why = chosen or taken or deriving.withheld(spot.place, said, spot.item)
        if spot.place.part in {Part.ITEM, Part.LINE}:
            above.append((spot.depth, why))
        words = spot.words
        if why is not None:
            # What goes with something above it leaves no sentence of its own.
            words = "" if why.without_trace or taken else why.instead(spot.place.part)
        elif spot.place.part in {Part.LINE, Part.DECISION, Part.CHANGE}:
            words = deriving.cleaned(deriving.said_by(spot.place, words))
        elif spot.place.part is Part.STATEMENT and spot.speaker:
            how = choices.attributed.get(spot.place, choices.default)
            signed = signed_by(spot.speaker, how, choices.voices)
            words = deriving.cleaned(signed + words.removeprefix(spot.speaker))
        elif spot.place.part is Part.DECLARATION and spot.place.row is not None:
            words = deriving.cleaned(words_of_declaration(deriving.declared[spot.place.row]))
        else:
            words = deriving.cleaned(words)
        beside = Beside() if why else deriving.beside(spot.beside)
        yield Fate(spot, why, chosen is not None, words, beside)


class _Deriving:
    """Goes through the content once, part by part."""

    def __init__(self, content: Content, choices: Choices) -> None:
        self.whole = content
        self.choices = choices
        self.items = _items_withheld(content, choices.withheld)
        self.lines = [
            (plain(at.words).casefold(), how)
            for at, how in choices.attributed.items()
            if at.part is Part.LINE
        ]
        self.said = [
            (plain(words).casefold(), why)
            for words, why in _words_withheld(content, choices.withheld)
            if plain(words)
        ]
        self.declared = {one["declaration"]: one for one in self._without_numbers(content["declarations"])}

    def content(self) -> Content:
        whole = self.whole
        notes = whole["notes"]
        approval = whole["approval"]
        derived = {
            **whole,
            "notes": {
                **notes,
                "place": self._words(Part.VENUE, notes["place"]),
                "interests": {
                    **notes["interests"],
                    "as_written": self._words(Part.INTERESTS, notes["interests"]["as_written"]),
                },
            },
            "attendance": self._each(whole["attendance"], self._attendee),
            "declarations": self._each(whole["declarations"], self._declaration),
            "actions": self._each(whole["actions"], self._action),
            "agenda": self._each(whole["agenda"], self._item),
            "decisions": self._each(whole["decisions"], self._decision),
            "statements": self._each(whole["statements"], self._statement),
            "approval": approval and {**approval, "changes": self._each(changes_in(whole), self._change)},
            "addenda": self._each(whole["addenda"], self._addendum),
        }
        return self.cleaned(derived)

    def _each(
        self, rows: list[dict[str, Any]], derive: Callable[[dict[str, Any]], dict[str, Any] | None]
    ) -> list[dict[str, Any]]:
        return [derived for row in rows if (derived := derive(row)) is not None]

    def withheld(self, at: Place, words: str, item: int | None = None) -> Withheld | None:
        """Why something does not go out: chosen for its place, for its item, or for the same words elsewhere."""
        if chosen := self.choices.withheld.get(at) or self.items.get(item):
            return chosen
        said = plain(words).casefold()
        return next((why for words, why in self.said if _tells(said, words)), None)

    def said_by(self, at: Place, words: str) -> str:
        """Words with whoever speaks in them called as chosen, for this place or for a line that says the same.

        A decision is also a line of its item, and what a line does not say of somebody it must not say either.
        """
        how = self.choices.attributed.get(at)
        if how is None and at.part is not Part.LINE:
            said = plain(words).casefold()
            how = next((chosen for line, chosen in self.lines if said.startswith(line)), None)
        return attributed(words, how or self.choices.default, self.choices.voices)

    def _words(self, part: Part, words: str | None) -> str | None:
        """Words that are a part by themselves."""
        if not words or (why := self.withheld(place(part, words=words), words)) is None:
            return words
        return None if why.without_trace else why.instead(part)

    def _attendee(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.choices.withheld.get(place(Part.PERSON, row=one["row"], words=one["name"]))
        if why is None:
            return one
        if why.without_trace:
            return None
        written = f"{SOMEBODY_WITHHELD} ({why.why})"
        return {
            **one,
            "person": None,
            "name": SOMEBODY_WITHHELD,
            "as_written": written,
            "capacities": [],
        }

    def _declaration(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.withheld(place(Part.DECLARATION, row=one["declaration"]), one["words"])
        if why is None:
            return self.declared[one["declaration"]]
        if why.without_trace:
            return None
        instead = why.instead(Part.DECLARATION)
        return {**one, "person": None, "name": None, "words": instead, "bare": instead, "handled": []}

    def _without_numbers(self, declarations: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Declarations in their own words alone where they name an item by a number that would tell of a gap.

        Such is the number of an item that leaves no trace, and of each after it: one item too many is counted there.
        """
        shown = set()
        for one in self.whole["agenda"]:
            why = self._why_item(one)
            if why is not None and why.without_trace:
                break
            shown.add(one["item"])
        else:
            yield from declarations
            return
        for one in declarations:
            if all(handled["item"] in shown for handled in one["handled"]):
                yield one
            else:
                # Without words of its own a declaration holds there all that the notes say, the number too.
                bare = "declared an interest." if one["bare"] == one["words"] else one["bare"]
                yield {**one, "words": bare, "bare": bare, "handled": []}

    def _action(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.withheld(place_of_action(one), " ".join([one["text"], *one["details"]]))
        if why is None:
            return one
        if why.without_trace:
            return None
        return {
            **one,
            "text": why.instead(Part.ACTION),
            "details": [],
            "owners": [],
            "deadline": None,
            "status": None,
        }

    def _item(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self._why_item(one)
        if why is None:
            return {**one, "lines": self._lines(one["lines"], one["item"])}
        if why.without_trace:
            return None
        return {**one, "title": why.instead(Part.ITEM), "presenters": [], "kind": "other", "lines": []}

    def _why_item(self, one: dict[str, Any]) -> Withheld | None:
        at = place(Part.ITEM, row=one["item"], words=one["title"])
        return self.choices.withheld.get(at) or self.withheld(at, one["title"])

    def _lines(self, lines: list[dict[str, Any]], item: int | None) -> list[dict[str, Any]]:
        found = []
        for line in lines:
            at = place(Part.LINE, item=item, words=line["text"])
            why = self.withheld(at, line["text"])
            if why is None:
                text = self.said_by(at, line["text"])
                found.append(
                    {
                        **line,
                        "text": text,
                        "speaker": speaker_of(text),
                        "children": self._lines(line["children"], item),
                    }
                )
            elif not why.without_trace:
                found.append(
                    {"text": why.instead(Part.LINE), "marker": None, "children": [], "speaker": None}
                )
        return found

    def _decision(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.withheld(place(Part.DECISION, row=one["decision"]), one["text"], one["item"])
        if why is None:
            return {**one, "text": self.said_by(place(Part.DECISION, row=one["decision"]), one["text"])}
        if why.without_trace:
            return None
        apart = {"took_part": [], "took_no_part": [], "besides": [], "votes": ""}
        return {**one, **apart, "text": why.instead(Part.DECISION), "reached": None}

    def _statement(self, one: dict[str, Any]) -> dict[str, Any] | None:
        at = place(Part.STATEMENT, row=one["correction"])
        why = self.withheld(at, one["words"], one["item"])
        if why is None:
            choice = self.choices.attributed.get(at, self.choices.default)
            if choice is Attribution.NAME:
                return one
            return {**one, "person": None, "name": signed_by(one["name"], choice, self.choices.voices)}
        if why.without_trace:
            return None
        return {**one, "person": None, "name": "A statement is withheld", "words": f"{why.why}."}

    def _change(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.withheld(place(Part.CHANGE, words=one["words"]), one["words"], one["item"])
        if why is None:
            return {**one, "words": self.said_by(place(Part.CHANGE, words=one["words"]), one["words"])}
        return None if why.without_trace else {**one, "words": why.instead(Part.CHANGE)}

    def _addendum(self, one: dict[str, Any]) -> dict[str, Any] | None:
        why = self.withheld(place(Part.ADDENDUM, words=one["words"]), one["words"], one["item"])
        if why is None:
            return one
        return None if why.without_trace else {**one, "words": why.instead(Part.ADDENDUM)}

    def beside(self, found: Beside) -> Beside:
        """What goes out along with an action."""
        details = tuple(self.cleaned(one) for one in found.details)
        return Beside(self.cleaned(found.owners), self.cleaned(found.deadline), details)

    def cleaned(self, part: Any) -> Any:
        """No name of anybody who is withheld, and no email address, in any words."""
        if isinstance(part, dict):
            return {key: self.cleaned(one) for key, one in part.items()}
        if isinstance(part, list):
            return [self.cleaned(one) for one in part]
        if isinstance(part, str):
            words = _EMAIL.sub(EMAIL_WITHHELD, part) if "@" in part else part
            return self.choices.unname(words)
        return part


# What is said in a part of these kinds may stand elsewhere in the same words.
_SAID = frozenset({Part.LINE, Part.ACTION, Part.DECISION, Part.CHANGE, Part.ADDENDUM})


def _items_withheld(content: Content, withheld: Mapping[Place, Withheld]) -> dict[int | None, Withheld]:
    """The items, by their ids, that do not go out, with why."""
    chosen = {
        one["item"]: withheld.get(place(Part.ITEM, row=one["item"], words=one["title"]))
        for one in content["agenda"]
        if one["item"] is not None
    }
    return {item: why for item, why in chosen.items() if why is not None}


def _words_withheld(content: Content, withheld: Mapping[Place, Withheld]) -> Iterator[tuple[str, Withheld]]:
    """All words that do not go out, with what stands under them: of an item all of it, of a line its replies."""
    items = _items_withheld(content, withheld)
    taken: Withheld | None = None
    from_depth = 0
    for spot in spots_in(content):
        if taken is not None and (spot.place.part is not Part.LINE or spot.depth <= from_depth):
            taken = None
        chosen = withheld.get(spot.place)
        if taken is None and chosen is not None and spot.place.part in {Part.ITEM, Part.LINE}:
            taken, from_depth = chosen, spot.depth
        why = chosen or taken or items.get(spot.item)
        if why is not None and spot.place.part in _SAID:
            yield spot.words, why


def _tells(words: str, withheld: str) -> bool:
    """Whether words say what is withheld: the same, or more with the same inside."""
    return words == withheld or (len(withheld.split()) >= _TELLING and withheld in words)
