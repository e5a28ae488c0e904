"""What a matter is about, and what people declared of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies import clock
from allies.models.accounts import Actor
from allies.models.bodies import Body
from allies.models.held import own_of, powers_of, without_withheld_of_others
from allies.models.matters import Matter
from allies.models.people import Person
from allies.models.projects import Organisation, Project
from allies.powers import Permission


class About(models.Model):
    """The project or the partner that an item, an action or a declaration concerns; mostly neither."""

    about_project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="about the project",
    )
    about_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="about the partner",
    )
    # Beside a project or a partner, or without: what can be withheld by itself. Pages do not show it.
    about_matter = models.ForeignKey(
        Matter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="the matter by itself",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(about_project__isnull=True) | Q(about_organisation__isnull=True),
                name="%(class)s_is_about_one_matter",
            ),
        ]

    @property
    def about(self) -> Any:
        """The project or the organisation, or None."""
        return self.about_project or self.about_organisation


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Reads of declarations."""

    def visible_to(self, actor: Actor) -> Self:
        """Their own; and those made in bodies whose record they may read, of matters not withheld from them."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(own_of(actor) | Q(body_id__in=bodies))
        return without_withheld_of_others(found, actor)

    def standing(self) -> Self:
        """Those not withdrawn as a mistake."""
        return self.filter(withdrawn="")


class Declaration(About):
    """Somebody's word, on a day, that an interest of theirs touches a matter."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    name_as_written = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="declarations")
    on = models.DateField()
    # None: of the moment, in words alone. An entry that is private lends it no words.
    interest = models.ForeignKey(
        "allies.Interest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="declarations",
        verbose_name="entry in the register",
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn = models.TextField("withdrawn as a mistake", blank=True)

    history = HistoricalRecords()
    objects = DeclarationQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.person or self.name_as_written or 'Somebody'}: {self.words}"
