"""Who was there, in which capacity, and what they answered before."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies.models import Person
from meetings.models.meeting import Meeting


class Presence(models.TextChoices):
    """What the notes say. Nothing said is neither presence, nor apology, nor absence."""

    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Absent"


class Answer(models.TextChoices):
    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Sends apologies"
    UNDECIDED = "undecided", "Not sure yet"


class InterestsAnswer(models.TextChoices):
    NOT_ASKED = "not_asked", "Not asked"
    NONE = "none", "None declared"
    DECLARED = "declared", "Declared"


class CapacityKind(models.TextChoices):
    """What somebody did at one meeting. "co-chair" is a post as written, and grants nothing."""

    CHAIR = "chair", "Chaired the meeting"
    CO_CHAIR = "co-chair", "Co-chair"
    NOTETAKER = "notetaker", "Took notes"
    GUEST = "guest", "Guest"
    OBSERVER = "observer", "Observer"
    PRESENTER = "presenter", "Presenter"


class Attendance(models.Model):
    """One person's (or one name's) place at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance")
    name_as_written = models.CharField(max_length=300, blank=True)
    presence = models.CharField(max_length=20, choices=Presence, blank=True)
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    interests_answer = models.CharField(
        max_length=20, choices=InterestsAnswer, default=InterestsAnswer.NOT_ASKED
    )
    arrived = models.TimeField("arrived late, at", null=True, blank=True)
    left = models.TimeField("left early, at", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="person_is_at_a_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name_as_written=""), name="attendance_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else self.name_as_written


class Capacity(models.Model):
    """Something one attendee did at one meeting; there may be several."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="capacities")
    kind = models.CharField(max_length=20, choices=CapacityKind)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(fields=["attendance", "kind"], name="capacity_is_held_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
