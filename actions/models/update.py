"""What was said of an action, when, and by whom. Appended, never edited."""

from typing import Self

from django.db import models
from django.db.models import Q

from actions.models.action import STATUS_CHOICES, Action
from allies import clock
from allies.models import Actor, Body, Person


class UpdateQuerySet(models.QuerySet["Update"]):
    """Reads of updates."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of actions that somebody may read."""
        return self.filter(action__in=Action.objects.visible_to(actor).order_by().values("pk"))

    def latest_first(self) -> Self:
        """By the day they speak of, then by when they were typed."""
        return self.order_by("-on", "-recorded_at", "-pk")


class Update(models.Model):
    """One thing said: a status, a note, or both. `body` is set when it was said at its meeting of that day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="updates")
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="updates")

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "body", "on"],
                condition=Q(body__isnull=False),
                name="action_is_reviewed_once_at_a_meeting",
            ),
            models.CheckConstraint(condition=~Q(status="", note=""), name="update_says_something"),
        ]
        indexes = [models.Index(fields=["action", "on", "recorded_at"])]

    def __str__(self) -> str:
        return self.note or self.get_status_display()
