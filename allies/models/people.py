"""People, the names they go by, and what they need to take part."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people."""

    def in_order(self) -> Self:
        return self.order_by(Lower("full_name"), "pk")

    def only_one_called(self, name: str) -> "Person | None":
        """The one person of exactly this full name, capitals aside; None where it is nobody's or several people's.

        Nobody is guessed from less (DESIGN §5).
        """
        found = list(self.filter(full_name__iexact=name.strip())[:2]) if name.strip() else []
        return found[0] if len(found) == 1 else None


class Person(models.Model):
    """Anyone in the record, with or without an account."""

    full_name = models.CharField("full name", max_length=200)
    short_name = models.CharField("name in conversation", max_length=100, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    email = models.EmailField("email address", blank=True)
    first_seen_on = models.DateField("first seen in the record", null=True, blank=True)

    history = HistoricalRecords()
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~models.Q(full_name=""), name="person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def called(self) -> str:
        """The name to use in a sentence: the short one where there is one."""
        return self.short_name or self.full_name


class OtherName(models.Model):
    """Another name that a person goes by, such as "Nicky" for Nicola: what an import was told, it remembers."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("person", Lower("name"), name="person_has_another_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="other_name_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class AccessNeeds(models.Model):
    """What somebody needs to take part. Kept apart: no history, no export; the person and the core team see it."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="access_needs"
    )
    words = models.TextField("what you need to take part", blank=True)

    class Meta:
        verbose_name_plural = "access needs"

    def __str__(self) -> str:
        return f"What {self.person} needs to take part"
