"""Taking minutes: every saved state of an item's notes, who was out for an item, what was answered, following along."""

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting


class RevisionOutcome(models.TextChoices):
    """What became of the words of one save."""

    SAVED = "saved", "Saved"
    MERGED = "merged", "Joined with what somebody else had saved"
    CONFLICT = "conflict", "Kept beside what somebody else had saved"


class Revision(models.Model):
    """One text of an item's notes as somebody handed it in, or as two were joined. Append-only: the words stay.

    `number` rises within the item; the item's `version` is the number of the one that stands. `answer` is the
    number that the save was answered with: its own, the joined one, or the one it stands against.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    notes = models.TextField(blank=True)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField()
    save_id = models.UUIDField(null=True, blank=True)
    base = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=RevisionOutcome, default=RevisionOutcome.SAVED)
    answer = models.PositiveIntegerField()
    # What it was made of, where a person said so: brought back from another, or chosen of two.
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="revision_has_its_number"),
            models.UniqueConstraint(
                fields=["item", "save_id"], condition=Q(save_id__isnull=False), name="a_save_counts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.number}"


class LiveNotes(models.Model):
    """Whether others may follow a meeting's notes, and a number that rises whenever something in them moves.

    A row of its own, so that nobody who changes the meeting writes an old number over a new one.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="live")
    followed = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.meeting}, {self.revision}"


class ItemAbsence(models.Model):
    """Somebody out for one item, and back: a person who leaves the room for what touches their interest."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="absences")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="absences")
    left = models.TimeField("left at", null=True, blank=True)
    back = models.TimeField("back at", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "item"], name="out_for_an_item_once"),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(back__isnull=True) | Q(back__gte=models.F("left")),
                name="back_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}: {self.item}"


class Settled(models.Model):
    """“That is right”: what does not agree in a meeting's notes, and stays so because somebody said it is right."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="settled")
    key = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="settled_once")]

    def __str__(self) -> str:
        return self.words or self.key
