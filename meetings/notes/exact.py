"""The exact reader of our own layout: the inverse of `writing.py`, and nothing else.

It gives None for every text that the writers would not write in just these letters; such a text goes to the
forgiving readers, also when it began as one of ours and was edited.
"""

from dataclasses import dataclass
from datetime import date, datetime

from actions.deadlines import Deadline
from actions.statuses import Status
from meetings.notes.agenda import kind_of
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Decision,
    Declaration,
    Interests,
    ItemKind,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Presence,
    Reached,
    Section,
)
from meetings.notes.gathering import Place
from meetings.notes.layout import (
    ACTIONS_HEAD,
    AGENDA,
    DECISIONS,
    INTERESTS,
    MARKDOWN,
    MEMBERS,
    NEXT,
    OCCASION_LABELS,
    PRESENCE_LABELS,
    SECTION_HEADS,
    STATUS_WORDS,
    TEXT,
    Layout,
    plain_meeting_date,
    split_mark,
    split_unescaped,
    unescape,
)
from meetings.notes.lines import parse_lines
from meetings.notes.pieces import attendee_in, deadline_in, next_meeting_in
from meetings.notes.writing import INTERESTS_WORDS, write_in

_SECTIONS = {words: section for section, words in SECTION_HEADS.items()}
_PRESENCES = {words: presence for presence, words in PRESENCE_LABELS.items()}
_STATUSES = {words: status for status, words in STATUS_WORDS.items()}
_INTERESTS = {words: state for state, words in INTERESTS_WORDS.items()}


class _NotOurs(Exception):
    """The text is not in our layout."""


