"""How a risk was weighed, when, and by whom. Appended, never edited; each under the scheme of its day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from allies import clock
from allies.models import Actor, Person
from risks.models.risk import Risk
from risks.models.scheme import SchemeVersion
from risks.scheme import HIGHEST, LOWEST, Band, Impact, Velocity
from risks.scoring import Score, score


class Stage(models.TextChoices):
    """Before anything is done about it, as things are, and where it is meant to go."""

    BEFORE = "before", "Before controls"
    NOW = "now", "Now"
    TARGET = "target", "Target"


VELOCITY_CHOICES = [
    (Velocity.DAYS.value, "Within days"),
    (Velocity.WEEKS.value, "Within weeks"),
    (Velocity.MONTHS.value, "Within months"),
]
BAND_CHOICES = [(band.value, band.value.capitalize()) for band in Band]
IMPACT_FIELDS = {impact: f"on_{impact.value}" for impact in Impact}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads of assessments."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of risks that somebody may read."""
        return self.filter(risk__in=Risk.objects.visible_to(actor).order_by().values("pk"))

    def latest_first(self) -> Self:
        """By the day they speak of, then by when they were typed."""
        return self.order_by("-on", "-recorded_at", "-pk")

    def standing_on(self, day: date) -> Self:
        """The last word of each side on each risk and stage by the end of `day`.

        There are two sides, the team and the Allies: where they differ both stand, and neither outvotes the other.
        """
        later = Assessment.objects.filter(
            Q(on__gt=OuterRef("on"))
            | Q(on=OuterRef("on"), recorded_at__gt=OuterRef("recorded_at"))
            | Q(on=OuterRef("on"), recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")),
            risk=OuterRef("risk"),
            stage=OuterRef("stage"),
            from_team=OuterRef("from_team"),
            on__lte=day,
        )
        return self.filter(~Exists(later), on__lte=day)


class Assessment(models.Model):
    """One weighing. An impact that was not scored is empty, and is not zero.

    `number`, `band` and `impact` are what the scheme of the day made of it, kept so that registers can be sorted:
    `score` works them out again, and a test holds the two together.
    """

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="assessments")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NOW)
    likelihood = models.PositiveSmallIntegerField()
    on_community = models.PositiveSmallIntegerField("impact on the community", null=True, blank=True)
    on_team = models.PositiveSmallIntegerField("impact on the team", null=True, blank=True)
    on_host = models.PositiveSmallIntegerField("impact on the host university", null=True, blank=True)
    on_funders_and_partners = models.PositiveSmallIntegerField(
        "impact on funders and partners", null=True, blank=True
    )
    on_public = models.PositiveSmallIntegerField("impact on the public", null=True, blank=True)
    velocity = models.CharField("how soon it would hit", max_length=10, choices=VELOCITY_CHOICES, blank=True)
    reason = models.TextField("why")
    evidence = models.TextField(blank=True)
    lost_by_stopping = models.TextField("what would be lost by stopping", blank=True)
    # Said again at a review, with nothing changed: the reason says why the score still stands.
    still_stands = models.BooleanField(default=False)

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=10, choices=BAND_CHOICES)
    impact = models.PositiveSmallIntegerField("the highest impact")

    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    # Who wrote it down for them; None where they scored it themselves.
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_team = models.BooleanField("scored for the team")
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(LOWEST, HIGHEST), impact__range=(LOWEST, HIGHEST)),
                name="assessment_is_on_the_scales",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (LOWEST, HIGHEST)}),
                    name=f"{name}_is_on_the_scale",
                )
                for name in IMPACT_FIELDS.values()
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_has_a_reason"),
        ]
        indexes = [models.Index(fields=["risk", "stage", "from_team", "on", "recorded_at"])]

    def __str__(self) -> str:
        return f"{self.number}, {self.get_stage_display().lower()}, {self.on}"

    @property
    def impacts(self) -> dict[Impact, int | None]:
        """The impact on each, None where it was not scored."""
        return {impact: getattr(self, name) for impact, name in IMPACT_FIELDS.items()}

    @property
    def score(self) -> Score:
        """The score under the scheme it was made in. The scheme comes with the row, or costs a query."""
        found = score(self.likelihood, self.impacts, scheme=self.scheme.scheme)
        assert found is not None  # the database holds no assessment without a likelihood and an impact
        return found
