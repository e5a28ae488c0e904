"""Projects, the organisations in them, and which part each plays."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies.fields import PartialDateField
from allies.models.accounts import Actor
from allies.models.held import kept_from
from allies.models.people import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def visible_to(self, actor: Actor) -> Self:
        """All but those that somebody is kept from."""
        kept = kept_from(actor).organisations
        return self.exclude(pk__in=kept) if kept else self


class Organisation(models.Model):
    """A partner, funder, university, charity: whoever the group works with."""

    name = models.CharField(max_length=200)
    short_name = models.CharField("known as", max_length=60, blank=True)

    history = HistoricalRecords()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisation_is_entered_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.pk])


class ProjectQuerySet(models.QuerySet["Project"]):
    """Reads of projects."""

    def visible_to(self, actor: Actor) -> Self:
        """All but those that somebody is kept from."""
        kept = kept_from(actor).projects
        return self.exclude(pk__in=kept) if kept else self


class Project(models.Model):
    """A piece of work that the group may speak of, act on or worry about."""

    name = models.CharField(max_length=200)
    summary = models.TextField("what it is", blank=True)
    lead = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="projects_led"
    )
    starts = PartialDateField("from")
    ends = PartialDateField("until")
    organisations = models.ManyToManyField(Organisation, through="Participation", related_name="projects")

    history = HistoricalRecords()
    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="project_is_entered_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="project_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.pk])


class Part(models.TextChoices):
    PARTNER = "partner", "Partner"
    FUNDER = "funder", "Funder"
    LEARNING_PARTNER = "learning_partner", "Learning partner"
    COMMISSIONER = "commissioner", "Commissioner"
    REVIEWER = "reviewer", "Reviewer"
    HOST = "host", "Host"


class Agreement(models.TextChoices):
    NONE = "none", "None"
    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    VALUES_CLAUSE = "values_clause", "Signed, with a values clause"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Reads of parts in projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of projects and organisations that somebody is kept from neither of."""
        kept = kept_from(actor)
        rows = self.exclude(project__in=kept.projects) if kept.projects else self
        return rows.exclude(organisation__in=kept.organisations) if kept.organisations else rows


class Participation(models.Model):
    """The part one organisation plays in one project, and how far the agreement with it has come."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    part = models.CharField(max_length=20, choices=Part)
    agreement = models.CharField(max_length=20, choices=Agreement, default=Agreement.NONE)

    history = HistoricalRecords()
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "part"], name="organisation_has_a_part_in_a_project_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_part_display().lower()} in {self.project}"
