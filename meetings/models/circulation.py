"""What the page of the notes' way reads: steps with their versions, corrections, who can approve. Four queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from allies import clock
from allies.models import Actor
from meetings.models.approving import Approval, Correction, CorrectionState
from meetings.models.attendance import CapacityKind
from meetings.models.frozen import NotesStep
from meetings.models.meeting import Meeting, Stage
from meetings.stages import Step


@dataclass(slots=True)
class Circulation:
    """How far the notes have come. `closes` is the last day (inclusive) of the window; None where none is open."""

    steps: list[NotesStep] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    can_approve: list[Meeting] = field(default_factory=list)
    approval: Approval | None = None
    closes: date | None = None

    def is_open(self, today: date) -> bool:
        """Whether words can be checked on a day."""
        return self.closes is not None and today <= self.closes

    @property
    def waiting(self) -> list[Correction]:
        """The corrections that nobody has answered."""
        return [one for one in self.corrections if one.state == CorrectionState.OPEN]

    @property
    def not_sent_round(self) -> list[Correction]:
        """Those that were accepted since the notes went round last, and are in no version yet."""
        last = next((step.at for step in reversed(self.steps) if step.version_id), None)
        return [
            one
            for one in self.corrections
            if one.state == CorrectionState.ACCEPTED
            and one.answered_at
            and (not last or one.answered_at > last)
        ]


def circulation_of(meeting: Meeting, actor: Actor) -> Circulation:
    """Read it, as `actor` may see it: three queries, however much there is."""
    steps = (
        NotesStep.objects.filter(meeting=meeting)
        .select_related("version", "by__person")
        .defer("version__content", "version__salts", "version__digests", "version__erased")
    )
    corrections = (
        Correction.objects.visible_to(actor)
        .filter(meeting=meeting)
        .select_related("item", "action", "person", "entered_by__person", "answered_by__person")
    )
    found = Circulation(steps=list(steps), corrections=list(corrections))
    if meeting.stage == Stage.CIRCULATED:
        found.can_approve = meetings_that_can_approve(meeting)
        round_last = next((one for one in reversed(found.steps) if one.step == Step.CIRCULATE), None)
        found.closes = closes_on(meeting, round_last.at if round_last else None)
    if meeting.stage == Stage.SEALED:
        found.approval = (
            Approval.objects.filter(meeting=meeting).select_related("at_meeting", "chaired_by").first()
        )
    return found


def meetings_that_can_approve(meeting: Meeting) -> list[Meeting]:
    """Later meetings of the same body that are held and whose notes are a draft, the first one first. One query.

    Each knows who chaired it (`chairing`), so that asking who may record the approval costs nothing more.
    """
    rows: Any = (
        Meeting.objects.held()
        .filter(body_id=meeting.body_id, date__gt=meeting.date, stage=Stage.DRAFT)
        .annotate(chair=F("attendance__person_id"), kind=F("attendance__capacities__kind"))
        .order_by("date", "pk")
    )
    found = []
    for _, same in groupby(rows, key=lambda row: row.pk):
        first, *more = same
        first.chairing = frozenset(
            row.chair for row in (first, *more) if row.kind == CapacityKind.CHAIR and row.chair
        )
        found.append(first)
    return found


def window_of(meeting: Meeting) -> date | None:
    """Give the last day (inclusive) on which words can be checked; None for notes not circulated. One query."""
    if meeting.stage != Stage.CIRCULATED:
        return None
    return closes_on(meeting, last_went_round().filter(meeting=meeting).values_list("at", flat=True).first())


def closes_on(meeting: Meeting, went_round: datetime | None) -> date | None:
    """Give the last day (inclusive) on which words can be checked; None for notes that are not circulated.

    It is counted in the days that the group set, from the day on which the notes went round last (`went_round`; of
    notes that say no moment, from `circulated_on`). Approval ends it sooner: sealed notes take no corrections.
    """
    if meeting.stage != Stage.CIRCULATED:
        return None
    began = clock.day_of(went_round) if went_round else meeting.circulated_on
    return began + timedelta(days=meeting.body.words_checked_for) if began else None


def last_went_round() -> QuerySet[NotesStep]:
    """The steps by which notes went round, the last one first."""
    return NotesStep.objects.filter(step=Step.CIRCULATE.value).order_by("-pk")


def with_went_round(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with `went_round`: when their notes went round last, for `closes_on`; None for those that never did."""
    return meetings.annotate(
        went_round=Subquery(last_went_round().filter(meeting=OuterRef("pk")).values("at")[:1])
    )
