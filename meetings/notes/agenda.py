"""The agenda of a meeting and what was noted under each item."""

import re

from meetings.notes.cleaning import pieces
from meetings.notes.document import AgendaItem, ItemKind, Line
from meetings.notes.gathering import Gathering
from meetings.notes.headings import ATTENDANCE_TOPICS, Topic, split_label, topic_of
from meetings.notes.lines import DEEPEST, line_of
from meetings.notes.people import looks_like_name
from meetings.notes.source import NAMED_ITEM, Block, Form

_SKIPPED = (ATTENDANCE_TOPICS - {Topic.MIXED}) | {Topic.NEXT_MEETING, Topic.DATE, Topic.TIME, Topic.PLACE}
_KINDS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            ItemKind.OTHER_BUSINESS,
            r"\b(?:any other|other|aob|a\.o\.b|any urgent)\b.{0,12}\bbusiness\b|\baob\b|"
            r"\bother (?:business|matters)\b|\bround ?(?:table|robin)\b",
        ),
        (ItemKind.ACTIONS, r"\bactions?\b|\bmatters arising\b"),
        (
            ItemKind.INTERESTS,
            r"\b(?:conflicts?|declarations?|register) of (?:\w+ )?interests?\b|\binterests\b",
        ),
        (ItemKind.REPORT, r"\breports?\b"),
        (ItemKind.UPDATE, r"\bupdates?\b"),
        (ItemKind.DISCUSSION, r"\bdiscussions?\b|\btopic\b"),
    )
)
_PRESENTED = re.compile(
    r"^(?P<title>.{3,80}?)(?:,\s+|\s+[-–—]\s+|\s+\()(?P<who>[A-Z][^(),]{1,60}(?:(?:,| and|"
    r"&)\s?[A-Z][\w .’'-]{1,40}){0,3})\)?$"
)
_PRESENTER = re.compile(
    r"^(?:Presenters?|Presented by|Led by|Lead|Speakers?|"
    r"Facilitated by)\s*:\s*(?P<who>.{2,80})$",
    re.IGNORECASE,
)


def kind_of(title: str) -> ItemKind:
    """What sort of item a title names."""
    for kind, reader in _KINDS:
        if reader.search(title):
            return kind
    return ItemKind.OTHER


def read_agenda(gathering: Gathering, names: frozenset[str]) -> tuple[AgendaItem, ...]:
    """The items with their lines; what stands before the first heading goes into an item "Notes".

    `names`: how the notes call people (in small letters), to tell a presenter from the end of a title.
    """
    items = _Items(gathering)
    for place, block in enumerate(gathering.blocks):
        if block.form is Form.HEADING:
            topic = topic_of(block.text)
            if place in gathering.used and (topic is not None or place < 8):
                listed = topic in {Topic.ACTIONS, Topic.CARRIED} and _left_under(gathering, place)
                items.begin(block.text if listed else "", block if listed else None)
            elif not (
                topic in _SKIPPED or place in gathering.used and split_label(block.text)[0] in _SKIPPED
            ):
                title, who, opening = _presented(block.text, names)
                items.begin(title, block, who)
                if opening:
                    said = Block(Form.TEXT, block.first, block.last, opening, raw=block.raw)
                    items.body.append((place, said))
            continue
        if place in gathering.used:
            continue
        presenter = _PRESENTER.match(block.text)
        if presenter and items.title and not items.who:
            parts = re.split(r",|\band\b|&", presenter["who"])
            items.who = tuple(part.strip() for part in parts if part.strip())
            continue
        items.body.append((place, block))
    return items.end()


class _Items:
    """The items read so far, and the one whose lines are being collected."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.items: list[AgendaItem] = []
        self.title = ""
        self.head: Block | None = None
        self.who: tuple[str, ...] = ()
        self.body: list[tuple[int, Block]] = []

    def begin(self, title: str, head: Block | None, who: tuple[str, ...] = ()) -> None:
        """Close the item that is open and open another; without a title its lines go into "Notes"."""
        lines, places = _lines(self.body)
        if self.title or lines:
            number = len(self.items)
            if self.head is not None:
                self.gathering.places["agenda", number] = (self.head.first, self.head.last)
            for path, where in places:
                self.gathering.places["agenda", number, path] = where
            named = self.title or "Notes"
            self.items.append(AgendaItem(named, self.who, kind_of(named), lines))
        self.title, self.head, self.who, self.body = title, head, who, []

    def end(self) -> tuple[AgendaItem, ...]:
        """Close the last item and give them all."""
        self.begin("", None)
        return tuple(self.items)


def _left_under(gathering: Gathering, place: int) -> bool:
    end = gathering.section_end(place)
    return any(
        at not in gathering.used
        for at in range(place + 1, end)
        if gathering.blocks[at].form is not Form.HEADING
    )


def _presented(text: str, names: frozenset[str]) -> tuple[str, tuple[str, ...], str]:
    """The title, those who brought the item, and the words that follow where both stand in its first sentence."""
    named = NAMED_ITEM.match(text)
    if named and named["who"]:
        return named["title"].strip(), _called(named["who"]), text[named.start("who") :]
    found = _PRESENTED.match(text)
    if not found:
        return text, (), ""
    who = _called(found["who"])
    if who and all(looks_like_name(part) and _is_known(part, names) for part in who):
        return found["title"].strip(), who, ""
    return text, (), ""


def _called(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r",|\band\b|&|/", words) if part.strip())


def _is_known(name: str, names: frozenset[str]) -> bool:
    """Whether the notes know somebody of that first name, or of one that it is short for ("Nick", "Nicholas")."""
    first = name.split()[0].casefold()
    return first in names or (len(first) > 2 and any(known.startswith(first) for known in names))


def _lines(
    body: list[tuple[int, Block]],
) -> tuple[tuple[Line, ...], list[tuple[tuple[int, ...], tuple[int, int]]]]:
    """The blocks as nested lines, and the source lines of each by its path."""
    root: list[_Node] = []
    path: list[_Node] = []
    for _, block in body:
        if block.form is Form.TABLE:
            texts = [
                (
                    " | ".join(cell for raw in row.cells if (cell := " ".join(pieces(raw)))),
                    row.first,
                    row.last,
                )
                for row in block.rows
            ]
            indent = 0
        else:
            label = f"{block.label} " if block.label[:1].isdigit() and "." in block.label else ""
            texts, indent = [(label + block.text, block.first, block.last)], block.indent
        for text, first, last in texts:
            if not text.strip():
                continue
            while path and (path[-1].indent >= indent or len(path) >= DEEPEST):
                path.pop()
            node = _Node(" ".join(text.split()), indent, block.form, first, last)
            (path[-1].children if path else root).append(node)
            path.append(node)
    places: list[tuple[tuple[int, ...], tuple[int, int]]] = []
    return tuple(node.close((number,), places) for number, node in enumerate(root)), places


class _Node:
    """A line whose replies are still being read."""

    __slots__ = ("children", "first", "form", "indent", "last", "text")

    def __init__(self, text: str, indent: int, form: Form, first: int, last: int) -> None:
        self.text, self.indent, self.form, self.first, self.last = text, indent, form, first, last
        self.children: list[_Node] = []

    def close(self, path: tuple[int, ...], places: list[tuple[tuple[int, ...], tuple[int, int]]]) -> Line:
        places.append((path, (self.first, self.last)))
        children = tuple(child.close((*path, number), places) for number, child in enumerate(self.children))
        return line_of(self.text, children)
