"""Bringing a set of notes into the record: at once, or not at all.

The same document twice changes nothing. A document that says other things than the record about the same meeting
raises `Contradicts`, with the difference, and changes nothing until told to (`meetings.services.replacing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from actions.models import Action
from allies.models import OPERATOR, Actor, Body, BodyKind
from allies.policies import check
from allies.powers import Permission
from allies.services.founding import GROUP_SLUG, found_bodies
from allies.services.keeping import hand_of, keep
from meetings.differences import Difference, differences
from meetings.matching import Close
from meetings.models import AgendaItem, Meeting, SourceDocument, Stage
from meetings.models.in_full import meeting_in_full
from meetings.notes.document import NotesDocument, from_json, to_json
from meetings.policies import check_can_read_whole, notes_are_open
from meetings.services import meeting_in
from meetings.services.actions_in import bring_in_remarks, bring_in_rows
from meetings.services.answers import Answers, Say
from meetings.services.as_document import document_of, has_something_noted
from meetings.services.holding import hold_day
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.notes_out import notes_of
from meetings.services.people_in import Cast, bring_in_people
from meetings.services.replacing import replace_notes
from meetings.services.understanding import Understanding, understand


class CannotBringIn(ValueError):
    """Why a document cannot be saved; its words say what to do. Nothing was written."""


class Contradicts(CannotBringIn):
    """The record says other things about this meeting. Nothing was written."""

    def __init__(self, meeting: Meeting, found: tuple[Difference, ...], *, replaceable: bool) -> None:
        super().__init__(
            f"The record already has notes of {meeting.date:%-d %B %Y}, and they say other things."
        )
        self.meeting, self.differences, self.replaceable = meeting, found, replaceable


GONE_OUT = "These notes have been circulated, so they are not replaced. Write what was wrong as a correction."


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to bring in: what was read, the text it was read from, its file's name.

    `corrected` says that a person has looked at the document and perhaps put right what was read.
    """

    document: NotesDocument
    text: str
    name: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its meeting, and whether anything was written."""

    meeting: Meeting
    changed: bool


@transaction.atomic
def bring_in(
    *, by: Actor, body: Body, incoming: Incoming, answers: Answers | None = None, replacing: bool = False
) -> Outcome:
    """Save a set of notes as a meeting of `body`, in draft, with its people, items, actions and mentions.

    A meeting planned for that day is filled in and keeps its agenda, papers and answers. `replacing` lets a
    corrected copy take the place of what the record says. Raises Refused; CannotBringIn without a day, or where
    the notes have gone out; Contradicts where the record says other things and `replacing` is False.
    """
    check(by, Permission.WRITE_NOTES, body=body)
    document = incoming.document
    day = day_of(document)
    body, meeting = hold_day(body, day)
    if meeting:
        check_can_read_whole(by, meeting)
    if meeting and meeting.stage != Stage.PLANNED and has_something_noted(meeting):
        return _again(by, meeting, incoming, answers or Answers(), replacing=replacing)
    if meeting and not notes_are_open(meeting):
        raise CannotBringIn(GONE_OUT)
    understood = understand(document, actor=by, body=body, day=day)
    meeting = meeting or Meeting(body=body, date=day)
    _fill(by, meeting, incoming, understood, answers or Answers())
    bring_up_to_date(body)
    return Outcome(meeting, changed=True)


def meeting_noted(body: Body, document: NotesDocument) -> Meeting | None:
    """The meeting of the record that these notes are of, if notes of it are in already."""
    day = document.date or ""
    if len(day) != len("2025-11-19"):
        return None
    meeting = Meeting.objects.standing().filter(body=body, date=day).select_related("body").first()
    noted = meeting is not None and meeting.stage != Stage.PLANNED and has_something_noted(meeting)
    return meeting if noted else None


def what_differs(incoming: Incoming, *, actor: Actor, meeting: Meeting) -> Contradicts | None:
    """How a document differs from what the record says of its meeting; None where it says the same.

    Raises Refused for whoever may not read the whole of it.
    """
    check_can_read_whole(actor, meeting)
    return None if _is_the_same(meeting, incoming) else _contradiction(meeting, incoming.document)


def day_of(document: NotesDocument) -> date:
    """The day of the meeting. Raises CannotBringIn where the notes do not say it."""
    try:
        return date.fromisoformat(document.date or "")
    except ValueError as error:
        raise CannotBringIn("These notes do not say the date of the meeting.") from error


def body_for(document: NotesDocument, text: str, *, bodies: Iterable[Body] | None = None) -> Body | None:
    """The body whose meeting it was: one that the document names, or the Allies Group; None without either.

    `bodies` are those it may be (default: all of the record).
    """
    top = " ".join(text.split("\n\n")[0:3])[:600].casefold()
    named = " ".join(filter(None, (document.body, document.title, top))).casefold()
    every = Body.objects.all() if bodies is None else bodies
    meeting = [one for one in every if one.kind != BodyKind.CORE_TEAM]
    found = sorted((one for one in meeting if one.name.casefold() in named), key=lambda one: -len(one.name))
    return found[0] if found else next((one for one in meeting if one.slug == GROUP_SLUG), None)


@transaction.atomic
def first_body(*, by: Actor) -> Body | None:
    """Make the Allies Group in a record that has no group yet; None where it has others. Raises Refused."""
    if Body.objects.exclude(kind=BodyKind.CORE_TEAM).exists():
        return None
    group, _ = found_bodies(by=by)
    return group


def _fill(
    by: Actor, meeting: Meeting, incoming: Incoming, understood: Understanding, answers: Answers
) -> None:
    document = incoming.document
    meeting.stage = Stage.DRAFT
    meeting_in.write_when_and_where(meeting, document)
    meeting_in.write_interests_state(meeting, document)
    keep(meeting, by=by, reason="brought in from its notes")
    cast = bring_in_people(by=by, day=meeting.date, document=document, understood=understood, answers=answers)
    meeting_in.write_attendance(by, meeting, document, cast)
    meeting_in.write_declarations(by, meeting, document, cast)
    items = meeting_in.write_items(by, meeting, document, cast)
    meeting_in.write_decisions(by, meeting, document, items)
    meeting_in.write_next_meetings(by, meeting, document)
    rows = _write_actions(by, meeting, document, understood, answers, cast, items)
    SourceDocument.objects.update_or_create(
        meeting=meeting,
        defaults={
            "name": incoming.name[:300],
            "text": incoming.text,
            "understood": to_json(document),
            "answers": {
                "names": dict.fromkeys(cast.left_as_written, "as_written"),
                "two": _two(understood, answers, rows),
            },
            "by": hand_of(by),
        },
    )


def _write_actions(
    by: Actor,
    meeting: Meeting,
    document: NotesDocument,
    understood: Understanding,
    answers: Answers,
    cast: Cast,
    items: list[AgendaItem],
) -> list[Action]:
    """Write the rows and the remarks of a document that comes in for the first time."""
    rows = bring_in_rows(
        by=by, meeting=meeting, document=document, understood=understood, answers=answers, cast=cast
    )
    bring_in_remarks(
        by=by,
        meeting=meeting,
        document=document,
        understood=understood,
        answers=answers,
        cast=cast,
        rows=rows,
        items=items,
    )
    return rows


def _two(understood: Understanding, answers: Answers, rows: list[Action]) -> list[list[int]]:
    """The pairs of actions that somebody said are two, though their words are close."""
    return [
        sorted((rows[number].pk, key))
        for number, match in enumerate(understood.rows)
        if isinstance(match, Close) and answers.rows.get(number) is Say.NEW
        for key in match.keys
    ]


def _again(by: Actor, meeting: Meeting, incoming: Incoming, answers: Answers, *, replacing: bool) -> Outcome:
    """The record has notes of this meeting: they are the same, or the difference is shown, or they are replaced."""
    if _is_the_same(meeting, incoming):
        return Outcome(meeting, changed=False)
    contradiction = _contradiction(meeting, incoming.document)
    if contradiction is None:
        return Outcome(meeting, changed=False)
    if not replacing:
        raise contradiction
    if not contradiction.replaceable:
        raise CannotBringIn(GONE_OUT)
    replace_notes(
        by=by,
        meeting=meeting,
        document=incoming.document,
        text=incoming.text,
        name=incoming.name,
        answers=answers,
    )
    bring_up_to_date(meeting.body)
    return Outcome(meeting, changed=True)


def _is_the_same(meeting: Meeting, incoming: Incoming) -> bool:
    source = SourceDocument.objects.filter(meeting=meeting).first()
    if source is None:
        return False
    before = from_json(source.understood)
    if not incoming.corrected and source.text.split() == incoming.text.split():
        # The words are the same; whatever was corrected when they came in stays corrected.
        return True
    return not differences(before, incoming.document)


def _contradiction(meeting: Meeting, document: NotesDocument) -> Contradicts | None:
    record = document_of(meeting)
    # What the notes leave unsaid of when and where contradicts nothing.
    document = replace(
        document,
        starts=document.starts or record.starts,
        ends=document.ends or record.ends,
        place=document.place or record.place,
    )
    found = differences(record, document)
    # What we gave out as a document calls people by their names in the record, and says the same.
    if found and not differences(notes_of(meeting_in_full(OPERATOR, meeting.pk, only_notes=True)), document):
        return None
    return Contradicts(meeting, found, replaceable=meeting.stage == Stage.DRAFT) if found else None
