"""Deciding by correspondence: one written proposal, and the answers to it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from allies.models import Person
from risks.correspondence import Answer, Result
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
]


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


def awaiting_answer_of(person: int) -> Exists:
    """For cases: an open proposal waits for the answer of somebody (their id)."""
    waiting = Proposal.objects.filter(case=OuterRef("pk"), closed_on=None, counted=person)
    return Exists(waiting.exclude(answers__person=person))


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
