"""What a set of meeting notes says: one frozen document between every reader and every writer.

It mirrors the JSON form of the design (`notes.schema.json`): `to_json` and `from_json` are each other's inverse.
Dates are ISO text ("2025-11-19", a month "2022-02"), times "14:00"; lists keep the order of the notes, and
`as_written` keeps their words.

Normal form (`normal_form`, `is_normal`): words are trimmed and single-spaced, no words and no lines are empty,
and what the words of a line decide (who spoke) agrees with them. Every reader gives a document in normal form, and
every writer keeps one whole.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status
from meetings.notes.speakers import speaker_of


class Presence(StrEnum):
    """Whether somebody was at the meeting."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Capacity(StrEnum):
    """What somebody did at this meeting, or is called in its list; never a grant of a post."""

    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    NOTETAKER = "notetaker"
    GUEST = "guest"
    OBSERVER = "observer"
    PRESENTER = "presenter"


class InterestsState(StrEnum):
    """What the notes say about interests: nothing said at all is not "none"."""

    NONE_DECLARED = "none_declared"
    DECLARED = "declared"
    NOT_RECORDED = "not_recorded"


class Section(StrEnum):
    """Which of the two tables an action stands in."""

    AGREED = "agreed"
    CARRIED = "carried"


class OwnerRole(StrEnum):
    """An owner leads or supports."""

    LEAD = "lead"
    SUPPORT = "support"


class ItemKind(StrEnum):
    """What sort of agenda item it is, as its title tells."""

    ACTIONS = "actions"
    INTERESTS = "interests"
    REPORT = "report"
    UPDATE = "update"
    DISCUSSION = "discussion"
    OTHER_BUSINESS = "other_business"
    OTHER = "other"


class Marker(StrEnum):
    """A line of the notes that begins ACTION:, DECISION:, OFFER: or PARKED:."""

    ACTION = "action"
    DECISION = "decision"
    OFFER = "offer"
    PARKED = "parked"


class Reached(StrEnum):
    """How something was agreed, as the notes say it; mostly there is no vote."""

    BY_ALL = "by_all"
    AGREED = "agreed"
    MAJORITY = "majority"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person in the attendance list."""

    name: str
    as_written: str
    presence: Presence
    capacities: tuple[Capacity, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """An interest that somebody declared at the meeting; the name is None where the notes give none."""

    name: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Interests:
    """What the notes say about interests, in three states."""

    state: InterestsState = InterestsState.NOT_RECORDED
    as_written: str | None = None
    declarations: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """Who takes an action on, in the words of the notes."""

    as_written: str
    role: OwnerRole = OwnerRole.LEAD


@dataclass(frozen=True, slots=True)
class NotedAction:
    """A row of an action table, or a marker where the notes have no table."""

    section: Section
    text: str
    details: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    deadline: Deadline | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A point in the notes of an agenda item, with the replies under it."""

    text: str
    marker: Marker | None = None
    children: tuple["Line", ...] = ()
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda with what was noted under it."""

    title: str
    presenters: tuple[str, ...] = ()
    kind: ItemKind = ItemKind.OTHER
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A coming meeting that the notes announce; the date may be a month or None."""

    as_written: str
    date: str | None = None
    starts: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """An explicit agreement or resolution, in the words of the notes; it also stands in its item's lines."""

    text: str
    reached: Reached | None = None