def read_exactly(text: str) -> tuple[NotesDocument, dict[Place, tuple[int, int]]] | None:
    """The document that one of our writers wrote as this very text, with its places; None for other text."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    for layout in (TEXT, MARKDOWN):
        if f"\n{layout.heading}{ACTIONS_HEAD}\n" not in text or not text.endswith("\n"):
            continue
        try:
            reader = _Reader(text, layout)
            document = reader.read()
        except (_NotOurs, ValueError, KeyError, IndexError):
            continue
        if write_in(document, layout, next_heading=reader.heading) == text:
            return document, reader.places
    return None


@dataclass(slots=True)
class _Paragraph:
    lines: list[str]
    first: int


class _Reader:
    """Goes through the paragraphs of one text in the order in which they are written."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        self.places: dict[Place, tuple[int, int]] = {}
        self.paragraphs: list[_Paragraph] = []
        number = 1
        for part in text.removesuffix("\n").split("\n\n"):
            lines = part.split("\n")
            self.paragraphs.append(_Paragraph(lines, number))
            number += len(lines) + 1
        self.at = 0
        self.heading = ""
        self.meeting_date: date | None = None

    def read(self) -> NotesDocument:
        title = self._title()
        day, starts, ends, place, body = self._occasion()
        self._heading(MEMBERS)
        attendance = self._attendance()
        self._heading(ACTIONS_HEAD)
        actions = self._actions()
        self._heading(INTERESTS)
        interests = self._interests()
        self._heading(AGENDA)
        agenda = self._agenda()
        decisions = self._decisions()
        self._heading(*NEXT)
        return NotesDocument(
            title=title,
            date=day,
            starts=starts,
            ends=ends,
            place=place,
            attendance=attendance,
            interests=interests,
            actions=actions,
            agenda=agenda,
            next_meetings=self._next_meetings(),
            body=body,
            decisions=decisions,
        )

    def _peek(self) -> _Paragraph | None:
        return self.paragraphs[self.at] if self.at < len(self.paragraphs) else None

    def _take(self) -> _Paragraph:
        paragraph = self._peek()
        if paragraph is None:
            raise _NotOurs
        self.at += 1
        return paragraph

    def _is_heading(self, *either: str) -> bool:
        paragraph = self._peek()
        return paragraph is not None and paragraph.lines in [
            [self.layout.heading + words] for words in either
        ]

    def _heading(self, *either: str) -> None:
        """Go past a heading of these words, or of those; `heading` are the ones found."""
        if not self._is_heading(*either):
            raise _NotOurs
        self.heading = self.paragraphs[self.at].lines[0].removeprefix(self.layout.heading)
        self.at += 1

    def _title(self) -> str | None:
        first = self.paragraphs[0].lines[0]
        if self.layout.title:
            if not first.startswith(self.layout.title):
                return None
        elif first == MEMBERS or first.startswith(OCCASION_LABELS):
            return None
        self.places["title",] = (1, 1)
        return unescape(self._take().lines[0].removeprefix(self.layout.title))

    def _occasion(self) -> list[str | None]:
        """Day, start, end, place and group."""
        found: list[str | None] = [None, None, None, None, None]
        if self._is_heading(MEMBERS):
            return found
        paragraph = self._take()
        for number, line in enumerate(paragraph.lines, paragraph.first):
            label = next((label for label in OCCASION_LABELS if line.startswith(label)), None)
            if label is None:
                raise _NotOurs
            words = line.removeprefix(label)
            if label == OCCASION_LABELS[0]:
                found[0] = _unspoken(words)
                self.meeting_date = plain_meeting_date(found[0])
                self.places["date",] = (number, number)
            elif label == OCCASION_LABELS[1]:
                starts, _, ends = words.partition("–")
                found[1], found[2] = (None if clock == "…" else clock for clock in (starts, ends))
                self.places["starts",] = (number, number)
            else:
                found[OCCASION_LABELS.index(label) + 1] = unescape(words)
                self.places["place" if label == OCCASION_LABELS[2] else "body",] = (number, number)
        return found

    def _attendance(self) -> tuple[Attendee, ...]:
        people: list[Attendee] = []
        while not self._is_heading(ACTIONS_HEAD):
            paragraph = self._take()
            label, _, rest = paragraph.lines[0].partition(": ")
            presence = _PRESENCES[label]
            for entry in split_unescaped(rest, ", ", brackets=True):
                self.places["attendance", len(people)] = (paragraph.first, paragraph.first)
                people.append(_attendee(entry, presence))
        return tuple(people)

    def _actions(self) -> tuple[NotedAction, ...]:
        actions: list[NotedAction] = []
        while not self._is_heading(INTERESTS):
            paragraph = self._take()
            rows = self.layout.rows(paragraph.lines)
            section = _SECTIONS[rows[0][0]]
            ruled = len(paragraph.lines) - len(rows)
            for number, cells in enumerate(rows[1:], paragraph.first + 1 + ruled):
                self.places["actions", len(actions)] = (number, number)
                actions.append(self._action(section, cells))
        return tuple(actions)

    def _action(self, section: Section, cells: list[str]) -> NotedAction:
        text, *details = (unescape(part) for part in split_unescaped(cells[0], " • "))
        owners = []
        for entry in split_unescaped(cells[1], " / ") if cells[1] else []:
            words, mark = split_mark(entry)
            owners.append(Owner(unescape(words), OwnerRole.SUPPORT if mark == "support" else OwnerRole.LEAD))
        status: Status | None = _STATUSES[cells[3]] if cells[3] else None
        return NotedAction(section, text, tuple(details), tuple(owners), self._deadline(cells[2]), status)

    def _deadline(self, cell: str) -> Deadline | None:
        if not cell:
            return None
        words, mark = split_mark(cell)
        return deadline_in(unescape(words), mark or "", self.meeting_date)

    def _interests(self) -> Interests:
        paragraph = self._take()
        self.places["interests",] = (paragraph.first, paragraph.first + len(paragraph.lines) - 1)
        state, _, words = paragraph.lines[0].partition(": ")
        declarations = []
        for line in paragraph.lines[1:]:
            who, said = split_unescaped(line.removeprefix("- "), ": ")[0], ""
            said = line.removeprefix("- ")[len(who) + 2 :]
            declarations.append(Declaration(unescape(who) or None, unescape(said)))
        return Interests(_INTERESTS[state], unescape(words) or None, tuple(declarations))

    def _agenda(self) -> tuple[AgendaItem, ...]:
        items: list[AgendaItem] = []
        while not self._is_heading(*NEXT, DECISIONS):
            paragraph = self._take()
            number = len(items)
            words, mark = split_mark(paragraph.lines[0].removeprefix(f"{self.layout.item}{number + 1}. "))
            title = unescape(words)
            self.places["agenda", number] = (paragraph.first, paragraph.first)
            following = self._peek()
            presenters: tuple[str, ...] = ()
            if following and following.lines[0].startswith("Presented by: "):
                rest = self._take().lines[0].removeprefix("Presented by: ")
                presenters = tuple(unescape(who) for who in split_unescaped(rest, ", "))
            following = self._peek()
            notes = ""
            if following and following.lines[0].startswith("- "):
                notes = self.layout.read_notes("\n".join(following.lines))
                self._note_places(number, following)
                self.at += 1
            kind = ItemKind(mark) if mark else kind_of(title)
            items.append(AgendaItem(title, presenters, kind, parse_lines(notes)))
        return tuple(items)

    def _note_places(self, number: int, paragraph: _Paragraph) -> None:
        """The source line of every line of notes, by its path."""
        path: list[int] = []
        for line_number, line in enumerate(paragraph.lines, paragraph.first):
            depth = (len(line) - len(line.lstrip(" "))) // 2
            path = [*path[:depth], path[depth] + 1 if depth < len(path) else 0]
            self.places["agenda", number, tuple(path)] = (line_number, line_number)

    def _decisions(self) -> tuple[Decision, ...]:
        if not self._is_heading(DECISIONS):
            return ()
        self.at += 1
        paragraph = self._take()
        found: list[Decision] = []
        for number, line in enumerate(paragraph.lines, paragraph.first):
            words, mark = split_mark(line.removeprefix("- "))
            self.places["decisions", len(found)] = (number, number)
            found.append(Decision(unescape(words), Reached(mark) if mark else None))
        return tuple(found)

    def _next_meetings(self) -> tuple[NextMeeting, ...]:
        paragraph = self._peek()
        found: list[NextMeeting] = []
        for number, line in enumerate(paragraph.lines, paragraph.first) if paragraph else ():
            words, mark = split_mark(line.removeprefix("- "))
            self.places["next_meetings", len(found)] = (number, number)
            found.append(next_meeting_in(unescape(words), mark or ""))
        return tuple(found)


def _unspoken(words: str) -> str:
    """The ISO day that `speak_date` put in these words, or the words."""
    try:
        return datetime.strptime(words.partition(" ")[2].zfill(2), "%d %B %Y").date().isoformat()
    except ValueError:
        return words


def _attendee(entry: str, presence: Presence) -> Attendee:
    words, mark = split_mark(entry)
    return attendee_in(words, mark or "", presence)
