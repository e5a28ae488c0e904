"""The versions of the scheme: each as data, proposed by somebody, adopted on a day by a decision of the group."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies import clock
from allies.models import Body, Person
from risks.scheme import Scheme


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Reads of schemes."""

    def adopted_by(self, day: date) -> Self:
        """Those in force on `day` or before, the one in force first."""
        return self.filter(adopted_on__lte=day).order_by("-adopted_on", "-version")


class SchemeVersion(models.Model):
    """One version. What was scored under it shows under it for good, so its content never changes once adopted."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    why = models.TextField("why it is proposed")
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="schemes_proposed"
    )
    proposed_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    # The decision points here; until it does, the version is a proposal.
    adopted_on = models.DateField(null=True, blank=True)
    withdrawn = models.TextField("withdrawn because", blank=True)

    history = HistoricalRecords()
    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["body", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="scheme_version_is_counted_once"),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=True) | Q(withdrawn=""),
                name="an_adopted_scheme_is_not_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"

    @property
    def scheme(self) -> Scheme:
        """What it says, for the rules."""
        return Scheme.from_data(self.content)
