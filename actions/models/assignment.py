"""Who carries an action: a person, a body, or words as written that nobody has placed yet."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from actions.models.action import Action
from allies.models import Body, Person


class OwnerRole(models.TextChoices):
    LEAD = "lead", "Leads"
    SUPPORT = "support", "Supports"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def current(self) -> Self:
        return self.filter(until__isnull=True)

    def held_on(self, day: date) -> Self:
        """Those that held at the end of `day`: whoever stopped on it did not."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day)
        )

    def in_order(self) -> Self:
        """Those who lead first, then in the order they were written."""
        return self.order_by("role", "position", "pk")


class Assignment(models.Model):
    """One owner of one action, from a day (None: from the start) until a day (None: still)."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    as_written = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=OwnerRole, default=OwnerRole.LEAD)
    position = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    history = HistoricalRecords()
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(body__isnull=True), name="owner_is_a_person_or_a_body"
            ),
            models.CheckConstraint(condition=~Q(as_written=""), name="owner_has_a_name"),
            models.UniqueConstraint(
                fields=["action", "person"],
                condition=Q(until__isnull=True, person__isnull=False),
                name="person_carries_an_action_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's or body's name, or the words as written."""
        owner = self.person or self.body
        return str(owner) if owner else self.as_written
