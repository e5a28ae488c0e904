"""A case: a project or partner that has climbed the ladder and waits for a decision, and what was decided."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, When
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.models import Action
from allies import clock
from allies.models import About, Actor, Body, Person
from allies.models.held import readable_by, without_withheld
from risks.models.assessment import Assessment
from risks.models.concern import Concern
from risks.models.position import ValuesPosition
from risks.scheme import Level

LEVEL_CHOICES = [
    (Level.CHAIRS.value, "The chairs"),
    (Level.ALLIES.value, "The Allies"),
    (Level.HOST.value, "The university"),
]


class CaseResponse(models.TextChoices):
    """What may be done, on the spectrum the group spoke of: from letting go to a red line (DESIGN §5)."""

    LET_GO = "let_go", "Let go"
    TALK = "talk", "Talk and learn together"
    TERMS = "terms", "Written terms"
    PAUSE = "pause", "Pause"
    RED_LINE = "red_line", "Red line: decline or leave"
    ACCEPT = "accept", "Accept until a date"


class DecidedBy(models.TextChoices):
    """Who decided: always the chairs or the group, in their name, never one person."""

    CHAIRS = "chairs", "The chairs, with both keys"
    MEETING = "meeting", "The Allies, at a meeting"
    CORRESPONDENCE = "correspondence", "The Allies, by correspondence"
    HOST = "host", "The university"


class TriggerKind(models.TextChoices):
    SCORE = "score", "A score"
    POSITION = "position", "A view on a value"
    CONCERN = "concern", "A concern that was taken up"
    BY_HAND = "by_hand", "Opened by hand"
    RAN_OUT = "ran_out", "An acceptance that ran out"


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of bodies whose record somebody reads, but those about a matter that they are kept from."""
        return without_withheld(readable_by(self, actor), actor)

    def open(self) -> Self:
        """Those not closed; an accepted one is open, and rests until its day."""
        return self.filter(closed_on__isnull=True)

    def opened_by(self, rows: models.QuerySet[Assessment] | models.QuerySet[ValuesPosition]) -> Self:
        """Those that one of the assessments, or of the views on values, opened; not those that it joined."""
        kind = "position" if rows.model is ValuesPosition else "assessment"
        others = Trigger.objects.exclude(**{f"{kind}__in": rows})
        return self.filter(**{f"triggers__{kind}__in": rows}).exclude(triggers__in=others).distinct()

    def waiting_on(self, day: date) -> Self:
        """Those that wait for a decision on `day`: open, and not accepted until that day or a later one."""
        return self.open().filter(Q(accepted_until__isnull=True) | Q(accepted_until__lt=day))

    def with_turning_round(self) -> Self:
        """Of those that wait: `turning`, the round in which their keys are turned, as `Case.round_on`."""
        anew = When(accepted_until__isnull=False, then=F("round") + 1)
        return self.annotate(turning=Choose(anew, default=F("round"), output_field=models.IntegerField()))

    def resting_on(self, day: date) -> Self:
        """Those accepted until `day` or a later one (inclusive)."""
        return self.open().filter(accepted_until__gte=day)


class Case(About):
    """One case of a project or partner; there is one open at a time, and later triggers join it.

    `level` and `limit_on` follow from its moves. `round` counts how often it came to the chairs: each time, both
    keys are turned anew. `limit_on` is the last day (inclusive) in time; of one that rests, once it has come back.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases")
    level = models.PositiveSmallIntegerField(choices=LEVEL_CHOICES)
    round = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField()
    limit_on = models.DateField("to be decided by", null=True, blank=True)
    accepted_until = models.DateField("accepted until", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()
    objects = CaseQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-opened_on", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(about_project__isnull=False) | Q(about_organisation__isnull=False),
                name="case_is_about_something",
            ),
            models.UniqueConstraint(
                fields=["about_project"],
                condition=Q(closed_on__isnull=True),
                name="one_open_case_of_a_project",
            ),
            models.UniqueConstraint(
                fields=["about_organisation"],
                condition=Q(closed_on__isnull=True),
                name="one_open_case_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(Level.CHAIRS.value, Level.HOST.value)), name="case_is_on_the_ladder"
            ),
        ]

    def __str__(self) -> str:
        return f"The case of {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("escalations:case", args=[self.pk])

    def round_on(self, day: date) -> int:
        """The round on `day`: where an acceptance has run out, the keys are turned anew."""
        return self.round + (1 if self.has_run_out(day) else 0)

    def has_run_out(self, day: date) -> bool:
        """Whether it was accepted until a day before `day`, and came back by itself."""
        return self.closed_on is None and self.accepted_until is not None and self.accepted_until < day

    def waits_on(self, day: date) -> bool:
        """Whether it waits for a decision on `day`, as `waiting_on`."""
        return self.closed_on is None and (self.accepted_until is None or self.accepted_until < day)


class Trigger(models.Model):
    """Something that opened a case, or joined it. Appended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="triggers")
    kind = models.CharField(max_length=20, choices=TriggerKind)
    words = models.TextField()
    on = models.DateField()
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="triggers"
    )
    position = models.ForeignKey(
        ValuesPosition, on_delete=models.PROTECT, null=True, blank=True, related_name="triggers"
    )
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="triggers"
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="trigger_says_why")]

    def __str__(self) -> str:
        return self.words


class Move(models.Model):
    """A case reached a level: by rule, or by a decision. Down is by a decision alone. Appended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves")
    level = models.PositiveSmallIntegerField(choices=LEVEL_CHOICES)
    because = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.because}"


class CaseDecision(models.Model):
    """What was decided, in whose name, and all that it was decided on, frozen. Appended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    decided_by = models.CharField(max_length=20, choices=DecidedBy)
    response = models.CharField(max_length=20, choices=CaseResponse)
    until = models.DateField("accepted until", null=True, blank=True)
    reason = models.TextField("why")
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    # The score, what drives it, the views on values and the scheme, as they stood: see `risks.services.freezing`.
    frozen = models.JSONField(default=dict)
    actions = models.ManyToManyField(Action, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="case_decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(response=CaseResponse.ACCEPT, until__isnull=False)
                | (~Q(response=CaseResponse.ACCEPT) & Q(until__isnull=True)),
                name="accepted_means_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_response_display()}: {self.reason}"


class HostNotice(models.Model):
    """What the university was told of a case, when and by whom, and what it answered."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    words = models.TextField("what it was told")
    told = models.CharField("who was told", max_length=200)
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("what it answered", blank=True)
    answered_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_notice_has_words")]

    def __str__(self) -> str:
        return self.words
