"""What the page before a meeting reads: which meetings are somebody's, and who sits where.

A page may ask twelve times, and signing in takes four: what belongs together is asked for together, and the
number of rows never changes the number of questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    StringAgg,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from actions.models import Assignment
from allies.interests import is_held_on
from allies.models import Actor, Appointment, BodyKind
from allies.models.asked import who_is_asked, with_last_answer
from allies.models.expressions import yes_or_no
from allies.partial_dates import PartialDate
from allies.policies import powers_of, without_withheld
from allies.powers import Role
from meetings.models.agenda import AgendaItem, Paper
from meetings.models.approving import Correction, CorrectionState
from meetings.models.attendance import Attendance, Presence
from meetings.models.cases import with_cases
from meetings.models.circulation import closes_on, last_went_round
from meetings.models.in_full import attendance_of, items_of
from meetings.models.meeting import Meeting, Stage
from meetings.models.notes_in import Mention, MentionPlace
from meetings.models.public import waiting_to_be_published
from risks.models import Case as WaitingCase
from risks.models import Concern, Key
from risks.models.key import named_to_hold
from risks.models.proposal import awaiting_answer_of
from risks.scheme import Level

MOST_MEETINGS = 200
_TABLES = (MentionPlace.AGREED, MentionPlace.CARRIED)


@dataclass(frozen=True, slots=True)
class Announced:
    """A next meeting as notes announce it."""

    pk: int
    as_written: str
    date: PartialDate | None


@dataclass(slots=True)
class Meetings:
    """The meetings a page before the next one speaks of.

    `next` is the soonest that is the reader's own; `others` are the rest that are coming, soonest first;
    `without_notes` are planned ones whose day has passed; `left_open` were brought in and wait for answers (each
    with `unsettled`, how many remarks, and `open_names`, the names nobody has placed); `announced` are next
    meetings nobody has planned, with their meeting; `to_answer` have suggested corrections that wait for an answer
    (each with `unanswered`, how many); the notes of `unpublished` went out, and the public reads none of
    them, or what they were before their approval.
    """

    next: Meeting | None = None
    # Those whose notes went round and that the reader was at, while words can be checked: each with `closes`.
    to_check: list[Meeting] = field(default_factory=list)
    others: list[Meeting] = field(default_factory=list)
    without_notes: list[Meeting] = field(default_factory=list)
    left_open: list[Meeting] = field(default_factory=list)
    announced: list[tuple[Announced, Meeting]] = field(default_factory=list)
    to_answer: list[Meeting] = field(default_factory=list)
    unpublished: list[Meeting] = field(default_factory=list)


def meetings_around(actor: Actor, today: date, *, to_keep: bool) -> Meetings:
    """Read them in one query. With `to_keep` also those that need something from whoever keeps the record.

    A meeting is somebody's own when they sit on its body today or are on its list. To the core team, which
    serves the whole record, those of every group are; of working groups, their own.
    """
    found = Meetings()
    coming: list[Any] = []
    for _, rows in groupby(_rows(actor, today, to_keep=to_keep), key=lambda row: row.pk):
        meeting, *more = rows
        if meeting.stage == Stage.PLANNED:
            (coming if meeting.date >= today else found.without_notes).append(meeting)
        if meeting.went_round is not None:
            meeting.closes = closes_on(meeting, meeting.went_round)
            if meeting.closes and meeting.closes >= today:
                found.to_check.append(meeting)
        if to_keep and meeting.has_source:
            meeting.open_names = _open_names(meeting)
            if meeting.unsettled or meeting.open_names:
                found.left_open.append(meeting)
        if to_keep and meeting.unanswered:
            found.to_answer.append(meeting)
        if to_keep and meeting.is_unpublished:
            found.unpublished.append(meeting)
        if to_keep and meeting.announced_pk:
            found.announced += [(_announced(row), meeting) for row in (meeting, *more)]
    coming.sort(key=lambda one: (one.date, one.starts or time.min, one.pk))
    found.without_notes.sort(key=lambda one: (one.date, one.pk))
    serves_all = powers_of(actor).has(Role.CORE_TEAM)
    found.next = next((one for one in coming if one.is_own or (serves_all and one.of_a_group)), None)
    found.others = [one for one in coming if one is not found.next]
    planned = {(one.body_id, str(one.date)) for one in coming}
    found.announced = [
        (one, meeting) for one, meeting in found.announced if (meeting.body_id, str(one.date)) not in planned
    ]
    return found


def _rows(actor: Actor, today: date, *, to_keep: bool) -> Any:
    """Meetings, the latest first, each once for every next meeting it announces that nobody has planned."""
    person = powers_of(actor).person_id
    here = Appointment.objects.on(today).filter(person=person, body=OuterRef("body"))
    listed = Attendance.objects.filter(person=person, meeting=OuterRef("pk"))
    remarks = Mention.objects.visible_to(actor).unsettled().filter(meeting=OuterRef("pk"))
    remarks = remarks.order_by().values("meeting")
    suggested = Correction.objects.visible_to(actor).filter(
        meeting=OuterRef("pk"), state=CorrectionState.OPEN
    )
    suggested = suggested.order_by().values("meeting")
    planned = Q(stage=Stage.PLANNED)
    to_check = Q(went_round__isnull=False)
    open_matters = Q(has_source=True) & (Q(unsettled__gt=0) | ~Q(names_owning="") | ~Q(names_attending=""))
    return (
        with_cases(Meeting.objects.visible_to(actor).standing(), actor)
        .select_related("body")
        .annotate(
            is_own=Exists(here) | Exists(listed),
            went_round=_went_round(person),
            of_a_group=yes_or_no(Q(body__kind=BodyKind.GROUP)),
            has_source=yes_or_no(Q(source__isnull=False)),
            answers=F("source__answers"),
            is_unpublished=yes_or_no(waiting_to_be_published()),
            unsettled=Coalesce(Subquery(remarks.annotate(number=Count("pk")).values("number")), Value(0)),
            unanswered=_until_sealed(suggested.annotate(number=Count("pk")).values("number")),
            names_owning=_names_owning(actor),
            names_attending=_names_attending(),
            open_announced=FilteredRelation(
                "announced", condition=Q(announced__became__isnull=True, announced__date__not_over_by=today)
            ),
            announced_pk=F("open_announced__pk"),
            announced_words=F("open_announced__as_written"),
            announced_date=F("open_announced__date"),
        )
        .filter(
            to_check
            | planned
            | open_matters
            | Q(announced_pk__isnull=False)
            | Q(is_unpublished=True)
            | Q(unanswered__gt=0)
            if to_keep
            else to_check | planned & Q(date__gte=today)
        )
        .order_by("-date", "-pk", "open_announced__position", "open_announced__pk")[:MOST_MEETINGS]
    )


def _until_sealed(number: Any) -> Any:
    """A number of notes that are not sealed; 0 for those that are, whose corrections nobody can answer any more."""
    return Case(When(stage=Stage.SEALED, then=Value(0)), default=Coalesce(Subquery(number), Value(0)))


def _went_round(person: int | None) -> Any:
    """When circulated notes went round last, of a meeting that the person was at; None for every other."""
    there = Attendance.objects.filter(person=person, meeting=OuterRef("pk"), presence=Presence.PRESENT)
    last = last_went_round().filter(meeting=OuterRef("pk")).values("at")[:1]
    return Case(
        When(Q(stage=Stage.CIRCULATED) & Exists(there), then=Subquery(last)),
        default=None,
        output_field=DateTimeField(),
    )


def _names_owning(actor: Actor) -> Coalesce:
    """The names of owners in a meeting's tables that nobody has placed, a line each."""
    seen = without_withheld(Assignment.objects.current(), actor, "action__")
    rows = seen.filter(
        person=None, body=None, action__mentions__meeting=OuterRef("pk"), action__mentions__place__in=_TABLES
    )
    return _joined(rows.order_by().values("action__mentions__meeting"), "as_written")


