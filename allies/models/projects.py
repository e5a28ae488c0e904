"""Projects, the organisations in them, and which part each plays."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies.fields import PartialDateField
from allies.models.people import Person


class Organisation(models.Model):
    """A partner, funder, university, charity: whoever the group works with."""

    name = models.CharField(max_length=200)
    short_name = models.CharField("known as", max_length=60, blank=True)

    history = HistoricalRecords()

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


class Participation(models.Model):
    """The part one organisation plays in one project, and how far the agreement with it has come."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    part = models.CharField(max_length=20, choices=Part)
    agreement = models.CharField(max_length=20, choices=Agreement, default=Agreement.NONE)

    history = HistoricalRecords()

    class Meta:
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "part"], name="organisation_has_a_part_in_a_project_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_part_display().lower()} in {self.project}"
