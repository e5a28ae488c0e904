"""A matter with no project or partner of its own, so that it can be withheld by itself."""

from django.db import models
from simple_history.models import HistoricalRecords


class Matter(models.Model):
    """Something that came up under an item about nothing in particular: the item, and all that was raised in it."""

    name = models.CharField("what it is", max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="matter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
