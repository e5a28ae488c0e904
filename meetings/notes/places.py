"""The places of frozen notes at which something can be withheld from the public, and what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from meetings.notes.document import plain
from meetings.notes.frozen import Content


class Part(StrEnum):
    """What can be withheld. The words are those of the place it leaves: "A paragraph is withheld: personal."."""

    LINE = "line"
    ITEM = "item"
    ACTION = "action"
    PERSON = "person"
    INTERESTS = "interests"
    DECLARATION = "declaration"
    DECISION = "decision"
    STATEMENT = "statement"
    CHANGE = "change"
    ADDENDUM = "addendum"
    VENUE = "venue"


PART_WORDS = {
    Part.LINE: "A paragraph",
    Part.ITEM: "An item",
    Part.ACTION: "An action",
    Part.PERSON: "A name",
    Part.INTERESTS: "What was said of interests",
    Part.DECLARATION: "A declaration",
    Part.DECISION: "A decision",
    Part.STATEMENT: "A statement",
    Part.CHANGE: "A change",
    Part.ADDENDUM: "An addendum",
    Part.VENUE: "The place",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: by the id of its row where it has one, by its item and its words where it has none."""

    part: Part
    item: int | None = None
    row: int | None = None
    words: str = ""


def place(part: Part, *, item: int | None = None, row: int | None = None, words: str = "") -> Place:
    """Give the place of a part. What has a row is known by it alone, so that other words for it change nothing."""
    return Place(part, None, row) if row is not None else Place(part, item, None, plain(words))


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes out along with the words of an action: whose it is, by when, and the points under it."""

    owners: str = ""
    deadline: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """One part of the notes as it stands before anything is withheld: its place, its words, and how deep it stands.

    `action` is the id of an action; `item` of the item under which it stands, if under one.
    """

    place: Place
    words: str
    depth: int = 0
    item: int | None = None
    action: int | None = None
    speaker: str | None = None
    beside: Beside = Beside()


def spots_in(content: Content) -> Iterator[Spot]:
    """Everything that can be withheld, in the order of the notes."""
    if content["notes"]["place"]:
        words = content["notes"]["place"]
        yield Spot(place(Part.VENUE, words=words), words)
    for one in content["attendance"]:
        yield Spot(place(Part.PERSON, row=one["row"], words=one["name"]), one["as_written"])
    for one in content["actions"]:
        yield Spot(place_of_action(one), one["text"], action=one["action"], beside=_beside(one))
    if content["notes"]["interests"]["as_written"]:
        words = content["notes"]["interests"]["as_written"]
        yield Spot(place(Part.INTERESTS, words=words), words)
    for one in content["declarations"]:
        yield Spot(place(Part.DECLARATION, row=one["declaration"]), words_of_declaration(one))
    for one in content["agenda"]:
        yield Spot(place(Part.ITEM, row=one["item"], words=one["title"]), one["title"], item=one["item"])
        yield from _lines_in(one["lines"], one["item"], 1)
    for one in content["decisions"]:
        yield Spot(place(Part.DECISION, row=one["decision"]), one["text"], item=one["item"])
    for one in content["statements"]:
        said = f"{one['name']}: {one['words']}"
        at = place(Part.STATEMENT, row=one["correction"])
        yield Spot(at, said, item=one["item"], action=one["action"], speaker=one["name"])
    for one in changes_in(content):
        yield Spot(
            place(Part.CHANGE, words=one["words"]), one["words"], item=one["item"], action=one["action"]
        )
    for one in content["addenda"]:
        yield Spot(place(Part.ADDENDUM, words=one["words"]), one["words"], item=one["item"])


def _lines_in(lines: list[dict[str, Any]], item: int | None, depth: int) -> Iterator[Spot]:
    for line in lines:
        at = place(Part.LINE, item=item, words=line["text"])
        yield Spot(at, line["text"], depth, item, speaker=line["speaker"])
        yield from _lines_in(line["children"], item, depth + 1)


def _beside(action: dict[str, Any]) -> Beside:
    owners = ", ".join(owner["as_written"] for owner in action["owners"])
    return Beside(owners, (action["deadline"] or {}).get("as_written", ""), tuple(action["details"]))


def words_of_declaration(declaration: dict[str, Any]) -> str:
    """What a declaration says, after the name of whoever made it."""
    name, words = declaration["name"], declaration["words"]
    return f"{name}: {words}" if name else str(words)


def place_of_action(one: dict[str, Any]) -> Place:
    """The place of a row of the tables of actions."""
    return place(Part.ACTION, row=one["action"], words=one["text"])


def changes_in(content: Content) -> list[dict[str, Any]]:
    """The changes with which notes were approved; none of those that were not."""
    changes: list[dict[str, Any]] = content["approval"]["changes"] if content["approval"] else []
    return changes
