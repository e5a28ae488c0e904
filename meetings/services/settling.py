"""What was left open when notes came in, and settling it: names, remarks about actions, two rows that may be one.

Nothing is settled by itself. Every question is worked out from the record, so that it is gone once it is answered;
answers that no other row holds are kept with the document (`SourceDocument.answers`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BigIntegerField, CharField, Value
from django.db.models.functions import Cast

from actions.models import Action, Assignment
from actions.services import Owner, merge
from actions.services.bringing_in import place_owner, said_in_notes
from actions.statuses import Status
from allies.models import Actor, Appointment, Body, Declaration, Person, Post
from allies.names import Candidate, Offered, Placing, Resolved, Why, place
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, discard, keep
from meetings.matching import Close, Known, Same, match_mention, match_rows
from meetings.models import (
    AgendaItem,
    Capacity,
    CapacityKind,
    Meeting,
    Mention,
    MentionPlace,
    Presenter,
    SourceDocument,
)
from meetings.policies import check_notes_open
from meetings.services.actions_in import NO_ACTION
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.people_in import remember_name
from meetings.services.understanding import candidates


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that nobody has placed: where it stands, and whom it may mean."""

    written: str
    owns: int
    presents: int
    attends: bool
    declares: bool
    placing: Placing


@dataclass(frozen=True, slots=True)
class OpenRemark:
    """A line marked ACTION in the notes that no action is confirmed for, with those it may speak of."""

    mention: Mention
    proposed: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """A row of these notes and an action of other notes that may be the same."""

    action: Action
    other: Action


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """All that waits for a person's answer about the notes of one meeting."""

    names: tuple[OpenName, ...]
    remarks: tuple[OpenRemark, ...]
    twins: tuple[Twins, ...]
    merged: tuple[Mention, ...]
    people: dict[int, Candidate]
    called_co_chair: tuple[Candidate, ...] = ()
    actions: tuple[Action, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.remarks or self.twins or self.merged)


def left_open(meeting: Meeting, actor: Actor) -> LeftOpen:
    """What was left open when the notes of `meeting` came in, as far as `actor` may see it.

    Eight queries, however many rows.
    """
    answers = dict(
        SourceDocument.objects.filter(meeting__body=meeting.body_id).values_list("meeting", "answers")
    )
    if meeting.pk not in answers:
        return LeftOpen((), (), (), (), {})
    everyone = candidates()
    mentions = list(meeting.mentions.visible_to(actor).select_related("action").order_by("place", "position"))
    listed = [mention for mention in mentions if mention.place != MentionPlace.NOTES]
    rows = [mention.action for mention in listed if mention.action]
    known = _known_of(meeting.body_id, actor)
    uses = list(_names_in(meeting, rows, actor))
    two = {tuple(pair) for answer in answers.values() for pair in answer.get("two", [])}
    return LeftOpen(
        names=tuple(_open_names(uses, answers[meeting.pk].get("names", {}), everyone)),
        remarks=tuple(_open_remarks(mentions, rows, known)),
        twins=tuple(_twins(rows, known, two)),
        merged=tuple(
            mention
            for mention in listed
            if mention.status == Status.MERGED
            and mention.action
            and mention.action.is_open
            and not mention.settled
        ),
        people=everyone,
        called_co_chair=tuple(everyone[pk] for kind, _, pk in uses if kind == "co-chair" and pk),
        actions=tuple(
            {**{pk: action for pk, (action, _) in known.items()}, **{row.pk: row for row in rows}}.values()
        ),
    )


@transaction.atomic
def settle_name(
    *, by: Actor, meeting: Meeting, written: str, person: Person | None = None, body: Body | None = None
) -> None:
    """Say whom a name in these notes means: a person, a body, or (neither) nobody more than the words say.

    The answer holds for the whole document; a person's is remembered as another name. Raises Refused.
    """
    check(by, Permission.KEEP_PEOPLE)
    source = SourceDocument.objects.select_for_update().get(meeting=meeting)
    if person is None and body is None:
        _answered(source, "names", {**source.answers.get("names", {}), written: "as_written"})
        return
    if person:
        _place_attendee(by, meeting, written, person)
        Presenter.objects.filter(item__meeting=meeting, person=None, as_written=written).update(person=person)
        for declaration in Declaration.objects.visible_to(by).filter(
            body=meeting.body, on=meeting.date, person=None, name_as_written=written
        ):
            change(declaration, by=by, person=person)
    owner = Owner(written, person=person, body=body)
    for action in Action.objects.visible_to(by).filter(mentions__meeting=meeting).distinct():
        place_owner(by=by, action=action, as_written=written, owner=owner)
    if person:
        shared = place(written, [_others(person)])
        remember_name(by=by, person=person, written=written, shared=_is_first_name(shared))


