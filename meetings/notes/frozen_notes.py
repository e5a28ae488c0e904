"""What a frozen version of notes holds, and the document that it reads as.

The content is the notes with the ids of what each part is of, so that a reader who is kept from an item, an action or
a declaration can be given the version without it. Docs: docs/decisions/0016-frozen-notes.md.
"""

from dataclasses import dataclass
from typing import Any

from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, from_json
from meetings.notes.frozen import Content

FORM = 1
WITHHELD = "An item withheld from you"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out for a reader: ids of each. `reader` is the id of their person.

    `instead` stands in the place of an item that is left out; empty leaves no trace of it.
    """

    items: frozenset[int] = frozenset()
    actions: frozenset[int] = frozenset()
    declarations: frozenset[int] = frozenset()
    decisions: frozenset[int] = frozenset()
    reader: int | None = None
    instead: str = WITHHELD

    def __bool__(self) -> bool:
        return bool(self.items or self.actions or self.declarations or self.decisions)


NOTHING_HIDDEN = Hidden()


def without(content: Content, hidden: Hidden) -> Content:
    """The content as somebody may see it who is kept from `hidden`; an item holds its place by words alone.

    What they declared themself stays, in their own words, without what was done about it.
    """
    if not hidden:
        return content
    return {
        **content,
        "agenda": [
            {"item": one["item"], "title": hidden.instead, "presenters": [], "kind": "other", "lines": []}
            if one["item"] in hidden.items
            else one
            for one in content["agenda"]
            if one["item"] not in hidden.items or hidden.instead
        ],
        "actions": [one for one in content["actions"] if one["action"] not in hidden.actions],
        "decisions": [
            one
            for one in content["decisions"]
            if one["item"] not in hidden.items and one["decision"] not in hidden.decisions
        ],
        "declarations": [
            shown for one in content["declarations"] if (shown := _declaration(one, hidden)) is not None
        ],
        "statements": _seen(content["statements"], hidden),
        "approval": content["approval"]
        and {**content["approval"], "changes": _seen(content["approval"]["changes"], hidden)},
        "addenda": [one for one in content["addenda"] if one["item"] not in hidden.items],
    }


def _seen(rows: list[dict[str, Any]], hidden: Hidden) -> list[dict[str, Any]]:
    return [one for one in rows if one["item"] not in hidden.items and one["action"] not in hidden.actions]


def _declaration(one: dict[str, Any], hidden: Hidden) -> dict[str, Any] | None:
    at = {handled["item"] for handled in one["handled"]}
    if one["declaration"] not in hidden.declarations and not at & hidden.items:
        return one
    if hidden.reader is not None and one["person"] == hidden.reader:
        return {**one, "words": one["bare"], "handled": []}
    return None


def document_of(content: Content) -> NotesDocument:
    """The notes document that the content reads as: what was frozen, then statements and addenda by their day."""
    said = content["notes"]
    agenda = [
        {name: one[name] for name in ("title", "presenters", "kind", "lines")} for one in content["agenda"]
    ]
    agenda += _besides(content)
    return notes.normal_form(
        from_json(
            {
                **{name: said[name] for name in ("title", "body", "date", "starts", "ends", "place")},
                "attendance": [
                    {name: one[name] for name in ("name", "as_written", "presence", "capacities")}
                    for one in content["attendance"]
                ],
                "interests": {
                    **said["interests"],
                    "declarations": [
                        {"name": one["name"], "words": one["words"]} for one in content["declarations"]
                    ],
                },
                "actions": [
                    {
                        name: one[name]
                        for name in ("section", "text", "details", "owners", "deadline", "status")
                    }
                    for one in content["actions"]
                ],
                "agenda": agenda,
                "next_meetings": said["next_meetings"],
                "warnings": [],
                "decisions": [
                    {"text": one["text"], "reached": one["reached"]} for one in content["decisions"]
                ],
            }
        )
    )


def _besides(content: Content) -> list[dict[str, Any]]:
    """What stands below the notes as items of their own: statements of people, the approval, addenda."""
    found = []
    if content["statements"]:
        found.append(_item("Statements", [f"{one['name']}: {one['words']}" for one in content["statements"]]))
    approval = content["approval"]
    if approval:
        found.append(
            _item(
                "Approval of these notes", [approval["words"], *(one["words"] for one in approval["changes"])]
            )
        )
    for one in content["addenda"]:
        found.append(
            _item(f"Addendum of {one['day']}", [*one["words"].splitlines(), f"Added by {one['by']}."])
        )
    return found


def _item(title: str, lines: list[str]) -> dict[str, Any]:
    return {
        "title": title,
        "presenters": [],
        "kind": "other",
        "lines": [
            {"text": line, "marker": None, "children": [], "speaker": None} for line in lines if line.strip()
        ],
    }
