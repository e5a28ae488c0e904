"""An action: the words as agreed, its deadline as written and as understood, and how it stands."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import Exact
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import CLOSED, Status
from allies import clock
from allies.models import About, Actor, Body
from allies.policies import powers_of, without_withheld
from allies.powers import Permission

STATUS_WORDS = {
    Status.TODO: "To do",
    Status.IN_PROGRESS: "In progress",
    Status.WAITING: "Waiting",
    Status.DONE: "Done",
    Status.LET_GO: "Let go",
    Status.MERGED: "Merged",
}
DEADLINE_WORDS = {
    DeadlineKind.DATE: "A date",
    DeadlineKind.MONTH: "A month",
    DeadlineKind.NEXT_MEETING: "The next meeting",
    DeadlineKind.WITH_NOTES: "With the notes",
    DeadlineKind.ASAP: "As soon as possible",
    DeadlineKind.CONDITION: "When something holds",
    DeadlineKind.ONGOING: "Ongoing",
    DeadlineKind.UNKNOWN: "Words that are no deadline",
}
# Built from the rules' own lists, so that a status or a kind without words cannot be added.
STILL_OPEN = ["", *(status.value for status in Status if status not in CLOSED)]
STATUS_CHOICES = [(status.value, STATUS_WORDS[status]) for status in Status]
DEADLINE_CHOICES = [(kind.value, DEADLINE_WORDS[kind]) for kind in DeadlineKind]


class ActionQuerySet(models.QuerySet["Action"]):
    """Reads of actions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those somebody may read: agreed in a body whose record they read, and not withheld from them."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(body_id__in=bodies)
        # What is part of a withheld action, or was merged into one, says the same in other words.
        for through in ("", "parent__", "merged_into__"):
            found = without_withheld(found, actor, through)
        return found

    def open(self) -> Self:
        """Those still to be done. "Not recorded" counts as open (DESIGN §4)."""
        # Named one by one, and not as "none of the closed": so an index finds them among many that are closed.
        return self.filter(status__in=STILL_OPEN)

    def closed(self) -> Self:
        return self.filter(status__in=CLOSED)

    def overdue(self, today: date) -> Self:
        """Open, past their due day, and confirmed to stand still: old notes brought in are not called late."""
        return self.open().filter(due_on__lt=today, stands=True)

    def agreed_by(self, day: date) -> Self:
        """Those agreed on or before `day`, or first seen by then as agreed at some earlier meeting."""
        return self.filter(Q(agreed_on__lte=day) | Q(agreed_on__isnull=True, first_seen_on__lte=day))

    def agreed_before(self, day: date) -> Self:
        """Those agreed before `day`. One whose own meeting is not in the record was, if seen by then."""
        return self.filter(Q(agreed_on__lt=day) | Q(agreed_on__isnull=True, first_seen_on__lte=day))

    def with_status_on(self, day: date) -> Self:
        """Annotate `status_then`: how it stood at the end of `day`, by the days updates speak of."""
        from actions.models.update import Update

        said = Update.objects.filter(action=OuterRef("pk"), on__lte=day).exclude(status="").latest_first()
        return self.annotate(status_then=Coalesce(Subquery(said.values("status")[:1]), models.Value("")))

    def with_status_at(self, moment: datetime, body: Body, *, name: str = "status_then") -> Self:
        """Annotate `status_then` (or `name`): how it stood when a meeting of `body` began at `moment`.

        What was said at that meeting came after it began. Of other updates made for that day, only those
        recorded before the meeting began count.
        """
        from actions.models.update import Update

        day = clock.day_of(moment)
        before = Q(on__lt=day) | (Q(on=day, recorded_at__lt=moment) & ~Q(body=body))
        said = Update.objects.filter(before, action=OuterRef("pk")).exclude(status="").latest_first()
        return self.annotate(**{name: Coalesce(Subquery(said.values("status")[:1]), models.Value(""))})

    def by_age(self) -> Self:
        """Oldest first: by the day agreed, or first seen."""
        return self.with_since().order_by("since", "pk")

    def with_since(self) -> Self:
        """Annotate `since`: the day it was agreed, or else first seen in the record."""
        return self.annotate(since=Coalesce("agreed_on", "first_seen_on"))

    def with_owners(self, on: date | None = None) -> Self:
        """Fetch owners with their people and bodies, in order, as `owners`: one query more however many rows.

        They are those of now, or those at the end of the day `on`.
        """
        from actions.models.assignment import Assignment

        owners = Assignment.objects.held_on(on) if on else Assignment.objects.current()
        owners = owners.select_related("person", "body").in_order()
        return self.prefetch_related(models.Prefetch("assignments", queryset=owners, to_attr="owners"))

    def with_last_said(self) -> Self:
        """Annotate `last_said`: the id of the update with the latest words, by the days they speak of."""
        from actions.models.update import Update

        said = Update.objects.filter(action=OuterRef("pk")).exclude(note="").latest_first()
        return self.annotate(last_said=Subquery(said.values("pk")[:1]))


class Action(About):
    """Something agreed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions", verbose_name="agreed in")
    agreed_on = models.DateField("agreed on", null=True, blank=True)
    first_seen_on = models.DateField("first seen in the record")
    text = models.TextField("what was agreed")
    details = models.TextField("in more detail", blank=True, help_text="One point to a line.")

    deadline_kind = models.CharField(max_length=20, choices=DEADLINE_CHOICES, blank=True)
    deadline_words = models.CharField("deadline, as written", max_length=200, blank=True)
    deadline_date = models.CharField(max_length=10, blank=True)
    due_on = models.DateField(null=True, blank=True)

    # How it stands now: kept from the updates by `record_update`, never written by anything else.
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, blank=True)
    status_reason = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_actions",
        verbose_name="part of",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    # False for one brought in from old notes, until somebody says that it still stands.
    stands = models.BooleanField(default=True)
    brought_in = models.BooleanField(default=False)
    # Kept by `meetings`, which knows when this body met.
    times_carried = models.PositiveSmallIntegerField(default=0)

    # What is worked out from other rows is no change of its own, and stays out of the history.
    history = HistoricalRecords(excluded_fields=["times_carried", "due_on"])
    objects = ActionQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="action_has_words"),
            models.CheckConstraint(
                condition=(Q(deadline_kind=DeadlineKind.DATE) & Q(Exact(Length("deadline_date"), 10)))
                | (Q(deadline_kind=DeadlineKind.MONTH) & Q(Exact(Length("deadline_date"), 7)))
                | (~Q(deadline_kind__in=[DeadlineKind.DATE, DeadlineKind.MONTH]) & Q(deadline_date="")),
                name="deadline_has_the_date_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
                name="merged_means_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(CLOSED), closed_on__isnull=False)
                | (~Q(status__in=sorted(CLOSED)) & Q(closed_on__isnull=True)),
                name="closed_means_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="action_is_not_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="action_is_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "status", "agreed_on"]),
            models.Index(fields=["due_on"]),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("actions:action", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    @property
    def deadline(self) -> Deadline | None:
        """The deadline as the rules know it, or None."""
        if not self.deadline_kind:
            return None
        return Deadline(self.deadline_words, DeadlineKind(self.deadline_kind), self.deadline_date or None)

    @property
    def points(self) -> list[str]:
        """The details, one point each."""
        return [line for line in self.details.splitlines() if line.strip()]
