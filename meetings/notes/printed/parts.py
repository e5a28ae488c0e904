"""A set of notes laid out as the group's own documents are: members, apologies, actions, conversation, next meeting.

`parts_of` is the one layout of Word, HTML and PDF; `parts_in.document_in` is its inverse. What a reader would not see
in the words alone stands beside them in brackets, as an aside; in ordinary notes there is little of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby

from meetings.notes.agenda import kind_of
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Decision,
    Interests,
    ItemKind,
    Line,
    NextMeeting,
    NotedAction,
    NotesDocument,
    OwnerRole,
    Presence,
    Reached,
)
from meetings.notes.layout import (
    ACTIONS_HEAD,
    AGENDA,
    COLUMNS,
    DECISIONS,
    INTERESTS,
    MEMBERS,
    OCCASION_LABELS,
    PRESENCE_LABELS,
    SECTION_HEADS,
    STATUS_WORDS,
    TEXT,
    next_head,
    plain_meeting_date,
    speak_date,
)
from meetings.notes.pieces import attendee_out, deadline_added, next_meeting_added
from meetings.notes.writing import INTERESTS_WORDS, sections_in_order

NO_TITLE = "Meeting notes"
NO_ROWS = "None in these notes."
PRESENTED_BY = "Presented by:"
KIND_WORDS = {
    ItemKind.ACTIONS: "Review of actions",
    ItemKind.INTERESTS: "Interests",
    ItemKind.REPORT: "Report",
    ItemKind.UPDATE: "Update",
    ItemKind.DISCUSSION: "Discussion",
    ItemKind.OTHER_BUSINESS: "Other business",
    ItemKind.OTHER: "Other item",
}
REACHED_WORDS = {
    Reached.BY_ALL: "(agreed by everyone)",
    Reached.AGREED: "(agreed)",
    Reached.MAJORITY: "(by a majority)",
    Reached.ADVICE: "(advice)",
}
SUPPORT = "(support)"


class Voice(StrEnum):
    """How a run of words is set: as they are, strong (a label, a marker, a name), or aside."""

    PLAIN = "plain"
    STRONG = "strong"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one voice."""

    words: str
    voice: Voice = Voice.PLAIN


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the document's title, 2 a section, 3 an item. `line`: where it stands in a source, from 1."""

    level: int
    words: Words
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is no heading and no point."""

    words: Words
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list; `depth` 0 is the outermost."""

    depth: int
    words: Words
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: each cell is its paragraphs, of which the second and later are points under the first."""

    cells: tuple[tuple[Words, ...], ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of column heads. A row of one cell says that there are none."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = field(default=0, compare=False)


Part = Heading | Paragraph | Point | Table


def parts_of(document: NotesDocument, *, next_heading: str | None = None) -> tuple[Part, ...]:
    """The document laid out. Every document in normal form comes back from its parts (`document_in`).

    `next_heading`: the one of `NEXT` to write whatever follows it; None for the one that fits.
    """
    return tuple(_parts(document, next_heading))


def _parts(document: NotesDocument, next_heading: str | None) -> Iterator[Part]:
    yield Heading(1, (Run(document.title) if document.title else Run(NO_TITLE, Voice.ASIDE),))
    yield from _occasion(document)
    yield Heading(2, (Run(MEMBERS),))
    for presence, people in groupby(document.attendance, key=lambda one: one.presence):
        yield _attendance(Presence(presence), list(people))
    yield Heading(2, (Run(ACTIONS_HEAD),))
    day = plain_meeting_date(document.date)
    for section, rows in sections_in_order(document):
        body = tuple(_row(row, day) for row in rows) or (Row((((Run(NO_ROWS, Voice.ASIDE),),),)),)
        yield Table((SECTION_HEADS[section], *COLUMNS), body)
    yield Heading(2, (Run(INTERESTS),))
    yield from _interests(document.interests)
    yield Heading(2, (Run(AGENDA),))
    for number, item in enumerate(document.agenda, 1):
        yield from _item(number, item)
    if document.decisions:
        yield Heading(2, (Run(DECISIONS),))
        yield from (Point(0, _decision(one)) for one in document.decisions)
    yield Heading(2, (Run(next_heading or next_head(len(document.next_meetings))),))
    yield from (Point(0, _next_meeting(one)) for one in document.next_meetings)


def _occasion(document: NotesDocument) -> Iterator[Paragraph]:
    times = f"{document.starts or '…'}–{document.ends or '…'}" if document.starts or document.ends else None
    day = speak_date(document.date) if document.date else None
    for label, words in zip(OCCASION_LABELS, (day, times, document.place, document.body), strict=True):
        if words:
            yield Paragraph((_label(label.strip()), Run(words)))


def _label(words: str) -> Run:
    return Run(words, Voice.STRONG)


def _attendance(presence: Presence, people: list[Attendee]) -> Paragraph:
    """All of one presence, with commas between; what their words leave out follows each."""
    pieces = [attendee_out(one) for one in people]
    return Paragraph((_label(f"{PRESENCE_LABELS[presence]}:"), *_listed(pieces, ", ")))


def _listed(pieces: list[tuple[str, str]], between: str) -> Words:
    """Entries with a sign between them, each escaped words and an aside; neighbours of one voice run together."""
    runs: list[Run] = []
    plain = ""
    for number, (words, aside) in enumerate(pieces):
        plain += (between if number else "") + words
        if aside:
            runs += [Run(plain.strip()), Run(aside if aside == SUPPORT else f"[{aside}]", Voice.ASIDE)]
            plain = ""
    return (*runs, Run(plain.strip())) if plain.strip() else tuple(runs)


def _row(row: NotedAction, meeting_date: date | None) -> Row:
    owners = [
        (TEXT.escape(one.as_written, "/"), SUPPORT if one.role is OwnerRole.SUPPORT else "")
        for one in row.owners
    ]
    deadline: Words = ()
    if row.deadline:
        added = deadline_added(row.deadline, meeting_date).removesuffix("; ")
        deadline = _with_aside(row.deadline.as_written, f"[{added}]" if added else "")
    status: Words = (Run(STATUS_WORDS[row.status]),) if row.status else ()
    words = tuple((Run(one),) for one in (row.text, *row.details))
    return Row((words, *((one,) if one else () for one in (_listed(owners, " / "), deadline, status))))


def _with_aside(words: str, aside: str) -> Words:
    return (Run(words), Run(aside, Voice.ASIDE)) if aside else (Run(words),)


def _interests(interests: Interests) -> Iterator[Part]:
    state = INTERESTS_WORDS[interests.state]
    if interests.as_written:
        yield Paragraph((_label(f"{state}:"), Run(interests.as_written)))
    else:
        yield Paragraph((Run(state),))
    for one in interests.declarations:
        yield Point(0, (_label(f"{one.name}:"), Run(one.words)) if one.name else (Run(one.words),))


def _item(number: int, item: AgendaItem) -> Iterator[Part]:
    yield Heading(3, (Run(f"{number}. {item.title}"),))
    if item.kind is not kind_of(item.title):
        yield Paragraph((Run(KIND_WORDS[item.kind], Voice.ASIDE),))
    if item.presenters:
        names = ", ".join(TEXT.escape(who, ",") for who in item.presenters)
        yield Paragraph((_label(PRESENTED_BY), Run(names)))
    yield from _points(item.lines)


def _points(lines: tuple[Line, ...]) -> Iterator[Point]:
    waiting = [(0, line) for line in reversed(lines)]
    while waiting:
        depth, line = waiting.pop()
        marker = (_label(f"{line.marker.value.upper()}:"),) if line.marker else ()
        yield Point(depth, (*marker, Run(line.text)))
        waiting.extend((depth + 1, child) for child in reversed(line.children))


def _decision(one: Decision) -> Words:
    return _with_aside(one.text, REACHED_WORDS[one.reached] if one.reached else "")


def _next_meeting(one: NextMeeting) -> Words:
    added = next_meeting_added(one)
    if not added:
        return (Run(one.as_written),)
    day, starts, ends = added.split("; ")
    return _with_aside(one.as_written, f"[{day or 'no day'}; {starts or '…'}–{ends or '…'}]")
