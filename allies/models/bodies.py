"""Bodies, and who sits on them in which post, from when until when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies.fields import PartialDateField
from allies.models.people import Person
from allies.terms import Term, since_in_words


class BodyKind(models.TextChoices):
    GROUP = "group", "Group"
    WORKING_GROUP = "working_group", "Working group"
    CORE_TEAM = "core_team", "Core team"


class SaidBy(models.TextChoices):
    """How a group's published notes say who spoke."""

    NAME = "name", "By name"
    ROLE = "role", "By role, such as “an Ally”"
    NOBODY = "nobody", "Not at all"


class Body(models.Model):
    """The Allies Group, a working group, the core team: whatever meets, or can own an action."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=BodyKind, default=BodyKind.GROUP)
    purpose = models.TextField("what it is for", blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="below", verbose_name="part of"
    )
    quorum = models.PositiveSmallIntegerField("how many make a quorum", null=True, blank=True)
    term_years = models.PositiveSmallIntegerField("length of a term, in years", default=3)
    interests_asked_every = models.PositiveSmallIntegerField(
        "how often interests are asked for, in months", default=12
    )
    words_checked_for = models.PositiveSmallIntegerField(
        "how long people can check their words in circulated notes, in days", default=14
    )
    said_by = models.CharField(
        "who spoke, in published notes", max_length=10, choices=SaidBy, default=SaidBy.NAME
    )
    # Empty where the group has not written it down: pages then say so, and make nothing up.
    turn_to = models.TextField("where to turn when somebody may be harmed", blank=True)
    co_chaired = models.BooleanField("has two co-chair seats", default=False)
    register_is_public = models.BooleanField("register of interests is open to the public", default=False)
    register_because = models.TextField("why the register is, or is not, open to the public", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="body_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="body_is_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(register_is_public=False) | ~Q(register_because=""),
                name="an_open_register_says_why",
            ),
            # The core team's powers reach every body: a second one would hold them too.
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=BodyKind.CORE_TEAM), name="there_is_one_core_team"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("bodies:body", args=[self.slug])


class Post(models.TextChoices):
    MEMBER = "member", "Member"
    CHAIR = "chair", "Chair"
    CO_CHAIR = "co_chair", "Co-chair"
    CORE_TEAM = "core_team", "Core team"
    LEAD = "lead", "Core team lead"


class Seat(models.TextChoices):
    """Which experience a co-chair's seat stands for: a fact about the post, never about the person."""

    LIVED = "lived", "Lived experience"
    LEARNT = "learnt", "Learnt experience"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads of appointments."""

    def on(self, day: date) -> Self:
        """Those that hold on `day`, both ends inclusive; an unknown start counts as begun."""
        return self.filter(starts__begun_by=day, ends__not_over_by=day)

    def over_by(self, day: date) -> Self:
        """Those whose last possible day is before `day`."""
        return self.filter(starts__begun_by=day).exclude(ends__not_over_by=day)


class Appointment(models.Model):
    """A person's place on a body."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=20, choices=Post, default=Post.MEMBER)
    seat = models.CharField(max_length=10, choices=Seat, blank=True)
    starts = PartialDateField("from")
    ends = PartialDateField("until")
    first_evidenced = models.DateField("first seen in the record", null=True, blank=True)
    interim = models.BooleanField(default=False)

    history = HistoricalRecords()
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "post", "starts"], name="appointment_is_entered_once"
            ),
            models.CheckConstraint(
                condition=Q(seat="") | Q(post=Post.CO_CHAIR), name="only_a_co_chair_has_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_post_display().lower()} of {self.body}"

    @property
    def post_in_words(self) -> str:
        """The post with its seat: "Co-chair, lived experience seat, interim"."""
        seat = f", {self.get_seat_display().lower()} seat" if self.seat else ""
        return f"{self.get_post_display()}{seat}{', interim' if self.interim else ''}"

    @property
    def in_words(self) -> str:
        """The post and the body: "Member, Allies Group"; once where both have one name: "Core team"."""
        names = dict.fromkeys((self.post_in_words, self.body.name))
        return ", ".join(names)

    @property
    def term(self) -> Term:
        """What the record knows of its start and end, for the rules of `allies/terms.py`."""
        return Term(self.starts, self.ends, self.first_evidenced)

    @property
    def since_in_words(self) -> str:
        return since_in_words(self.term)
