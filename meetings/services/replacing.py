"""A corrected copy takes the place of notes that are in the record.

Only the parts in which the copy differs are written anew; what people changed elsewhere stays. A row that is in
both keeps its action with everything that was said of it. A row whose words were put right keeps it too, and the
action takes the new words, owners and deadline. A row that is gone lets its action go, with the reason, unless
other notes speak of it. The text as it was before is kept with the new one.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from actions.models import Action
from actions.services import change_deadline, change_owners, change_words, record_update
from actions.services.bringing_in import said_in_notes
from actions.statuses import Status
from allies import clock
from allies.models import Actor
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import hand_of, keep
from meetings.differences import Part, changed_parts
from meetings.matching import CLOSE_ROW, Close, closeness, plain_words
from meetings.models import Meeting, Mention, MentionPlace, SourceDocument
from meetings.notes.document import NotedAction, NotesDocument, from_json, to_json
from meetings.services import meeting_in
from meetings.services.actions_in import (
    PLACES,
    as_the_notes_have_it,
    bring_in_remarks,
    bring_in_rows,
    owners_of,
    wording_of,
)
from meetings.services.answers import Answers, Say
from meetings.services.as_document import document_of
from meetings.services.people_in import Cast, bring_in_people
from meetings.services.understanding import remarks_in, understand


@transaction.atomic
def replace_notes(
    *, by: Actor, meeting: Meeting, document: NotesDocument, text: str, name: str, answers: Answers
) -> None:
    """Let `document` take the place of what the record says of `meeting`. Raises Refused: the core team alone.

    The caller has seen to it that the meeting is in draft, and brings the body up to date afterwards.
    """
    check(by, Permission.UPDATE_ANY_ACTION, body=meeting.body)
    source = SourceDocument.objects.filter(meeting=meeting).first()
    before = from_json(source.understood) if source else document_of(meeting)
    changed = changed_parts(before, document)
    understood = understand(document, actor=by, body=meeting.body, day=meeting.date)
    cast = bring_in_people(by=by, day=meeting.date, document=document, understood=understood, answers=answers)
    if Part.WHEN in changed:
        meeting_in.write_when_and_where(meeting, document)
    if Part.INTERESTS in changed:
        meeting_in.write_interests_state(meeting, document)
        meeting_in.write_declarations(by, meeting, document, cast)
    keep(meeting, by=by, reason="replaced by a corrected copy of its notes")
    if Part.ATTENDANCE in changed:
        meeting_in.write_attendance(by, meeting, document, cast)
    if Part.NEXT in changed:
        meeting_in.write_next_meetings(by, meeting, document)
    same = {plain_words(item.title) for item in document.agenda if item in before.agenda}
    items = meeting_in.write_items(by, meeting, document, cast, leave=frozenset(same))
    if Part.DECISIONS in changed:
        meeting_in.write_decisions(by, meeting, document, items)
    remarks = list(meeting.mentions.in_notes())
    apart = {
        number
        for number, match in enumerate(understood.rows)
        if isinstance(match, Close) and answers.rows.get(number) is Say.NEW
    }
    kept = _keep_rows(by, meeting, before, document, cast, apart)
    rows = bring_in_rows(
        by=by,
        meeting=meeting,
        document=document,
        understood=understood,
        answers=answers,
        cast=cast,
        kept=kept,
    )
    meeting.mentions.in_notes().delete()
    bring_in_remarks(
        by=by,
        meeting=meeting,
        document=document,
        understood=understood,
        answers=answers,
        cast=cast,
        rows=rows,
        items=items,
        kept=_kept_remarks(remarks, document),
    )
    _keep_source(by, meeting, source, document, text, name, cast)


def _keep_rows(
    by: Actor, meeting: Meeting, before: NotesDocument, document: NotesDocument, cast: Cast, apart: set[int]
) -> dict[int, Action]:
    """The actions of rows that stay, by their number in the new document; the old mentions are taken away.

    The rows in `apart` were said to be actions of their own: only the same words make them an old one.
    """
    old = list(meeting.mentions.in_tables().select_related("action"))
    spoken_of = [(mention, mention.action) for mention in old if mention.action is not None]
    if not old:
        spoken_of = _unlisted(meeting, before)
    pairs = paired([mention for mention, _ in spoken_of], document.actions, apart)
    kept: dict[int, Action] = {}
    for number, at in pairs.items():
        mention, action = spoken_of[at]
        _put_right(by, meeting, mention, action, document.actions[number], cast)
        kept[number] = action
    meeting.mentions.in_tables().delete()
    for at, (_, action) in enumerate(spoken_of):
        if at not in pairs.values():
            _no_longer_listed(by, meeting, action)
    return kept


def _unlisted(meeting: Meeting, before: NotesDocument) -> list[tuple[Mention, Action]]:
    """The rows of a meeting whose notes were typed in: as mentions that are not kept yet."""
    by_words = {plain_words(one.text): one for one in Action.objects.filter(body=meeting.body)}
    found = []
    for row in before.actions:
        action, words = by_words.get(plain_words(row.text)), wording_of(row)
        if action:
            mention = Mention(
                meeting=meeting,
                action=action,
                place=PLACES[row.section],
                text=words.text,
                details=words.details,
                owners_as_written=words.owners,
                deadline_as_written=words.deadline,
                status=words.status,
            )
            found.append((mention, action))
    return found


def paired(old: Sequence[Mention], new: Sequence[NotedAction], apart: Collection[int] = ()) -> dict[int, int]:
    """Which row of the new copy is which of the old: the same words first, then the closest in the same table."""
    pairs: dict[int, int] = {}

    def pair(number: int, at: int) -> None:
        if number not in pairs and at not in pairs.values():
            pairs[number] = at

    for number, row in enumerate(new):
        for at, mention in enumerate(old):
            if mention.place == PLACES[row.section] and plain_words(mention.text) == plain_words(row.text):
                pair(number, at)
    near = sorted(
        (
            (-closeness(mention.text, row.text), number, at)
            for number, row in enumerate(new)
            for at, mention in enumerate(old)
            if number not in pairs
            and number not in apart
            and at not in pairs.values()
            and mention.place == PLACES[row.section]
        ),
    )
    for score, number, at in near:
        if -score >= CLOSE_ROW:
            pair(number, at)
    return pairs


def _put_right(
    by: Actor, meeting: Meeting, mention: Mention, action: Action, row: NotedAction, cast: Cast
) -> None:
    """Give an action what its row says anew. One that earlier notes gave its words keeps them."""
    new = wording_of(row)
    is_its_own = action.agreed_on == meeting.date or (
        action.agreed_on is None and action.first_seen_on == meeting.date
    )
    if is_its_own and as_the_notes_have_it(action, mention):
        stood = action.stands
        if (new.text, new.details) != (mention.text, mention.details):
            change_words(by=by, action=action, text=row.text, details=row.details)
        if new.deadline != mention.deadline_as_written:
            change_deadline(
                by=by, action=action, deadline=row.deadline, reason="a corrected copy of the notes"
            )
        if new.owners != mention.owners_as_written:
            change_owners(by=by, action=action, owners=owners_of(row, cast))
        if action.stands != stood:
            action.stands = stood
            keep(action, by=by, reason="words from a document confirm nothing")
    if row.status and new.status != mention.status and row.status is not Status.MERGED:
        said_in_notes(by=by, action=action, status=row.status, on=meeting.date, body=meeting.body)


def _no_longer_listed(by: Actor, meeting: Meeting, action: Action) -> None:
    elsewhere = action.mentions.exclude(meeting=meeting).exists()
    from_here = action.first_seen_on == meeting.date
    if from_here and not elsewhere and action.is_open:
        reason = f"It is not in the corrected notes of {meeting.date.day} {meeting.date:%B %Y}."
        record_update(by=by, action=action, status=Status.LET_GO, note=reason, on=clock.today())


def _kept_remarks(old: Sequence[Mention], document: NotesDocument) -> dict[int, Mention]:
    """What was answered about remarks that stand in the new copy in the same words."""
    left = list(old)
    kept = {}
    for number, (_, line) in enumerate(remarks_in(document)):
        same = next((one for one in left if one.place == MentionPlace.NOTES and one.text == line.text), None)
        if same:
            left.remove(same)
            kept[number] = same
    return kept


def _keep_source(
    by: Actor,
    meeting: Meeting,
    source: SourceDocument | None,
    document: NotesDocument,
    text: str,
    name: str,
    cast: Cast,
) -> None:
    source = source or SourceDocument(meeting=meeting, answers={})
    answers = dict(source.answers)
    if source.pk:
        earlier = {"text": source.text, "understood": source.understood, "until": clock.now().isoformat()}
        answers["earlier"] = [*answers.get("earlier", []), earlier]
    answers["names"] = {**answers.get("names", {}), **dict.fromkeys(cast.left_as_written, "as_written")}
    source.answers, source.text, source.name = answers, text, name[:300]
    source.understood = to_json(document)
    source.by = hand_of(by)
    source.save()
