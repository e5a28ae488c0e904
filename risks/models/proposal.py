"""Deciding by correspondence: one written proposal, and the answers to it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Cast
from simple_history.models import HistoricalRecords

from allies.models import Person
from risks.correspondence import Answer, Result, is_over, last_day
from risks.models.case import Case, CaseResponse

ANSWER_CHOICES = [
    (Answer.APPROVE.value, "Yes, I approve"),
    (Answer.AGAINST.value, "No, I do not"),
    (Answer.MORE_TIME.value, "I ask for time: let us meet about it"),
]
RESULT_CHOICES = [
    (Result.OPEN.value, "Open"),
    (Result.APPROVED.value, "Approved"),
    (Result.TO_THE_MEETING.value, "Goes to the meeting"),
    (Result.OTHERS_DECIDE.value, "Not answered any more: others decide"),
]


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reads of proposals."""

    def asking_on(self, day: date) -> Self:
        """Those that somebody can answer on `day`: not closed, and not past their last day."""
        return self._with_last_day().filter(closed_on=None, ends_on__gte=day)

    def over_on(self, day: date) -> Self:
        """Those that nobody is asked any more on `day`, and nobody has closed: as `Proposal.is_over`."""
        return self._with_last_day().filter(closed_on=None, ends_on__lt=day)

    def _with_last_day(self) -> Self:
        # SQLite multiplies whole integers alone with a time; the sum of a day and a time is no day in PostgreSQL.
        days = ExpressionWrapper(
            Cast("days", models.IntegerField()) * timedelta(days=1), models.DurationField()
        )
        ends = ExpressionWrapper(F("opened_on") + days, models.DateTimeField())
        return self.alias(ends_on=Cast(ends, models.DateField()))


class Proposal(models.Model):
    """One written proposal that the Allies answer by correspondence, and those who were counted on its first day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proposals")
    words = models.TextField("what is proposed")
    response = models.CharField(max_length=20, choices=CaseResponse)
    until = models.DateField("accept until", null=True, blank=True)
    opened_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    counted = models.ManyToManyField(Person, related_name="+")
    result = models.CharField(max_length=20, choices=RESULT_CHOICES, default=Result.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()
    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_on__isnull=True), name="one_open_proposal_in_a_case"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_proposal_has_words"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def last_day(self) -> date:
        """The last day (inclusive) on which an answer is in time."""
        return last_day(self.opened_on, self.days)

    def is_over(self, day: date) -> bool:
        """Whether its last day is past on `day` and it waits to be closed: nobody is asked any more."""
        return self.closed_on is None and is_over(self.opened_on, self.days, day)


def awaiting_answer_of(person: int, day: date) -> Exists:
    """For cases: a proposal that can be answered on `day` waits for the answer of somebody (their id)."""
    waiting = Proposal.objects.asking_on(day).filter(case=OuterRef("pk"), counted=person)
    return Exists(waiting.exclude(answers__person=person))


def answers_to_close(day: date) -> Exists:
    """For cases: a proposal is past its last day on `day`, and somebody has to close it."""
    return Exists(Proposal.objects.over_on(day).filter(case=OuterRef("pk")))


class ProposalAnswer(models.Model):
    """What somebody says to a proposal; while it is open they may think again, and the last word counts."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=ANSWER_CHOICES)
    words = models.TextField(blank=True)
    # Written down for them, by phone; None where they answered themselves.
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="person_answers_a_proposal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"
