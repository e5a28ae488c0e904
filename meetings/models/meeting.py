"""A meeting of a body: when, where, and how far its notes have come."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies import clock
from allies.fields import PartialDateField
from allies.models import Actor, Body
from allies.policies import powers_of
from allies.powers import Permission
from meetings.notes.document import InterestsState


class Stage(models.TextChoices):
    """How far the notes have come (DESIGN §3). Approval seals; published is separate."""

    PLANNED = "planned", "Planned"
    DRAFT = "draft", "Draft"
    CIRCULATED = "circulated", "Circulated"
    SEALED = "sealed", "Sealed"


# Nothing recorded is not the same as none declared.
INTERESTS_WORDS = {
    InterestsState.NOT_RECORDED: "Nothing was recorded about interests",
    InterestsState.NONE_DECLARED: "No conflicts of interest were declared",
    InterestsState.DECLARED: "Declared",
}
INTERESTS_CHOICES = [(state.value, INTERESTS_WORDS[state]) for state in InterestsState]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Reads of meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the bodies whose record somebody may read."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        return self if bodies is None else self.filter(body_id__in=bodies)

    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(called_off="")

    def planned(self) -> Self:
        return self.standing().filter(stage=Stage.PLANNED)

    def held(self) -> Self:
        """Those that took place: their notes are at least begun."""
        return self.standing().exclude(stage=Stage.PLANNED)

    def coming(self, today: date) -> Self:
        """Planned for `today` or later, the next one first."""
        return self.planned().filter(date__gte=today).order_by("date", "starts", "pk")

    def before(self, meeting: "Meeting") -> Self:
        """Of the same body on an earlier day, the latest first."""
        return self.filter(body_id=meeting.body_id, date__lt=meeting.date).order_by("-date", "-pk")


class Meeting(models.Model):
    """One meeting of one body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name="group")
    title = models.CharField(max_length=200, blank=True)
    date = models.DateField("date")
    starts = models.TimeField("starts at", null=True, blank=True)
    ends = models.TimeField("ends at", null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField("link to join", max_length=500, blank=True)
    access = models.TextField("access", blank=True, help_text="Captions, breaks, how to get in.")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.PLANNED)
    called_off = models.TextField("called off because", blank=True)
    circulated_on = models.DateField(null=True, blank=True)
    interests_state = models.CharField(
        max_length=20, choices=INTERESTS_CHOICES, default=InterestsState.NOT_RECORDED
    )
    interests_words = models.TextField(blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "date"], condition=Q(called_off=""), name="body_meets_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=False, ends__gt=models.F("starts")),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(called_off="") | Q(stage=Stage.PLANNED),
                name="only_a_planned_meeting_is_called_off",
            ),
        ]
        indexes = [models.Index(fields=["body", "stage", "date"])]

    def __str__(self) -> str:
        return f"{self.body}, {self.date:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def is_held(self) -> bool:
        return self.stage != Stage.PLANNED and not self.called_off

    @property
    def begins_at(self) -> datetime:
        """The moment it begins: 00:00 of its day when no time is known."""
        return clock.begins_at(self.date, self.starts)


class AnnouncedMeeting(models.Model):
    """A next meeting as these notes announce it, and the meeting it became."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announced")
    as_written = models.CharField(max_length=300)
    date = PartialDateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    # Who chairs it as a one-off: a person, or words ("a guest chair").
    chair = models.ForeignKey(
        "allies.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_as_written = models.CharField("chaired by", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    became = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="announced_as"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "next meeting announced"

    def __str__(self) -> str:
        return self.as_written
