"""That a person's name was taken out of the record: when, by whom, why, and how much was changed; never the name."""

from django.db import models
from django.db.models import Q

from allies import clock
from allies.models import Person


class Erasure(models.Model):
    """One erasure. `counts` says in how many places of each kind; `by_hand` what somebody has to do themself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField()
    counts = models.JSONField(default=dict)
    # As `[{"words": …, "path": …}]`; the path of a page, or empty.
    by_hand = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"An erasure on {self.at:%-d %B %Y}"

    @property
    def places(self) -> int:
        """In how many places words were replaced."""
        return sum(self.counts.values())
