"""The actions of a set of notes that comes in: rows become actions or are linked, every wording becomes a mention."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.models import Action
from actions.services import Owner, agree
from actions.services.bringing_in import said_in_notes, spoken_of_earlier
from actions.statuses import Status
from allies.models import Actor
from meetings.differences import owners_in_words
from meetings.models import AgendaItem, Meeting, Mention, MentionPlace
from meetings.notes import document as notes
from meetings.notes.document import Line, Marker, NotedAction, NotesDocument, Section
from meetings.notes.owners import Roster
from meetings.notes.people import split_names
from meetings.notes.understanding import Understood, understand_marked
from meetings.services.answers import Answers, Say, remark_by_default, row_by_default
from meetings.services.people_in import Cast
from meetings.services.understanding import Understanding, remarks_in

PLACES = {Section.AGREED: MentionPlace.AGREED, Section.CARRIED: MentionPlace.CARRIED}
NO_ACTION = "Not an action: that is right"


@dataclass(frozen=True, slots=True)
class Wording:
    """A row or a remark as its mention keeps it."""

    text: str
    details: str
    owners: str
    deadline: str
    status: str


def bring_in_rows(
    *,
    by: Actor,
    meeting: Meeting,
    document: NotesDocument,
    understood: Understanding,
    answers: Answers,
    cast: Cast,
    kept: Mapping[int, Action] | None = None,
) -> list[Action]:
    """Make or link the action of each row of the two tables, with its mention. Gives them in the rows' order.

    `kept` are the actions of rows that stood in these notes already: they stay as they are. For services of this
    app, inside their transaction; the meeting has no mentions in its tables yet.
    """
    found: list[Action] = []
    mentions = []
    positions = dict.fromkeys(PLACES.values(), 0)
    for number, row in enumerate(document.actions):
        action = (kept or {}).get(number)
        if action is None:
            answer = answers.rows.get(number, row_by_default(number, understood))
            linked = (
                Action.objects.visible_to(by).filter(pk=answer, body=meeting.body).first()
                if isinstance(answer, int)
                else None
            )
            action = _link(by, meeting, row, linked, cast) if linked else _new(by, meeting, row, cast)
        found.append(action)
        place = PLACES[row.section]
        mentions.append(_mention(meeting, place, positions[place], wording_of(row), action))
        positions[place] += 1
    Mention.objects.bulk_create(mentions)
    return found


def bring_in_remarks(
    *,
    by: Actor,
    meeting: Meeting,
    document: NotesDocument,
    understood: Understanding,
    answers: Answers,
    cast: Cast,
    rows: Sequence[Action],
    items: Sequence[AgendaItem],
    kept: Mapping[int, Mention] | None = None,
) -> None:
    """Keep each line marked ACTION with its own wording, linked to an action only where somebody or its words say so.

    `kept` gives what was answered about the same remarks before. As `bring_in_rows`.
    """
    understood_as = _reader(document, meeting.date)
    mentions = []
    for number, (at, line) in enumerate(remarks_in(document)):
        before = (kept or {}).get(number)
        answer = answers.remarks.get(number)
        if answer is None and before is not None:
            action, settled = before.action, before.settled
        else:
            answer = answer or remark_by_default(understood.remarks[number])
            action = _answered(by, meeting, line, answer, rows, cast, understood_as)
            settled = NO_ACTION if answer is Say.NO_ACTION else ""
        mention = _mention(
            meeting, MentionPlace.NOTES, number, _wording_of_line(line, understood_as(line)), action
        )
        mention.item, mention.settled = items[at], settled
        mentions.append(mention)
    Mention.objects.bulk_create(mentions)


def owners_of(row: NotedAction, cast: Cast) -> list[Owner]:
    """The owners of a row: people and bodies where names are placed, else words. Nobody owns one action twice."""
    found: list[Owner] = []
    at: dict[tuple[str, int], int] = {}
    for written in row.owners:
        person, body = cast.person(written.as_written), cast.body(written.as_written)
        owner = Owner(written.as_written[:200], str(written.role), person, body)
        key = ("person", person.pk) if person else ("body", body.pk) if body else None
        if key is None or key not in at:
            if key:
                at[key] = len(found)
            found.append(owner)
    return found


def wording_of(row: NotedAction) -> Wording:
    """A row of a table in its own words."""
    return Wording(
        row.text,
        "\n".join(row.details),
        owners_in_words(row.owners)[:300],
        row.deadline.as_written[:200] if row.deadline else "",
        str(row.status or ""),
    )


def as_the_notes_have_it(action: Action, mention: Mention) -> bool:
    """Whether an action still has the words, owners and deadline of a mention: nobody changed it since."""
    owners = [
        notes.Owner(one.as_written, notes.OwnerRole(one.role))
        for one in action.assignments.current().in_order()
    ]
    return (action.text, action.details, action.deadline_words, owners_in_words(owners)) == (
        mention.text,
        mention.details,
        mention.deadline_as_written,
        mention.owners_as_written,
    )


def _mention(
    meeting: Meeting, place: MentionPlace, position: int, words: Wording, action: Action | None
) -> Mention:
    return Mention(
        meeting=meeting,
        action=action,
        place=place,
        position=position,
        text=words.text,
        details=words.details,
        owners_as_written=words.owners,
        deadline_as_written=words.deadline,
        status=words.status,
    )


def _new(by: Actor, meeting: Meeting, row: NotedAction, cast: Cast) -> Action:
    return agree(
        by=by,
        body=meeting.body,
        text=row.text,
        details=row.details,
        agreed_on=meeting.date if row.section is Section.AGREED else None,
        first_seen_on=meeting.date,
        deadline=row.deadline,
        owners=owners_of(row, cast),
        # The notes do not say into which it was merged, so that is asked afterwards.
        status=None if row.status is Status.MERGED else row.status,
        brought_in=True,
    )


def _link(by: Actor, meeting: Meeting, row: NotedAction, action: Action, cast: Cast) -> Action:
    """Let the row speak of an action that the record has. Earlier notes than those it came with give its words."""
    agreed_on = meeting.date if row.section is Section.AGREED else None
    if (
        action.agreed_on is None
        and action.first_seen_on >= meeting.date
        and (agreed_on or action.first_seen_on > meeting.date)
    ):
        first = action.mentions.exclude(place=MentionPlace.NOTES).order_by("meeting__date", "pk").first()
        spoken_of_earlier(
            by=by,
            action=action,
            agreed_on=agreed_on,
            first_seen_on=meeting.date,
            text=row.text,
            details=row.details,
            deadline=row.deadline,
            owners=owners_of(row, cast),
            as_it_was=first is not None and action.brought_in and as_the_notes_have_it(action, first),
        )
    if row.status and row.status is not Status.MERGED:
        said_in_notes(by=by, action=action, status=row.status, on=meeting.date, body=meeting.body)
    return action


def _answered(
    by: Actor,
    meeting: Meeting,
    line: Line,
    answer: tuple[str, int] | Say,
    rows: Sequence[Action],
    cast: Cast,
    understood_as: Callable[[Line], Understood],
) -> Action | None:
    match answer:
        case ("row", number) if number < len(rows):
            return rows[number]
        case ("action", pk):
            return Action.objects.visible_to(by).filter(pk=pk, body=meeting.body).first()
        case Say.NEW:
            said = understood_as(line)
            row = NotedAction(Section.AGREED, said.words, (), said.owners, said.deadline, said.status)
            return _new(by, meeting, row, cast)
        case _:
            return None


def _reader(document: NotesDocument, day: date) -> Callable[[Line], Understood]:
    """How a line marked ACTION is understood here: as while notes are typed, by the names of this document."""
    people = [person for one in document.attendance for person in split_names(one.as_written or one.name)]
    text = "\n".join(line.text for item in document.agenda for line in item.lines)
    roster = Roster.of(people, text)
    return lambda line: understand_marked(Marker.ACTION, line.text, meeting_date=day, roster=roster)


def _wording_of_line(line: Line, understood: Understood) -> Wording:
    """The whole line is the wording; whom and what day it names stand beside it, as far as it names them."""
    return Wording(
        line.text,
        "\n".join(child.text for child in line.children),
        owners_in_words(understood.owners)[:300],
        understood.deadline.as_written[:200] if understood.deadline else "",
        str(understood.status or ""),
    )
