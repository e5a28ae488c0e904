"""The register: what might happen, because of what, with what effect; what it concerns, and what is done about it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.models import Action
from allies import clock
from allies.models import About, Actor, Body, Person
from allies.models.held import kept_from, readable_by


class Category(models.TextChoices):
    """The Charity Commission's five (CC26)."""

    GOVERNANCE = "governance", "Governance"
    OPERATIONAL = "operational", "Operational"
    FINANCIAL = "financial", "Financial"
    EXTERNAL = "external", "External"
    COMPLIANCE = "compliance", "Compliance"


class Response(models.TextChoices):
    """What is done about a risk: the four of CC26."""

    TOLERATE = "tolerate", "Tolerate"
    TREAT = "treat", "Treat"
    TRANSFER = "transfer", "Transfer"
    TERMINATE = "terminate", "Terminate"


class RiskStatus(models.TextChoices):
    OPEN = "open", "Open"
    WATCHED = "watched", "Watched"
    CLOSED = "closed", "Closed"


class RiskQuerySet(models.QuerySet["Risk"]):
    """Reads of risks."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of bodies whose record somebody reads, but those about a matter that they are kept from."""
        found = readable_by(self, actor)
        kept = kept_from(actor)
        if kept.projects or kept.organisations:
            hidden = Q(about_project_id__in=kept.projects) | Q(about_organisation_id__in=kept.organisations)
            found = found.exclude(pk__in=RiskMatter.objects.filter(hidden).values("risk_id"))
        return found

    def not_closed(self) -> Self:
        return self.exclude(status=RiskStatus.CLOSED)

    def to_review(self, day: date) -> Self:
        """Those not closed whose review is due on `day` or was before."""
        return self.not_closed().filter(review_on__lte=day)


class Risk(models.Model):
    """One risk. The group holds it; a person looks after it."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="risks", verbose_name="which group holds it"
    )
    title = models.CharField("what might happen", max_length=300)
    because = models.TextField("because of what", blank=True)
    effect = models.TextField("with what effect", blank=True)
    category = models.CharField(max_length=20, choices=Category)
    response = models.CharField("what is done about it", max_length=20, choices=Response, blank=True)
    status = models.CharField(max_length=20, choices=RiskStatus, default=RiskStatus.OPEN)
    closed_because = models.TextField("closed because", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    looked_after_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="risks_looked_after"
    )
    entered_on = models.DateField()
    review_on = models.DateField("to be looked at again on", null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        "looked at again every, in months", null=True, blank=True
    )

    history = HistoricalRecords()
    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="risk_says_what_might_happen"),
            models.CheckConstraint(
                condition=(Q(status=RiskStatus.CLOSED, closed_on__isnull=False) & ~Q(closed_because=""))
                | (~Q(status=RiskStatus.CLOSED) & Q(closed_on__isnull=True, closed_because="")),
                name="a_closed_risk_says_why_and_when",
            ),
        ]
        indexes = [models.Index(fields=["body", "status"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risks:risk", args=[self.pk])


class Reopening(models.Model):
    """A closed risk was opened again: since when and why it had been closed, and from which day it is open. Appended.

    The register of a day between reads it here: the risk itself tells only how it is now.
    """

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="reopenings")
    closed_on = models.DateField()
    closed_because = models.TextField("closed because")
    on = models.DateField("opened again on")
    because = models.TextField("opened again because")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["closed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__gte=models.F("closed_on")), name="risk_is_opened_after_it_was_closed"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="opening_again_says_why"),
        ]

    def __str__(self) -> str:
        return f"Closed on {self.closed_on}, opened again on {self.on}"


class RiskMatter(About):
    """One project or partner that a risk concerns; there may be several."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="matters")

    history = HistoricalRecords()

    class Meta(About.Meta):
        abstract = False
        ordering = ["pk"]
        verbose_name = "matter of a risk"
        verbose_name_plural = "matters of risks"
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(about_project__isnull=False) | Q(about_organisation__isnull=False),
                name="risk_concerns_something",
            ),
            models.UniqueConstraint(fields=["risk", "about_project"], name="risk_concerns_a_project_once"),
            models.UniqueConstraint(
                fields=["risk", "about_organisation"], name="risk_concerns_an_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.about)


class Treatment(models.Model):
    """An action that treats a risk. Its state is the action's."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="treatments")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "action"], name="action_treats_a_risk_once"),
        ]

    def __str__(self) -> str:
        return str(self.action)