@dataclass(frozen=True, slots=True)
class NotesWarning:
    """Something that could not be placed or was taken in one of two ways; `line` counts from 1."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class NotesDocument:
    """All that a set of notes says."""

    title: str | None = None
    date: str | None = None
    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    attendance: tuple[Attendee, ...] = ()
    interests: Interests = field(default_factory=Interests)
    actions: tuple[NotedAction, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    next_meetings: tuple[NextMeeting, ...] = ()
    warnings: tuple[NotesWarning, ...] = ()
    body: str | None = None
    decisions: tuple[Decision, ...] = ()


def to_json(document: NotesDocument) -> dict[str, Any]:
    """The document as the JSON of `notes.schema.json`: plain dicts, lists and strings."""
    return {
        "title": document.title,
        "date": document.date,
        "starts": document.starts,
        "ends": document.ends,
        "place": document.place,
        "attendance": [
            {
                "name": one.name,
                "as_written": one.as_written,
                "presence": one.presence.value,
                "capacities": [capacity.value for capacity in one.capacities],
            }
            for one in document.attendance
        ],
        "interests": {
            "state": document.interests.state.value,
            "as_written": document.interests.as_written,
            "declarations": [
                {"name": one.name, "words": one.words} for one in document.interests.declarations
            ],
        },
        "actions": [_action_to_json(one) for one in document.actions],
        "agenda": [
            {
                "title": item.title,
                "presenters": list(item.presenters),
                "kind": item.kind.value,
                "lines": [line_to_json(line) for line in item.lines],
            }
            for item in document.agenda
        ],
        "next_meetings": [
            {"as_written": one.as_written, "date": one.date, "starts": one.starts, "ends": one.ends}
            for one in document.next_meetings
        ],
        "warnings": [{"line": one.line, "message": one.message} for one in document.warnings],
        "body": document.body,
        "decisions": [
            {"text": one.text, "reached": one.reached and one.reached.value} for one in document.decisions
        ],
    }


def _action_to_json(action: NotedAction) -> dict[str, Any]:
    deadline = action.deadline
    return {
        "section": action.section.value,
        "text": action.text,
        "details": list(action.details),
        "owners": [{"as_written": one.as_written, "role": one.role.value} for one in action.owners],
        "deadline": deadline
        and {"as_written": deadline.as_written, "kind": deadline.kind.value, "date": deadline.date},
        "status": action.status and action.status.value,
    }


def line_to_json(line: Line) -> dict[str, Any]:
    """One point and the replies under it, as the JSON of `notes.schema.json`."""
    return {
        "text": line.text,
        "marker": line.marker and line.marker.value,
        "children": [line_to_json(child) for child in line.children],
        "speaker": line.speaker,
    }


def from_json(data: dict[str, Any]) -> NotesDocument:
    """The document that JSON in the form of `notes.schema.json` describes.

    Raises KeyError, TypeError or ValueError where the data is not of that form.
    """
    interests = data["interests"]
    return NotesDocument(
        title=data["title"],
        date=data["date"],
        starts=data["starts"],
        ends=data["ends"],
        place=data.get("place"),
        attendance=tuple(
            Attendee(
                one["name"],
                one["as_written"],
                Presence(one["presence"]),
                tuple(Capacity(capacity) for capacity in one["capacities"]),
            )
            for one in data["attendance"]
        ),
        interests=Interests(
            InterestsState(interests["state"]),
            interests["as_written"],
            tuple(Declaration(one["name"], one["words"]) for one in interests.get("declarations", [])),
        ),
        actions=tuple(_action_from_json(one) for one in data["actions"]),
        agenda=tuple(
            AgendaItem(
                item["title"],
                tuple(item["presenters"]),
                ItemKind(item["kind"]),
                tuple(_line_from_json(line) for line in item["lines"]),
            )
            for item in data["agenda"]
        ),
        next_meetings=tuple(
            NextMeeting(one["as_written"], one["date"], one["starts"], one["ends"])
            for one in data["next_meetings"]
        ),
        warnings=tuple(NotesWarning(one["line"], one["message"]) for one in data["warnings"]),
        body=data.get("body"),
        decisions=tuple(
            Decision(one["text"], Reached(one["reached"]) if one["reached"] else None)
            for one in data.get("decisions", [])
        ),
    )


def _action_from_json(one: dict[str, Any]) -> NotedAction:
    deadline = one["deadline"]
    return NotedAction(
        section=Section(one["section"]),
        text=one["text"],
        details=tuple(one["details"]),
        owners=tuple(Owner(owner["as_written"], OwnerRole(owner["role"])) for owner in one["owners"]),
        deadline=Deadline(deadline["as_written"], DeadlineKind(deadline["kind"]), deadline["date"])
        if deadline
        else None,
        status=Status(one["status"]) if one["status"] else None,
    )


def _line_from_json(line: dict[str, Any]) -> Line:
    return Line(
        line["text"],
        Marker(line["marker"]) if line["marker"] else None,
        tuple(_line_from_json(child) for child in line["children"]),
        line.get("speaker"),
    )


# What no document can hold: signs of control, and the two places of Unicode that are no letters by definition.
_NO_LETTER = dict.fromkeys((*range(32), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), " ")


def plain(words: str | None) -> str:
    """Words in normal form: trimmed, every run of white space (also non-breaking, also control) one space."""
    if not words:
        return ""
    if words.isprintable():
        return " ".join(words.split())
    return " ".join(words.translate(_NO_LETTER).split())


def normal_form(document: NotesDocument) -> NotesDocument:
    """The document with its words in normal form and everything without words left out.

    Who spoke in a line follows from its words alone, so it is read from them again.
    """
    interests = document.interests
    return replace(
        document,
        title=plain(document.title) or None,
        place=plain(document.place) or None,
        attendance=tuple(
            replace(one, name=plain(one.name), as_written=plain(one.as_written) or plain(one.name))
            for one in document.attendance
            if plain(one.name)
        ),
        interests=Interests(
            interests.state,
            plain(interests.as_written) or None,
            tuple(
                Declaration(plain(one.name) or None, plain(one.words))
                for one in interests.declarations
                if plain(one.words)
            ),
        ),
        actions=tuple(_normal_action(one) for one in document.actions if plain(one.text)),
        agenda=tuple(
            AgendaItem(
                plain(item.title),
                tuple(filter(None, map(plain, item.presenters))),
                item.kind,
                normal_lines(item.lines),
            )
            for item in document.agenda
            if plain(item.title)
        ),
        next_meetings=tuple(
            replace(one, as_written=plain(one.as_written))
            for one in document.next_meetings
            if plain(one.as_written)
        ),
        body=plain(document.body) or None,
        decisions=tuple(replace(one, text=plain(one.text)) for one in document.decisions if plain(one.text)),
    )


def _normal_action(action: NotedAction) -> NotedAction:
    deadline = action.deadline
    words = plain(deadline.as_written) if deadline else ""
    return replace(
        action,
        text=plain(action.text),
        details=tuple(filter(None, map(plain, action.details))),
        owners=tuple(
            replace(one, as_written=plain(one.as_written)) for one in action.owners if plain(one.as_written)
        ),
        deadline=replace(deadline, as_written=words) if deadline and words else None,
    )


def normal_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines in normal form; the replies of a line without words move up to its place."""
    normal: list[Line] = []
    for line in lines:
        text, children = plain(line.text), normal_lines(line.children)
        if text:
            normal.append(Line(text, line.marker, children, speaker_of(text)))
        else:
            normal.extend(children)
    return tuple(normal)


def is_normal(document: NotesDocument) -> bool:
    """Whether `document` is in normal form."""
    return normal_form(document) == document