@transaction.atomic
def settle_name_as_new(*, by: Actor, meeting: Meeting, written: str, full_name: str) -> Person:
    """Make a person of a name in these notes, first seen on their day, and say that it means them. Raises Refused."""
    check(by, Permission.KEEP_PEOPLE)
    person = Person(full_name=" ".join(full_name.split())[:200], first_seen_on=meeting.date)
    keep(person, by=by, reason="named in notes that were brought in")
    settle_name(by=by, meeting=meeting, written=written, person=person)
    return person


@transaction.atomic
def settle_remark(*, by: Actor, mention: Mention, action: Action | None) -> None:
    """Say which action a remark in the notes speaks of; None: of none, and that is right.

    Raises Refused; ValueError for an action of another body.
    """
    check(by, Permission.WRITE_NOTES, body=mention.meeting.body)
    check_notes_open(mention.meeting)
    check_not_withheld(by, mention.item, mention.action, action)
    if action is not None and action.body_id != mention.meeting.body_id:
        raise ValueError("That action belongs to another group.")
    mention.action = action
    mention.settled = "" if action else NO_ACTION
    mention.save(update_fields=["action", "settled"])


@transaction.atomic
def settle_as_the_same(*, by: Actor, meeting: Meeting, action: Action, other: Action) -> None:
    """Say that a row of these notes and an action of other notes are one. The one known longer stays.

    What notes said of the other is said of it, and every mention speaks of it. Raises Refused.
    """
    longer, shorter = sorted(
        (action, other), key=lambda one: (one.agreed_on is None, one.agreed_on or one.first_seen_on, one.pk)
    )
    said = list(shorter.updates.filter(body__isnull=False).exclude(status="").select_related("body"))
    merge(by=by, action=shorter, into=longer, note="The same action in other words.")
    for update in said:
        if update.body and update.status != Status.MERGED:
            said_in_notes(by=by, action=longer, status=Status(update.status), on=update.on, body=update.body)
    Mention.objects.filter(action=shorter).update(action=longer)
    bring_up_to_date(meeting.body)


@transaction.atomic
def settle_as_two(*, by: Actor, meeting: Meeting, action: Action, other: Action) -> None:
    """Say that two actions with close words are two. Raises Refused."""
    check(by, Permission.UPDATE_ANY_ACTION, body=meeting.body)
    source = SourceDocument.objects.select_for_update().get(meeting=meeting)
    _answered(source, "two", [*source.answers.get("two", []), sorted((action.pk, other.pk))])


def _answered(source: SourceDocument, key: str, value: object) -> None:
    source.answers = {**source.answers, key: value}
    source.save(update_fields=["answers"])


def _open_names(
    uses: Sequence[tuple[str, str, int | None]], left: Mapping[str, str], everyone: dict[int, Candidate]
) -> list[OpenName]:
    of_kind: dict[str, list[str]] = {"attends": [], "owns": [], "presents": [], "declares": []}
    present: set[int] = set()
    for kind, written, person in uses:
        if person is not None:
            present.add(person)
        elif written and kind in of_kind:
            of_kind[kind].append(written)
    circles = [[everyone[pk] for pk in sorted(present)], list(everyone.values())]
    return [
        OpenName(
            written,
            of_kind["owns"].count(written),
            of_kind["presents"].count(written),
            written in of_kind["attends"],
            written in of_kind["declares"],
            place(written, circles),
        )
        for written in dict.fromkeys(written for names in of_kind.values() for written in sorted(names))
        if written not in left
    ]


