"""How two sets of notes of one meeting differ: section by section, in plain words. Pure."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meetings.matching import plain_words
from meetings.notes.document import (
    AgendaItem,
    Decision,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Section,
)
from meetings.notes.lines import write_lines


class Part(StrEnum):
    """The parts that a set of notes is compared and replaced by."""

    WHEN = "when"
    ATTENDANCE = "attendance"
    INTERESTS = "interests"
    AGREED = "agreed"
    CARRIED = "carried"
    AGENDA = "agenda"
    DECISIONS = "decisions"
    NEXT = "next"


TITLES = {
    Part.WHEN: "When and where",
    Part.ATTENDANCE: "Who was there",
    Part.INTERESTS: "Interests",
    Part.AGREED: "Actions agreed",
    Part.CARRIED: "Actions from previous meetings",
    Part.AGENDA: "The order of the agenda",
    Part.DECISIONS: "Decisions",
    Part.NEXT: "Next meetings",
}
_PRESENCE = {"present": "present", "apologies": "sent apologies", "absent": "absent"}


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of a comparison: "-" it stands in the record, "+" in the document, " " in both."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A part in which they differ, under the title a page gives it."""

    part: Part
    title: str
    lines: tuple[Changed, ...]


def differences(record: NotesDocument, document: NotesDocument) -> tuple[Difference, ...]:
    """Every part in which the record and the document say different things; () where they agree.

    Warnings, titles of the whole document and capitals and punctuation of headings are no difference.
    """
    found = []
    for part in Part:
        if part is Part.AGENDA:
            found.extend(_agenda(record.agenda, document.agenda))
        elif lines := _compared(part_in_words(record, part), part_in_words(document, part)):
            found.append(Difference(part, TITLES[part], lines))
    return tuple(found)


def changed_parts(before: NotesDocument, after: NotesDocument) -> frozenset[Part]:
    """The parts in which two readings differ."""
    return frozenset(difference.part for difference in differences(before, after))


def part_in_words(document: NotesDocument, part: Part) -> list[str]:
    """What a document says in one part, a line each. The agenda gives the titles of its items."""
    match part:
        case Part.WHEN:
            times = " to ".join(filter(None, (document.starts, document.ends)))
            return list(filter(None, (document.date, times, document.place)))
        case Part.ATTENDANCE:
            return [
                ", ".join(filter(None, (one.name, _PRESENCE[one.presence], *map(str, one.capacities))))
                for one in document.attendance
            ]
        case Part.INTERESTS:
            state = document.interests
            said = [f"{one.name or 'Somebody'}: {one.words}" for one in state.declarations]
            return [state.state.replace("_", " "), *filter(None, (state.as_written,)), *said]
        case Part.AGREED:
            return list(_rows(document.actions, Section.AGREED))
        case Part.CARRIED:
            return list(_rows(document.actions, Section.CARRIED))
        case Part.AGENDA:
            return [_heading(item) for item in document.agenda]
        case Part.DECISIONS:
            return [_decision(one) for one in document.decisions]
        case Part.NEXT:
            return [one.as_written for one in document.next_meetings]


def owners_in_words(owners: Sequence[Owner]) -> str:
    """Owners as one line: "Ada, Bel with support from Cy"."""
    leads = ", ".join(one.as_written for one in owners if one.role is OwnerRole.LEAD)
    supports = ", ".join(one.as_written for one in owners if one.role is OwnerRole.SUPPORT)
    if leads and supports:
        return f"{leads} with support from {supports}"
    return leads or (f"support: {supports}" if supports else "")


def _rows(actions: Iterable[NotedAction], section: Section) -> Iterable[str]:
    for one in actions:
        if one.section is section:
            deadline = one.deadline.as_written if one.deadline else ""
            status = one.status.replace("_", " ") if one.status else ""
            yield " | ".join(
                filter(None, (one.text, *one.details, owners_in_words(one.owners), deadline, status))
            )


def _decision(one: Decision) -> str:
    return f"{one.text} ({one.reached.replace('_', ' ')})" if one.reached else one.text


def _heading(item: AgendaItem) -> str:
    return " | ".join(filter(None, (item.title, ", ".join(item.presenters))))


def _agenda(before: Sequence[AgendaItem], after: Sequence[AgendaItem]) -> list[Difference]:
    """What was noted, item by item. Items are the same when their titles are."""
    found: list[Difference] = []
    headings = _compared([_heading(item) for item in before], [_heading(item) for item in after])
    if headings:
        found.append(Difference(Part.AGENDA, TITLES[Part.AGENDA], headings))
    was, now = _by_title(before), _by_title(after)
    for key in dict.fromkeys([*now, *was]):
        title = (now.get(key) or was[key]).title
        lines = _compared(_noted(was.get(key)), _noted(now.get(key)))
        if lines:
            found.append(Difference(Part.AGENDA, title, lines))
    return found


def _by_title(items: Sequence[AgendaItem]) -> dict[tuple[tuple[str, ...], int], AgendaItem]:
    """Items by their title; the second of two with one title is told apart by its number."""
    found: dict[tuple[tuple[str, ...], int], AgendaItem] = {}
    for item in items:
        words, number = plain_words(item.title), 0
        while (words, number) in found:
            number += 1
        found[words, number] = item
    return found


def _noted(item: AgendaItem | None) -> list[str]:
    return write_lines(item.lines).splitlines() if item else []


def _compared(before: Sequence[str], after: Sequence[str]) -> tuple[Changed, ...]:
    """The lines of both with what stands in one alone; () where they are the same."""
    if list(before) == list(after):
        return ()
    lines: list[Changed] = []
    matcher = difflib.SequenceMatcher(None, list(before), list(after), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            lines.extend(Changed(" ", words) for words in before[i1:i2])
        else:
            lines.extend(Changed("-", words) for words in before[i1:i2])
            lines.extend(Changed("+", words) for words in after[j1:j2])
    return _only_near(lines)


def _only_near(lines: list[Changed]) -> tuple[Changed, ...]:
    """What is the same is shown only beside what is not."""
    differing = [number for number, line in enumerate(lines) if line.sign != " "]
    near = {at for number in differing for at in range(number - 1, number + 2)}
    return tuple(line for number, line in enumerate(lines) if number in near)
