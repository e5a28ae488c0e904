"""A sitting of the chairs over several cases."""

from django.db import models
from simple_history.models import HistoricalRecords

from allies.models import Body
from risks.models.case import Case, CaseDecision


class Review(models.Model):
    """A sitting of the chairs over several cases. It ends when each has a decision, or a reason to wait."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"Review of {self.on}"


class ReviewedCase(models.Model):
    """A case in a sitting: decided there, or waiting for a reason that is written down."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reviewed")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviewed")
    waits_because = models.TextField("why it waits", blank=True)
    decision = models.ForeignKey(
        CaseDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "case"], name="case_is_in_a_sitting_once"),
        ]

    def __str__(self) -> str:
        return str(self.case)
