"""What the group agreed, and what it advised."""

from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies.models import Actor
from allies.policies import powers_of, without_withheld
from allies.powers import Permission
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from risks.models import Case, SchemeVersion


class Reached(models.TextChoices):
    """How, as the notes say it. Mostly there is no vote."""

    BY_ALL = "by_all", "Agreed by all"
    AGREED = "agreed", "Agreed"
    MAJORITY = "majority", "By a majority"
    ADVICE = "advice", "Advice given"


class DecisionKind(models.TextChoices):
    DECISION = "decision", "Decision"
    ADVICE = "advice", "Advice"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of meetings whose record somebody may read, but what was decided on an item they are kept from.

        And what was decided of a case about a matter that they are kept from, whatever its item speaks of now.
        """
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        return without_withheld(without_withheld(found, actor, "item__"), actor, "case__")

    def standing(self) -> Self:
        return self.filter(withdrawn="")


class Decision(models.Model):
    """One decision or piece of advice, in the words of the notes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    text = models.TextField("what was decided")
    reached = models.CharField("how it was reached", max_length=20, choices=Reached, blank=True)
    kind = models.CharField(max_length=20, choices=DecisionKind, default=DecisionKind.DECISION)
    # The numbers of a vote, where there was one and somebody counted.
    votes_for = models.PositiveSmallIntegerField("for", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("against", null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField("abstained", null=True, blank=True)
    # The version of the scoring scheme that the group adopted by it.
    scheme = models.ForeignKey(
        SchemeVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the scheme it adopts",
    )
    # The case of the escalation review that the group decided by it; what was chosen stands with the case. Left out of
    # the pages of history, as the risk of an item is.
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.TextField("withdrawn because", blank=True)

    history = HistoricalRecords()
    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_has_words"),
            models.CheckConstraint(
                condition=Q(reached="majority")
                | Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True),
                name="only_a_majority_has_numbers",
            ),
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=Q(case__isnull=False, withdrawn=""),
                name="a_meeting_decides_a_case_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def votes_words(self) -> str:
        """The numbers in words: "5 for, 2 against, 1 abstained"; empty where nobody counted."""
        numbers = (
            (self.votes_for, "for"),
            (self.votes_against, "against"),
            (self.votes_abstained, "abstained"),
        )
        return ", ".join(f"{number} {word}" for number, word in numbers if number is not None)
