"""Who was there, in which capacity, and what they answered before."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies.models import Person
from meetings.models.meeting import Meeting
from meetings.notes.document import Capacity as CapacityKind
from meetings.notes.document import Presence

# Built from the notes' own lists, so that one without words cannot be added.
# Nothing said is neither presence, nor apology, nor absence: the field is empty then.
PRESENCE_WORDS = {
    Presence.PRESENT: "Present",
    Presence.APOLOGIES: "Sent apologies",
    Presence.ABSENT: "Absent",
}
PRESENCE_CHOICES = [(presence.value, PRESENCE_WORDS[presence]) for presence in Presence]

# What somebody did at one meeting. "co-chair" is a post as written, and grants nothing.
CAPACITY_WORDS = {
    CapacityKind.CHAIR: "Chaired the meeting",
    CapacityKind.CO_CHAIR: "Co-chair",
    CapacityKind.NOTETAKER: "Took notes",
    CapacityKind.GUEST: "Guest",
    CapacityKind.OBSERVER: "Observer",
    CapacityKind.PRESENTER: "Presenter",
}
CAPACITY_CHOICES = [(kind.value, CAPACITY_WORDS[kind]) for kind in CapacityKind]


class Answer(models.TextChoices):
    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Sends apologies"
    UNDECIDED = "undecided", "Not sure yet"


class InterestsAnswer(models.TextChoices):
    NOT_ASKED = "not_asked", "Not asked"
    NONE = "none", "None declared"
    DECLARED = "declared", "Declared"


class Attendance(models.Model):
    """One person's (or one name's) place at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    name_as_written = models.CharField(max_length=300, blank=True)
    presence = models.CharField(max_length=20, choices=PRESENCE_CHOICES, blank=True)
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
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="person_is_at_a_meeting_once",
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

    attendance = models.ForeignKey(
        Attendance, on_delete=models.CASCADE, related_name="capacities", verbose_name="who"
    )
    kind = models.CharField("what they did", max_length=20, choices=CAPACITY_CHOICES)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(fields=["attendance", "kind"], name="capacity_is_held_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