def _names_in(
    meeting: Meeting, rows: Sequence[Action], actor: Actor
) -> Iterable[tuple[str, str, int | None]]:
    """Each use of a name that nobody has placed, those who were there, and those the notes call co-chair who never
    held that post: one query for all."""
    nobody = Cast(Value(None), BigIntegerField())  # PostgreSQL asks for the type of an empty column
    owners = Assignment.objects.current().filter(action__in=[row.pk for row in rows], person=None, body=None)
    presenters = Presenter.objects.filter(
        item__in=AgendaItem.objects.visible_to(actor).filter(meeting=meeting), person=None
    )
    declared = Declaration.objects.visible_to(actor).filter(
        body=meeting.body_id, on=meeting.date, person=None
    )
    held = Appointment.objects.filter(body=meeting.body_id, post=Post.CO_CHAIR).values("person")
    co_chairs = Capacity.objects.filter(
        attendance__meeting=meeting, kind=CapacityKind.CO_CHAIR, attendance__person__isnull=False
    ).exclude(attendance__person__in=held)
    return (
        owners.order_by()
        .values_list(_kind("owns"), "as_written", nobody)
        .union(
            presenters.order_by().values_list(_kind("presents"), "as_written", nobody),
            meeting.attendance.order_by().values_list(_kind("attends"), "name_as_written", "person"),
            declared.order_by().values_list(_kind("declares"), "name_as_written", nobody),
            co_chairs.order_by().values_list(_kind("co-chair"), _kind(""), "attendance__person"),
            all=True,
        )
        .order_by()
    )


def _kind(word: str) -> Value:
    return Value(word, output_field=CharField())


def _known_of(body: int, actor: Actor) -> dict[int, tuple[Action, Known[int]]]:
    """The open actions of a body, each with all its wordings. Two queries."""
    actions = {
        action.pk: action
        for action in Action.objects.visible_to(actor).filter(body=body).open().order_by("pk")
    }
    wordings: dict[int, list[str]] = {pk: [action.text] for pk, action in actions.items()}
    for pk, text in Mention.objects.in_tables().filter(action__body=body).values_list("action", "text"):
        if pk in wordings:
            wordings[pk].append(text)
    return {pk: (action, Known(pk, tuple(wordings[pk]))) for pk, action in actions.items()}


def _open_remarks(
    mentions: Sequence[Mention], rows: Sequence[Action], known: dict[int, tuple[Action, Known[int]]]
) -> list[OpenRemark]:
    by_id = {**{pk: action for pk, (action, _) in known.items()}, **{row.pk: row for row in rows}}
    own = [known[row.pk][1] if row.pk in known else Known(row.pk, (row.text,)) for row in rows]
    own_ids = {row.pk for row in rows}
    others = [one for pk, (_, one) in known.items() if pk not in own_ids]
    found = []
    for mention in mentions:
        if mention.action_id is not None or mention.settled:
            continue
        match = match_mention(mention.text, own)
        if not isinstance(match, Same | Close):
            match = match_mention(mention.text, others)
        keys = (match.key,) if isinstance(match, Same) else match.keys if isinstance(match, Close) else ()
        found.append(OpenRemark(mention, tuple(by_id[key] for key in keys)))
    return found


def _twins(
    rows: Sequence[Action], known: dict[int, tuple[Action, Known[int]]], two: set[tuple[int, ...]]
) -> list[Twins]:
    """Rows of these notes that may be an action of other notes. Two rows of one document are two."""
    own = {row.pk for row in rows}
    others = [one for pk, (_, one) in known.items() if pk not in own]
    found = []
    open_rows = [row for row in rows if row.pk in known]
    for row, match in zip(open_rows, match_rows([row.text for row in open_rows], others), strict=True):
        keys = (match.key,) if isinstance(match, Same) else match.keys if isinstance(match, Close) else ()
        for key in keys:
            if tuple(sorted((row.pk, key))) not in two:
                found.append(Twins(row, known[key][0]))
                break
    return found


def _place_attendee(by: Actor, meeting: Meeting, written: str, person: Person) -> None:
    """One person is at a meeting once: a second row of theirs gives its part to the first."""
    for row in meeting.attendance.filter(person=None, name_as_written=written):
        first = meeting.attendance.filter(person=person).first()
        if first is None:
            change(row, by=by, person=person)
        elif not first.presence:
            change(
                first,
                by=by,
                presence=row.presence,
                name_as_written=row.name_as_written,
                position=row.position,
            )
            held = set(first.capacities.values_list("kind", flat=True))
            for capacity in row.capacities.all():
                if capacity.kind not in held:
                    change(capacity, by=by, attendance=first, reason="listed twice")
            discard(row, by=by, reason="listed twice")


def _others(person: Person) -> list[Candidate]:
    return [one for pk, one in candidates().items() if pk != person.pk]


def _is_first_name(placing: Placing) -> bool:
    """Whether somebody else answers to the name too."""
    if isinstance(placing, Resolved):
        return True
    return isinstance(placing, Offered) and any(
        offer.why in {Why.FIRST_NAME_SHARED, Why.SAME_NAME} for offer in placing.offers
    )