def _names_attending() -> Coalesce:
    """The names in a meeting's attendance list that nobody has placed, a line each."""
    rows = Attendance.objects.filter(person=None, meeting=OuterRef("pk"))
    return _joined(rows.order_by().values("meeting"), "name_as_written")


def _joined(rows: Any, column: str) -> Coalesce:
    together = rows.annotate(names=StringAgg(column, delimiter=Value("\n"))).values("names")
    return Coalesce(Subquery(together), Value(""), output_field=TextField())


def _open_names(meeting: Any) -> list[str]:
    """Those names once each, without those of which somebody said that they mean no more than they say."""
    answered = (meeting.answers or {}).get("names", {})
    names = [*meeting.names_owning.splitlines(), *meeting.names_attending.splitlines()]
    return [name for name in dict.fromkeys(names) if name not in answered]


def _announced(row: Any) -> Announced:
    return Announced(row.announced_pk, row.announced_words, row.announced_date)


# ---- The next meeting


@dataclass(slots=True)
class Programme:
    """The next meeting with its agenda, papers and list. Three queries."""

    meeting: Meeting
    items: list[AgendaItem]
    papers: list[Paper]
    attendance: list[Attendance]


def programme_of(meeting: Meeting, actor: Actor) -> Programme:
    """Read what a programme shows; withdrawn papers are not among it."""
    return Programme(
        meeting,
        items_of(meeting, actor),
        list(Paper.objects.visible_to(actor).filter(meeting=meeting, withdrawn="")),
        attendance_of(meeting),
    )


