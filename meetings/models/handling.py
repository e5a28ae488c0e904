"""What was done about a declaration at an item, and who decided it."""

from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies import clock
from allies.interests import HANDLING_IN_WORDS
from allies.interests import Handling as How
from allies.models import Actor, Declaration, Person, Withholding
from allies.models.held import without_withheld
from allies.policies import powers_of
from allies.powers import Permission
from meetings.models.agenda import AgendaItem

HANDLING_CHOICES = [(how.value, HANDLING_IN_WORDS[how]) for how in How]


class HandlingQuerySet(models.QuerySet["Handling"]):
    """Reads of how declarations were handled."""

    def visible_to(self, actor: Actor) -> Self:
        """Those at meetings whose record somebody may read, but what they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(item__meeting__body_id__in=bodies)
        return without_withheld(without_withheld(found, actor, "item__"), actor, "declaration__")

    def standing(self) -> Self:
        """Those of declarations that were not withdrawn as a mistake."""
        return self.filter(declaration__withdrawn="")


class Handling(models.Model):
    """How one declaration was handled at one item: decided by who took the chair, written down by the note-taker."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="handlings")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="handlings")
    how = models.CharField("how it was handled", max_length=20, choices=HANDLING_CHOICES)
    reason = models.TextField("why", blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="decided by"
    )
    # What keeps them from the matter, where that is how it was handled.
    withholding = models.ForeignKey(
        Withholding, on_delete=models.PROTECT, null=True, blank=True, related_name="handlings", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects = HandlingQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "item"], name="declaration_is_handled_once_at_an_item"
            ),
            models.CheckConstraint(
                condition=Q(how__in=[how.value for how in How]), name="handling_is_one_of_four"
            ),
            models.CheckConstraint(
                condition=Q(how=How.WITHHELD.value, withholding__isnull=False)
                | (~Q(how=How.WITHHELD.value) & Q(withholding__isnull=True)),
                name="withheld_means_a_withholding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration.person or self.declaration.name_as_written}: {self.get_how_display()}"
