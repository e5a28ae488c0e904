"""Notes brought in from a document, and every place where notes spoke of an action."""

from typing import Self

from django.db import models
from django.db.models import Q

from actions.models import STATUS_CHOICES, Action
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting


class SourceDocument(models.Model):
    """A document that a meeting's notes were brought in from, and what was understood of it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="source")
    name = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    understood = models.JSONField()
    # What people answered about it that no other row holds: {"names": {"Robin": "as_written"}}.
    answers = models.JSONField(default=dict, blank=True)
    brought_in_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name or f"The notes of {self.meeting}"


class MentionPlace(models.TextChoices):
    AGREED = "agreed", "In the table of actions agreed"
    CARRIED = "carried", "In the table of actions from previous meetings"
    NOTES = "notes", "In the notes"


class MentionQuerySet(models.QuerySet["Mention"]):
    """Reads of mentions."""

    def in_tables(self) -> Self:
        """The two lists of a meeting brought in from its document, in their order."""
        return self.exclude(place=MentionPlace.NOTES).order_by("place", "position")

    def in_notes(self) -> Self:
        return self.filter(place=MentionPlace.NOTES).order_by("position")

    def unsettled(self) -> Self:
        """Those whose action nobody has confirmed yet."""
        return self.filter(action__isnull=True, settled="")


class Mention(models.Model):
    """One wording of an action where it stands in the notes. Many mentions, one action; no wording replaces another."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="mentions")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions")
    place = models.CharField(max_length=10, choices=MentionPlace)
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    text = models.TextField()
    details = models.TextField(blank=True)
    owners_as_written = models.CharField(max_length=300, blank=True)
    deadline_as_written = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, blank=True)
    # Why there is no action, once somebody said so: "that is right".
    settled = models.CharField(max_length=200, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "place", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place", "position"], name="mention_has_its_place"),
            models.CheckConstraint(
                condition=Q(place=MentionPlace.NOTES) | Q(action__isnull=False), name="a_listed_row_is_an_action"
            ),
        ]

    def __str__(self) -> str:
        return self.text
