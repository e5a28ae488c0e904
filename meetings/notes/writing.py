"""Notes written out, as plain text and as Markdown, in one layout that the readers know exactly.

`read_text(write_text(document)) == document` and `read_markdown(write_markdown(document)) == document` for every
document in normal form, warnings aside. What a reader would not see in the words alone stands behind them between
⟨angle marks⟩: a date that only another part of the notes could settle, a name that stands in other words, and so on;
in ordinary notes there is nothing to add.

Both tables of actions are always printed, with a status column.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from meetings.notes.agenda import kind_of
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Decision,
    Interests,
    InterestsState,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Presence,
    Section,
)
from meetings.notes.layout import (
    ACTIONS_HEAD,
    AGENDA,
    COLUMNS,
    DECISIONS,
    INTERESTS,
    MARKDOWN,
    MEMBERS,
    OCCASION_LABELS,
    PRESENCE_LABELS,
    SECTION_HEADS,
    STATUS_WORDS,
    TEXT,
    Layout,
    marked,
    next_head,
    plain_meeting_date,
    speak_date,
)
from meetings.notes.lines import write_lines
from meetings.notes.pieces import attendee_out, deadline_added, next_meeting_added

INTERESTS_WORDS = {
    InterestsState.NOT_RECORDED: "Not recorded",
    InterestsState.NONE_DECLARED: "None declared",
    InterestsState.DECLARED: "Declared",
}


def write_text(document: NotesDocument) -> str:
    """The notes as plain text, tables with tabs between their cells."""
    return write_in(document, TEXT)


def write_markdown(document: NotesDocument) -> str:
    """The notes as Markdown, tables with pipes."""
    return write_in(document, MARKDOWN)


def write_in(document: NotesDocument, layout: Layout, *, next_heading: str | None = None) -> str:
    """The notes in one of the two layouts; paragraphs are parted by one empty line.

    `next_heading`: the one of `NEXT` to write whatever follows it; None for the one that fits.
    """
    parts: list[str] = []
    if document.title:
        title = layout.escape(document.title)
        if not layout.title and (title == MEMBERS or title.startswith(OCCASION_LABELS)):
            title = f"\\{title}"
        parts.append(layout.title + title)
    parts.append("\n".join(_occasion(document, layout)))
    parts.append(layout.heading + MEMBERS)
    parts.extend(_attendance(document.attendance, layout))
    parts.append(layout.heading + ACTIONS_HEAD)
    parts.extend(_tables(document, layout))
    parts.append(layout.heading + INTERESTS)
    parts.append("\n".join(_interests(document.interests, layout)))
    parts.append(layout.heading + AGENDA)
    for number, item in enumerate(document.agenda, 1):
        parts.extend(_item(number, item, layout))
    if document.decisions:
        parts.append(layout.heading + DECISIONS)
        parts.append("\n".join(_decision(one, layout) for one in document.decisions))
    parts.append(layout.heading + (next_heading or next_head(len(document.next_meetings))))
    parts.append("\n".join(_next_meeting(one, layout) for one in document.next_meetings))
    return "\n\n".join(part for part in parts if part) + "\n"


def _occasion(document: NotesDocument, layout: Layout) -> Iterator[str]:
    if document.date:
        yield f"{OCCASION_LABELS[0]}{speak_date(document.date)}"
    if document.starts or document.ends:
        yield f"{OCCASION_LABELS[1]}{document.starts or '…'}–{document.ends or '…'}"
    if document.place:
        yield f"{OCCASION_LABELS[2]}{layout.escape(document.place)}"
    if document.body:
        yield f"{OCCASION_LABELS[3]}{layout.escape(document.body)}"


def _attendance(attendance: tuple[Attendee, ...], layout: Layout) -> Iterator[str]:
    for presence, people in groupby(attendance, key=lambda one: one.presence):
        yield f"{PRESENCE_LABELS[Presence(presence)]}: {', '.join(_attendee(one, layout) for one in people)}"


def _attendee(one: Attendee, layout: Layout) -> str:
    words, added = attendee_out(one, layout)
    return words + marked(added) if added else words


def _tables(document: NotesDocument, layout: Layout) -> Iterator[str]:
    """A table for each run of actions of one section, in their order; both sections have at least one."""
    meeting_date = plain_meeting_date(document.date)
    for section, rows in sections_in_order(document):
        yield layout.table(
            [(SECTION_HEADS[section], *COLUMNS), *(_row(row, meeting_date, layout) for row in rows)]
        )


def sections_in_order(document: NotesDocument) -> list[tuple[Section, list[NotedAction]]]:
    """The tables of actions: one for each run of actions of one section; both sections have at least one."""
    runs = [(section, list(rows)) for section, rows in groupby(document.actions, key=lambda one: one.section)]
    for section in Section:
        if not any(run[0] is section for run in runs):
            runs.insert(0 if section is Section.AGREED else len(runs), (section, []))
    return runs


def _row(row: NotedAction, meeting_date: date | None, layout: Layout) -> tuple[str, ...]:
    text = " • ".join(layout.escape(words, "•") for words in (row.text, *row.details))
    deadline = ""
    if row.deadline:
        added = deadline_added(row.deadline, meeting_date)
        deadline = layout.escape(row.deadline.as_written) + (marked(added) if added else "")
    owners = " / ".join(_owner(one, layout) for one in row.owners)
    return text, owners, deadline, STATUS_WORDS[row.status] if row.status else ""


def _owner(one: Owner, layout: Layout) -> str:
    words = layout.escape(one.as_written, "/")
    return words + marked("support") if one.role is OwnerRole.SUPPORT else words


def _interests(interests: Interests, layout: Layout) -> Iterator[str]:
    words = f": {layout.escape(interests.as_written)}" if interests.as_written else ""
    yield INTERESTS_WORDS[interests.state] + words
    for one in interests.declarations:
        who = layout.escape(one.name, ":") if one.name else ""
        yield f"- {who}: {layout.escape(one.words)}"


def _item(number: int, item: AgendaItem, layout: Layout) -> Iterator[str]:
    title = f"{layout.item}{number}. {layout.escape(item.title)}"
    if item.kind is not kind_of(item.title):
        title += marked(item.kind.value)
    yield title
    if item.presenters:
        yield "Presented by: " + ", ".join(layout.escape(who, ",") for who in item.presenters)
    if item.lines:
        yield layout.notes(write_lines(item.lines))


def _decision(one: Decision, layout: Layout) -> str:
    words = f"- {layout.escape(one.text)}"
    return words + marked(one.reached.value) if one.reached else words


def _next_meeting(one: NextMeeting, layout: Layout) -> str:
    added = next_meeting_added(one)
    return f"- {layout.escape(one.as_written)}" + (marked(added) if added else "")
