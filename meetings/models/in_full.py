"""All that the page of one meeting shows, in eight queries at most, however much there is.

What belongs to many rows is joined and folded here: a page may ask twelve times, and signing in takes four.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from actions.models import Action, Update
from actions.models.action import ActionQuerySet
from actions.statuses import CLOSED
from actions.wording import OwnerName, who
from allies.models import Actor
from allies.partial_dates import PartialDate
from allies.policies import powers_of
from meetings.models.agenda import AgendaItem, Paper
from meetings.models.attendance import Attendance, CapacityKind
from meetings.models.cases import (
    ForTheGroup,
    cases_of,
    decidable_at,
    taken_up,
    with_cases,
    with_group_decides,
)
from meetings.models.circulation import closes_on, with_went_round
from meetings.models.decision import Decision
from meetings.models.declared import InterestsAtMeeting, read_interests
from meetings.models.frozen import NotesVersion
from meetings.models.lists import agreed_at, also_open, carried_into, closed_before, with_last_held
from meetings.models.meeting import Meeting, Stage
from meetings.models.minutes import ItemAbsence, Revision
from meetings.models.notes_in import Mention, MentionPlace, SourceDocument
from meetings.models.seen_frozen import Frozen, as_seen

GONE_OUT = (Stage.CIRCULATED, Stage.SEALED)


@dataclass(frozen=True, slots=True)
class Announced:
    """A next meeting as the notes announce it, and the meeting it became (None: not planned yet)."""

    pk: int
    as_written: str
    date: PartialDate | None
    starts: time | None
    ends: time | None
    became_id: int | None
    became_on: date | None
    chair: str = ""


@dataclass(slots=True)
class MeetingInFull:
    """A meeting with everything that hangs on it, as one reader may see it.

    `listed_…` are the two tables of a brought-in meeting, frozen in its document's words, and `also_open` what
    the record finds besides; for every other meeting `agreed`, `carried` and `closed` are the query's answer.
    `cases` are those that stand on its agenda by themselves. Items carry `presented_by` (words) and `case_pk` (of the
    case they take up), attendance `kinds`, actions `owner_words` and `status_then`.
    """

    meeting: Meeting
    brought_in: bool
    announced: list[Announced] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    cases: list[ForTheGroup] = field(default_factory=list)
    interests: InterestsAtMeeting = field(default_factory=InterestsAtMeeting)
    listed_agreed: list[Mention] = field(default_factory=list)
    listed_carried: list[Mention] = field(default_factory=list)
    agreed: list[Action] = field(default_factory=list)
    carried: list[Action] = field(default_factory=list)
    closed: list[Action] = field(default_factory=list)
    also_open: list[Action] = field(default_factory=list)
    # The version that went out, once one has: its lists are those of the page; once sealed, all of the notes are.
    frozen: Frozen | None = None
    # The last day on which words can be checked, while they can be.
    closes: date | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether the notes read as they were sealed."""
        return self.frozen is not None and self.meeting.stage == Stage.SEALED


def meeting_in_full(
    actor: Actor, pk: int, *, only_notes: bool = False, as_it_is: bool = False
) -> MeetingInFull:
    """Read one meeting. Raises Meeting.DoesNotExist where there is none that `actor` may see.

    With `only_notes`, what its notes say and no more: no papers, and nothing beside a document's own lists. With
    `as_it_is`, the record's own rows alone, also where a version of the notes went out.
    """
    found = with_last_held(with_group_decides(Meeting.objects.visible_to(actor).filter(pk=pk)))
    rows = list(with_announced(with_went_round(found)))
    if not rows:
        raise Meeting.DoesNotExist
    meeting: Any = rows[0]
    full = MeetingInFull(
        meeting=meeting,
        brought_in=meeting.has_source,
        announced=[announced_of(row) for row in rows if row.announced_pk],
        items=items_of(meeting, actor, take_up=meeting.group_decides),
        attendance=attendance_of(meeting),
        papers=[] if only_notes else list(Paper.objects.visible_to(actor).filter(meeting=meeting)),
        # A meeting decides once it is held.
        decisions=list(Decision.objects.visible_to(actor).filter(meeting=meeting).standing())
        if meeting.is_held
        else [],
        cases=cases_of(with_cases(Meeting.objects.filter(pk=pk), actor).get())
        if meeting.group_decides
        else [],
        closes=closes_on(meeting, meeting.went_round),
    )
    knows_its_hands(meeting, full.attendance)
    # Before a meeting its items prompt those whose interests they touch; afterwards they stand as declared.
    touched = [] if meeting.is_held else full.items
    full.interests = read_interests(actor, meeting, touched)
    if not as_it_is and meeting.stage in GONE_OUT:
        version = NotesVersion.objects.filter(meeting=meeting).shown().first()
        full.frozen = as_seen(actor, version) if version else None
    if full.frozen:
        full.listed_agreed, full.listed_carried = full.frozen.agreed, full.frozen.carried
    if full.brought_in:
        if not full.frozen:
            _read_frozen_lists(full, actor)
        if not only_notes:
            full.also_open = with_owner_words(also_open(full.meeting, actor), actor, on=full.meeting.date)
    elif not full.frozen:
        _read_lists(full, actor)
    return full


