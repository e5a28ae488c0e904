"""A concern about a project or partner. Who raised it stands apart, outside history and exports."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies import clock
from allies.models import About, Actor, Body, Person
from allies.models.held import without_withheld
from allies.policies import powers_of
from allies.powers import Permission


class ConcernState(models.TextChoices):
    RAISED = "raised", "Raised"
    LOOKED_AT = "looked_at", "The chairs are looking at it"
    TAKEN_UP = "taken_up", "Taken up"
    NO_FURTHER = "no_further", "Goes no further"


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Reads of concerns."""

    def summarised_for(self, actor: Actor) -> Self:
        """Those the chairs have put in words of their own, for readers of the record."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self.exclude(summary="")
        found = found if bodies is None else found.filter(body_id__in=bodies)
        return without_withheld(found, actor)


class Concern(About):
    """What the group knows of a concern. The raiser's own words are in `ConcernRaiser`; here are the chairs'."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="concerns")
    state = models.CharField(max_length=20, choices=ConcernState, default=ConcernState.RAISED)
    summary = models.TextField("in the chairs’ words", blank=True)
    outcome = models.TextField("what became of it, and why", blank=True)
    # A day and no moment: with the time, somebody could work out who was signed in.
    on = models.DateField("raised on")

    # Its first row is written with nobody's name: see `risks.services.concerns`.
    history = HistoricalRecords()
    objects = ConcernQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-on", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(about_project__isnull=False) | Q(about_organisation__isnull=False),
                name="concern_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.TAKEN_UP) | ~Q(summary=""), name="taken_up_means_summarised"
            ),
        ]

    def __str__(self) -> str:
        return f"A concern about {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("risks:concern", args=[self.pk])


class ConcernRaiser(models.Model):
    """Who raised a concern, and their own words. No history is kept of it, and no export holds it (DESIGN §4)."""

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="raiser")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_concern_has_words"),
        ]

    def __str__(self) -> str:
        return f"The raiser of concern {self.concern_id}"
