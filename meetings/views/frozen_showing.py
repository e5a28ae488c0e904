"""What a page says of a frozen version, made from its content alone: no query is left for the template."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from actions.wording import day_in_words
from meetings.interests import took_no_part_words
from meetings.models import Reached
from meetings.models.seen_frozen import Frozen
from meetings.notes.document import AgendaItem, Presence
from meetings.points import blocks

_REACHED = dict(Reached.choices)


def frozen_context(frozen: Frozen) -> dict[str, Any]:
    """The notes of a version as the page sets them."""
    document, content = frozen.document, frozen.content
    own = len(content["agenda"])
    return {
        "frozen": frozen,
        "title": document.title,
        "day_words": day_in_words(date.fromisoformat(document.date)) if document.date else "",
        "people": [
            {"words": words, "names": names}
            for words, presence in (
                ("Present", Presence.PRESENT),
                ("Apologies", Presence.APOLOGIES),
                ("Absent", Presence.ABSENT),
            )
            if (names := [one.as_written for one in document.attendance if one.presence is presence])
        ],
        "agreed": frozen.agreed,
        "carried": frozen.carried,
        "interests": document.interests,
        "declared": [_declared(one.name, one.words) for one in document.interests.declarations],
        "items": _items(document.agenda[:own], 1),
        "besides": besides_of(frozen),
        "decisions": [_decision(one) for one in content["decisions"]],
        "next_meetings": document.next_meetings,
    }


def besides_of(frozen: Frozen | None) -> list[dict[str, Any]]:
    """Statements, the approval and addenda, which follow the items of the meeting; nothing before notes went out."""
    return _items(frozen.besides, len(frozen.content["agenda"]) + 1) if frozen else []


def _items(items: Iterable[AgendaItem], first: int) -> list[dict[str, Any]]:
    return [
        {"number": number, "title": item.title, "presenters": item.presenters, "blocks": blocks(item.lines)}
        for number, item in enumerate(items, first)
    ]


def _declared(name: str | None, words: str) -> str:
    if words.startswith("declared an interest"):
        return f"{name or 'Somebody'} {words}"
    return f"{name}: {words}" if name and not words.startswith(name) else words


def _decision(one: dict[str, Any]) -> dict[str, Any]:
    names = [apart["name"] for apart in one["took_no_part"]]
    said = took_no_part_words(names)
    return {
        # The frozen words end with who took no part; the page says it once.
        "text": one["text"],
        "kind": one["kind"],
        "reached": _REACHED.get(one["reached"] or "", "") if one["reached"] != Reached.ADVICE else "",
        "votes": one["votes"],
        "took_part": ", ".join(one["took_part"]),
        "took_no_part": "" if said and one["text"].endswith(said) else said,
    }
