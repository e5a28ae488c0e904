"""Notes brought in from a document, and every place where notes spoke of an action."""

from typing import Self

from django.db import models
from django.db.models import Q

from actions.models import STATUS_CHOICES, Action
from allies.models import Actor
from allies.policies import kept_from, powers_of, without_withheld
from allies.powers import Permission
from meetings.models.agenda import AgendaItem
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting
from meetings.notes.document import Marker


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


MARKER_CHOICES = [(marker.value, marker.value.capitalize()) for marker in Marker]


class MentionQuerySet(models.QuerySet["Mention"]):
    """Reads of mentions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those at meetings whose record somebody may read, but of items and actions that they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        if not kept_from(actor):
            return found
        visible = Action.objects.visible_to(actor).order_by().values("pk")
        found = without_withheld(without_withheld(found, actor, "item__"), actor, "decision__item__")
        return found.filter(Q(action=None) | Q(action__in=visible))

    def in_tables(self) -> Self:
        """The two lists of a meeting brought in from its document, in their order."""
        return self.exclude(place=MentionPlace.NOTES).order_by("place", "position")

    def in_notes(self) -> Self:
        return self.filter(place=MentionPlace.NOTES).order_by("position")

    def actions(self) -> Self:
        """Those of lines marked ACTION, and the rows of tables."""
        return self.filter(marker=Marker.ACTION.value)

    def unsettled(self) -> Self:
        """Those whose action nobody has confirmed yet."""
        return self.filter(action__isnull=True, settled="", marker=Marker.ACTION.value)


class Mention(models.Model):
    """One wording of an action where it stands in the notes. Many mentions, one action; no wording replaces another.

    The lines of typed notes that begin with a marker are mentions too, with their `marker` and `line`: a decision,
    an offer or a parked idea is found again by its own row.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="mentions")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions"
    )
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
    marker = models.CharField(max_length=10, choices=MARKER_CHOICES, default=Marker.ACTION.value)
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    # Which line of the item's notes, from 1. None: the line is gone, or was never typed here.
    line = models.PositiveIntegerField(null=True, blank=True)
    # The words about which somebody last said what they mean; when the line's words differ, the page asks.
    answered = models.TextField(blank=True)
    # The words of which somebody said that they are neither an action nor a decision; good while they stand.
    set_aside = models.TextField(blank=True)
    # Ids of the actions (or decisions) that the line may say again ("twice") or have become of ("unsure").
    perhaps = models.JSONField(default=list, blank=True)
    asks = models.CharField(max_length=10, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "place", "position"]
        constraints = [
            # Lines of notes change places at every save; rows of a table never do.
            models.UniqueConstraint(
                fields=["meeting", "place", "position"],
                condition=~Q(place=MentionPlace.NOTES),
                name="mention_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(place=MentionPlace.NOTES) | Q(action__isnull=False),
                name="a_listed_row_is_an_action",
            ),
        ]

    def __str__(self) -> str:
        return self.text