def appointed_and_asked(
    body_ids: Iterable[int], person_id: int | None, day: date, *, reader: Actor
) -> tuple[list[Appointment], bool]:
    """Who sits on these bodies on a day, with person and body, and whether a person is asked for their interests.

    Each place says whether a concern waits in its body for `reader` to look into (`concern_waits`), whether a case
    waits there for the chairs and not for theirs alone who gave their key (`case_waits`), whether one is late
    (`case_is_late`), and whether one waits for the group, which has no meeting before it (`case_unplanned`);
    and of the person whether a key that they were named to hold waits for them (`key_waits`), or a proposal for their
    answer (`answer_waits`). One query.
    """
    bodies = set(body_ids)
    sitting = Q(body_id__in=bodies, starts__begun_by=day, ends__not_over_by=day)
    found = Appointment.objects.filter(sitting | Q(person_id=person_id or 0))
    concerns = Concern.objects.looked_into_by(reader).waiting().filter(body=OuterRef("body")).order_by()
    cases = WaitingCase.objects.visible_to(reader).waiting_on(day).filter(body=OuterRef("body")).order_by()
    with_chairs = cases.filter(level=Level.CHAIRS).with_turning_round()
    given = Key.objects.filter(
        case=OuterRef("pk"), round=OuterRef("turning"), person=person_id or 0, counts=True
    )
    found = found.select_related("person", "body").annotate(
        concern_waits=Exists(concerns),
        case_waits=Exists(with_chairs.exclude(Exists(given))),
        key_waits=Exists(with_chairs.filter(named_to_hold(person_id or 0)).exclude(Exists(given))),
        answer_waits=Exists(cases.filter(awaiting_answer_of(person_id or 0, day), level=Level.ALLIES)),
        case_is_late=Exists(with_chairs.filter(limit_on__lt=day)),
        case_unplanned=yes_or_no(
            Exists(cases.filter(level=Level.ALLIES))
            & ~Exists(Meeting.objects.coming(day).filter(body=OuterRef("body")))
        ),
    )
    places = list(with_last_answer(found).order_by("body__name", "pk"))
    own = [place for place in places if place.person_id == person_id]
    appointed = [
        place for place in places if place.body_id in bodies and is_held_on(place.starts, place.ends, day)
    ]
    return appointed, bool(who_is_asked(own, day))
