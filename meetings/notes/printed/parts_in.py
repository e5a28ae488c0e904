"""The document in a layout of ours: the inverse of `parts.py`, and nothing else.

Other layouts, and ours where something was added that has no place in it, are None here and go to the forgiving
readers. Words that somebody changed in their place are read as they now stand.
"""

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
    Line,
    Marker,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Section,
)
from meetings.notes.gathering import Place
from meetings.notes.layout import (
    ACTIONS_HEAD,
    AGENDA,
    DECISIONS,
    INTERESTS,
    MEMBERS,
    NEXT,
    OCCASION_LABELS,
    PRESENCE_LABELS,
    SECTION_HEADS,
    STATUS_WORDS,
    plain_meeting_date,
    split_unescaped,
    unescape,
)
from meetings.notes.pieces import attendee_in, deadline_in, next_meeting_in
from meetings.notes.printed.parts import (
    KIND_WORDS,
    NO_ROWS,
    PRESENTED_BY,
    REACHED_WORDS,
    SUPPORT,
    Heading,
    Paragraph,
    Part,
    Point,
    Row,
    Run,
    Table,
    Voice,
    Words,
    parts_of,
)
from meetings.notes.speakers import speaker_of
from meetings.notes.writing import INTERESTS_WORDS

_SECTIONS = {words: section for section, words in SECTION_HEADS.items()}
_PRESENCES = {f"{words}:": presence for presence, words in PRESENCE_LABELS.items()}
_STATUSES = {words: status for status, words in STATUS_WORDS.items()}
_INTERESTS = {words: state for state, words in INTERESTS_WORDS.items()}
_KINDS = {words: kind for kind, words in KIND_WORDS.items()}
_REACHED = {words: reached for reached, words in REACHED_WORDS.items()}
_MARKERS = {f"{marker.value.upper()}:": marker for marker in Marker}
_LABELS = tuple(label.strip() for label in OCCASION_LABELS)


def document_in(parts: tuple[Part, ...]) -> tuple[NotesDocument, dict[Place, tuple[int, int]]] | None:
    """The document that `parts_of` lays out as these very parts, with the places of what is in it; or None."""
    try:
        reader = _Reader(parts)
        document = reader.read()
    except (ValueError, KeyError, IndexError):
        return None
    same = parts_of(document, next_heading=reader.heading) == parts
    return (document, reader.places) if same else None