def items_of(
    meeting: Meeting, actor: Actor, *, when_saved: bool = False, take_up: bool = True
) -> list[AgendaItem]:
    """The items of a meeting in their order, each with `presented_by`: one query.

    One that `actor` is kept from is there by its place and its time alone (`is_withheld`). `when_saved`: each with
    `saved_at` of its notes too, for those who write them. Without `take_up` nobody asks which case an item takes up.
    """
    rows: Any = (
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("about_project", "about_organisation")
        .annotate(
            presenter=F("presenters__as_written"),
            chair_name=F("chaired_by__full_name"),
            moved_to_on=F("moved_to__meeting__date"),
            moved_to_meeting=F("moved_to__meeting_id"),
            moved_from_on=F("moved_from__meeting__date"),
            moved_from_meeting=F("moved_from__meeting_id"),
            case_pk=taken_up(decidable_at(meeting, actor)) if take_up else Value(None, IntegerField()),
        )
        .order_by("position", "pk", "presenters__position", "presenters__pk")
    )
    if when_saved:
        standing = Revision.objects.filter(item=OuterRef("pk"), number=OuterRef("version"))
        rows = rows.annotate(saved_at=Subquery(standing.values("saved_at")[:1]))
    items: list[Any] = []
    for row, again in _folded(rows):
        if not again:
            row.presented_by = []
            items.append(_as_seen(row, actor))
        if row.presenter and not items[-1].is_withheld:
            items[-1].presented_by.append(row.presenter)
    return items


def _as_seen(row: Any, actor: Actor) -> Any:
    """The row, or one that holds its place with nothing in what was joined to it."""
    seen = row.as_seen_by(actor)
    if seen is not row:
        seen.presented_by = []
        for name in row.__dict__.keys() - seen.__dict__.keys():
            setattr(seen, name, None)
    return seen


def attendance_of(meeting: Meeting, item_id: int | None = None) -> list[Attendance]:
    """Those on a meeting's list in their order, each with `kinds` of capacity: one query.

    Each says whether they were out for the item (`is_out`), where one is named.
    """
    out = ItemAbsence.objects.filter(attendance=OuterRef("pk"), item=item_id)
    rows = (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person")
        .annotate(capacity=F("capacities__kind"), is_out=Exists(out) if item_id else Value(False))
        .order_by("position", "pk", "capacities__pk")
    )
    attendance: list[Any] = []
    for row, again in _folded(rows):
        if not again:
            row.kinds = []
            attendance.append(row)
        if row.capacity:
            attendance[-1].kinds.append(CapacityKind(row.capacity))
    return attendance


def knows_its_hands(meeting: Any, attendance: Iterable[Any]) -> None:
    """Tell a meeting who takes its notes and who chairs it, so that asking who may write costs nothing more."""
    listed = [one for one in attendance if one.person_id]
    meeting.note_takers = frozenset(one.person_id for one in listed if CapacityKind.NOTETAKER in one.kinds)
    meeting.chairing = frozenset(one.person_id for one in listed if CapacityKind.CHAIR in one.kinds)


