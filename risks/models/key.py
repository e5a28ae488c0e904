"""Who holds the two keys of a case, who stood aside, and what each seat decided."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from allies import clock
from allies.models import Body, Person, Seat
from risks.keys import Why
from risks.models.case import Case, CaseResponse

WHY_CHOICES = [
    (Why.CONFLICT.value, "Has an interest in the matter"),
    (Why.ABSENT.value, "Cannot be reached in time"),
]


class Substitute(models.Model):
    """Somebody on the list that the group agrees each year, who may hold a seat's key."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="substitutes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    until = models.DateField("until, the last day")

    history = HistoricalRecords()

    class Meta:
        ordering = ["agreed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "person", "agreed_on"], name="substitute_is_agreed_once"),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("agreed_on")), name="substitute_ends_after_the_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, until {self.until}"


class ClosureDay(models.Model):
    """A day on which the host is closed, so that no limit runs."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="closure_days")
    day = models.DateField()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["body", "day"], name="host_is_closed_on_a_day_once")]

    def __str__(self) -> str:
        return str(self.day)


class StandDown(models.Model):
    """A chair or substitute who does not hold a key in a case. That they stood aside is known; why is for chairs."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stand_downs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=WHY_CHOICES)
    words = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="person_stands_down_from_a_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} stood aside"


class Naming(models.Model):
    """A substitute named for a seat's key. The last for a seat and round stands. Appended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="namings")
    round = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=10, choices=Seat)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} for the {self.get_seat_display().lower()} seat"


def named_to_hold(person: int) -> Exists:
    """For cases `with_turning_round`: somebody (their id) was named for a seat in the round that is turned now."""
    return Exists(Naming.objects.filter(case=OuterRef("pk"), round=OuterRef("turning"), person=person))


class Key(models.Model):
    """One seat's decision in one round of a case. Given once, and read by the other seat when both are in.

    It has no history: that would tell the other seat before its time.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="keys")
    round = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=10, choices=Seat)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    substitute = models.BooleanField(default=False)
    response = models.CharField(max_length=20, choices=CaseResponse)
    until = models.DateField("accept until", null=True, blank=True)
    reason = models.TextField("why")
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    # False once its holder stood aside after giving it: it is kept, and does not count.
    counts = models.BooleanField(default=True)

    class Meta:
        ordering = ["case", "round", "seat", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "seat"], condition=Q(counts=True), name="a_seat_has_one_key"
            ),
            models.UniqueConstraint(fields=["case", "round", "person"], name="nobody_holds_two_keys"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_key_has_a_reason"),
            models.CheckConstraint(
                condition=Q(response=CaseResponse.ACCEPT, until__isnull=False)
                | (~Q(response=CaseResponse.ACCEPT) & Q(until__isnull=True)),
                name="a_key_accepts_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_seat_display()}: {self.get_response_display()}"