class _Reader:
    """Goes through the parts in their order. Raises ValueError, KeyError or IndexError where they are not ours."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.at = 0
        self.heading = ""
        self.places: dict[Place, tuple[int, int]] = {}
        self.meeting_date: date | None = None

    def read(self) -> NotesDocument:
        title = self._title()
        day, starts, ends, place, body = self._occasion()
        self._section(MEMBERS)
        attendance = self._attendance()
        self._section(ACTIONS_HEAD)
        actions = self._actions()
        self._section(INTERESTS)
        interests = self._interests()
        self._section(AGENDA)
        agenda = self._agenda()
        decisions: tuple[Decision, ...] = ()
        if self._peek() == Heading(2, (Run(DECISIONS),)):
            self._section(DECISIONS)
            decisions = tuple(self._decision(number, point) for number, point in enumerate(self._points()))
        self._section(*NEXT)
        coming = tuple(self._next_meeting(number, point) for number, point in enumerate(self._points()))
        if self._peek() is not None:
            raise ValueError("more than notes")
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
            next_meetings=coming,
            body=body,
            decisions=decisions,
        )

    def _peek(self) -> Part | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def _section(self, *either: str) -> None:
        """Go past a heading of these words, or of those; `heading` are the ones found."""
        found = next((words for words in either if self._peek() == Heading(2, (Run(words),))), None)
        if found is None:
            raise ValueError(either)
        self.heading = found
        self.at += 1

    def _paragraphs(self) -> list[Paragraph]:
        found = []
        while isinstance(part := self._peek(), Paragraph):
            found.append(part)
            self.at += 1
        return found

    def _points(self) -> list[Point]:
        found = []
        while isinstance(part := self._peek(), Point):
            found.append(part)
            self.at += 1
        return found

    def _found(self, place: Place, part: Part | Row) -> None:
        self.places[place] = (part.line, part.line)

    def _title(self) -> str | None:
        heading = self.parts[0]
        if not isinstance(heading, Heading) or heading.level != 1:
            raise ValueError("no title")
        self.at = 1
        (run,) = heading.words
        if run.voice is Voice.ASIDE:
            return None
        self._found(("title",), heading)
        return run.words

    def _occasion(self) -> list[str | None]:
        """Day, start, end, place and group."""
        found: list[str | None] = [None, None, None, None, None]
        for paragraph in self._paragraphs():
            label, words = paragraph.words
            which = _LABELS.index(label.words)
            if which == 0:
                found[0] = _unspoken(words.words)
                self.meeting_date = plain_meeting_date(found[0])
            elif which == 1:
                starts, _, ends = words.words.partition("–")
                found[1], found[2] = (None if clock == "…" else clock for clock in (starts, ends))
            else:
                found[which + 1] = words.words
            self._found((("date", "starts", "place", "body")[which],), paragraph)
        return found

    def _attendance(self) -> tuple[Attendee, ...]:
        people: list[Attendee] = []
        for paragraph in self._paragraphs():
            presence = _PRESENCES[paragraph.words[0].words]
            for words, aside in _unlisted(paragraph.words[1:], ", "):
                self._found(("attendance", len(people)), paragraph)
                people.append(attendee_in(words, _bare(aside), presence))
        return tuple(people)

    def _actions(self) -> tuple[NotedAction, ...]:
        actions: list[NotedAction] = []
        while isinstance(table := self._peek(), Table):
            self.at += 1
            section = _SECTIONS[table.head[0]]
            for row in table.rows:
                if row.cells == (((Run(NO_ROWS, Voice.ASIDE),),),):
                    continue
                self._found(("actions", len(actions)), row)
                actions.append(self._action(section, row))
        return tuple(actions)

    def _action(self, section: Section, row: Row) -> NotedAction:
        words, owners, deadline, status = row.cells
        text, *details = (_only(one) for one in words)
        return NotedAction(
            section,
            text,
            tuple(details),
            tuple(
                Owner(unescape(who), OwnerRole.SUPPORT if aside == SUPPORT else OwnerRole.LEAD)
                for who, aside in (_unlisted(owners[0], " / ") if owners else ())
            ),
            self._deadline(deadline[0]) if deadline else None,
            self._status(status[0]) if status else None,
        )

    def _deadline(self, words: Words) -> Deadline:
        said, aside = _and_aside(words)
        added = _bare(aside)
        return deadline_in(said, added if "; " in added or not added else f"{added}; ", self.meeting_date)

    def _status(self, words: Words) -> Status:
        return _STATUSES[_only(words)]

    def _interests(self) -> Interests:
        paragraph = self._peek()
        if not isinstance(paragraph, Paragraph):
            raise ValueError("nothing about interests")
        self.at += 1
        points = self._points()
        state, *said = (run.words for run in paragraph.words)
        last = points[-1].line if points else paragraph.line
        self.places["interests",] = (paragraph.line, last)
        return Interests(
            _INTERESTS[state.removesuffix(":")],
            said[0] if said else None,
            tuple(_declaration(point.words) for point in points),
        )

    def _agenda(self) -> tuple[AgendaItem, ...]:
        items: list[AgendaItem] = []
        while isinstance(heading := self._peek(), Heading) and heading.level == 3:
            self.at += 1
            number = len(items)
            self._found(("agenda", number), heading)
            title = _only(heading.words).removeprefix(f"{number + 1}. ")
            kind = kind_of(title)
            presenters: tuple[str, ...] = ()
            for paragraph in self._paragraphs():
                if paragraph.words[0].voice is Voice.ASIDE:
                    kind = _KINDS[paragraph.words[0].words]
                else:
                    presenters = _presenters(paragraph.words)
            points = self._points()
            self._note_places(number, points)
            items.append(AgendaItem(title, presenters, kind, _lines(points)))
        return tuple(items)

    def _note_places(self, number: int, points: list[Point]) -> None:
        """The place of every line of notes, by its path."""
        path: list[int] = []
        for point in points:
            depth = point.depth
            path = [*path[:depth], path[depth] + 1 if depth < len(path) else 0]
            self._found(("agenda", number, tuple(path)), point)

    def _decision(self, number: int, point: Point) -> Decision:
        self._found(("decisions", number), point)
        words, aside = _and_aside(point.words)
        return Decision(words, _REACHED[aside] if aside else None)

    def _next_meeting(self, number: int, point: Point) -> NextMeeting:
        self._found(("next_meetings", number), point)
        words, aside = _and_aside(point.words)
        if not aside:
            return next_meeting_in(words, "")
        day, _, times = _bare(aside).partition("; ")
        clocks = ("" if clock == "…" else clock for clock in times.split("–"))
        return next_meeting_in(words, "; ".join(("" if day == "no day" else day, *clocks)))


def _unlisted(words: Words, between: str) -> list[tuple[str, str]]:
    """The entries that stand in a run of words with a sign between them: escaped words, and the aside of each."""
    entries: list[tuple[str, str]] = []
    for run in words:
        if run.voice is Voice.ASIDE:
            entries[-1] = (entries[-1][0], run.words)
            continue
        # After an aside the sign between comes first, without the space that parted it from what went before.
        said = run.words.removeprefix(between.strip()).lstrip() if entries else run.words
        entries += [(entry, "") for entry in split_unescaped(said, between, brackets=between == ", ")]
    return entries


def _bare(aside: str) -> str:
    return aside.removeprefix("[").removesuffix("]")


def _only(words: Words) -> str:
    (run,) = words
    return run.words


def _and_aside(words: Words) -> tuple[str, str]:
    said, *aside = (run.words for run in words)
    return said, aside[0] if aside else ""


def _declaration(words: Words) -> Declaration:
    if len(words) == 1:
        return Declaration(None, _only(words))
    name, said = words
    return Declaration(name.words.removesuffix(":"), said.words)


def _presenters(words: Words) -> tuple[str, ...]:
    label, names = words
    if label.words != PRESENTED_BY:
        raise ValueError(label.words)
    return tuple(unescape(who) for who in split_unescaped(names.words, ", "))


def _lines(points: list[Point]) -> tuple[Line, ...]:
    """Points with their replies, nested again. Raises ValueError for a reply to nothing."""
    closed: list[list[Line]] = [[]]
    # From the last to the first: the replies of a point are the lines found one deeper so far.
    for point in reversed(points):
        closed += [[] for _ in range(point.depth + 2 - len(closed))]
        *marker, said = point.words
        sign = _MARKERS[marker[0].words] if marker else None
        replies = tuple(reversed(closed[point.depth + 1]))
        closed[point.depth].append(Line(said.words, sign, replies, speaker_of(said.words)))
        del closed[point.depth + 1 :]
    if len(closed) > 2 or (points and points[0].depth):
        raise ValueError("a reply to nothing")
    return tuple(reversed(closed[0]))


def _unspoken(words: str) -> str:
    """The ISO day that `speak_date` put in these words, or the words."""
    try:
        return datetime.strptime(words.partition(" ")[2].zfill(2), "%d %B %Y").date().isoformat()
    except ValueError:
        return words