def with_owner_words(actions: ActionQuerySet, actor: Actor, *, on: date | None = None) -> list[Action]:
    """The actions in their order, each with `owners` and `owner_words` ("Bel, with Ada"): one query.

    They are those of now, or those at the end of the day `on`.
    """
    me = powers_of(actor).person_id
    held = Q(assignments__until__isnull=True)
    if on is not None:
        held |= Q(assignments__until__gt=on)
        held &= Q(assignments__since__isnull=True) | Q(assignments__since__lte=on)
    rows = actions.annotate(
        owner=FilteredRelation("assignments", condition=held),
        owner_role=F("owner__role"),
        owner_person=F("owner__person_id"),
        owner_body=F("owner__body_id"),
        owner_name=Coalesce("owner__person__full_name", "owner__as_written"),
    ).order_by(*actions.query.order_by, "owner__role", "owner__position", "owner__pk")
    found: list[Any] = []
    for row, again in _folded(rows):
        if not again:
            row.owners = []
            found.append(row)
        if row.owner_role:
            found[-1].owners.append(
                OwnerName(
                    row.owner_name,
                    leads=row.owner_role == "lead",
                    is_you=me is not None and row.owner_person == me,
                    placed=bool(row.owner_person or row.owner_body),
                )
            )
    for action in found:
        action.owner_words = who(action.owners)
    return found


def before_the_meeting(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    """What `agreed_at`, `carried_into` and `closed_before` give, in one query.

    One more for the meeting before, where `meeting` does not come from `with_last_held`.

    Oldest first. Each action has `status_then`, how it stood when the meeting began, and `status_after`, how
    it stood at the end of its day.
    """
    agreed, *others = (
        actions.order_by().values("pk")
        for actions in (
            agreed_at(meeting, actor),
            carried_into(meeting, actor),
            closed_before(meeting, actor),
        )
    )
    # One list of ids, and not one test after another: a database that must guess takes the long way for those.
    listed = agreed.union(*others)
    said = (
        Update.objects.filter(action=OuterRef("pk"), on__lte=meeting.date).exclude(status="").latest_first()
    )
    return (
        Action.objects.filter(pk__in=listed)
        .with_status_at(meeting.begins_at, meeting.body)
        .annotate(status_after=Coalesce(Subquery(said.values("status")[:1]), Value("")))
        .by_age()
    )


def points_of(mention: Mention) -> list[str]:
    """The points under a row of a table, one each."""
    return [line for line in mention.details.splitlines() if line.strip()]


def with_announced(meetings: Any) -> Any:
    """The meeting, once for each next meeting it announces."""
    return (
        meetings.select_related("body", "live")
        .annotate(
            has_source=Exists(SourceDocument.objects.filter(meeting=OuterRef("pk"))),
            announced_pk=F("announced__pk"),
            announced_words=F("announced__as_written"),
            announced_date=F("announced__date"),
            announced_starts=F("announced__starts"),
            announced_ends=F("announced__ends"),
            announced_became=F("announced__became_id"),
            announced_became_on=F("announced__became__date"),
            announced_chair=Coalesce("announced__chair__full_name", "announced__chair_as_written"),
        )
        .order_by("announced__position", "announced__pk")
    )


def announced_of(row: Any) -> Announced:
    return Announced(
        row.announced_pk,
        row.announced_words,
        row.announced_date,
        row.announced_starts,
        row.announced_ends,
        row.announced_became,
        row.announced_became_on,
        row.announced_chair or "",
    )


def _read_lists(full: MeetingInFull, actor: Actor) -> None:
    meeting = full.meeting
    owners_on = meeting.date if meeting.is_held else None
    for action in with_owner_words(before_the_meeting(meeting, actor), actor, on=owners_on):
        if action.agreed_on == meeting.date:
            full.agreed.append(action)
        elif action.status_then in CLOSED:  # type: ignore[attr-defined]
            full.closed.append(action)
        else:
            full.carried.append(action)
    full.agreed.sort(key=lambda action: action.pk)


def _read_frozen_lists(full: MeetingInFull, actor: Actor) -> None:
    visible = Action.objects.visible_to(actor).values("pk")
    for mention in full.meeting.mentions.in_tables().filter(action__in=visible):
        mention.points = points_of(mention)  # type: ignore[attr-defined]
        table = full.listed_agreed if mention.place == MentionPlace.AGREED else full.listed_carried
        table.append(mention)


def _folded(rows: Iterable[Any]) -> Iterator[tuple[Any, bool]]:
    """Each row with whether it is the same thing as the row before."""
    before = None
    for row in rows:
        yield row, row.pk == before
        before = row.pk
