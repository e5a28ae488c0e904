"""A person kept from a matter. One fact, read by every `visible_to` (DESIGN §6)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from allies.models.about import About
from allies.models.accounts import Actor
from allies.models.held import without_withheld
from allies.models.matters import Matter
from allies.models.people import Person
from allies.models.projects import Organisation, Project

_NEITHER = Q(about_project__isnull=True, about_organisation__isnull=True)


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    """Reads of withholdings."""

    def standing(self) -> Self:
        """Those that nobody has released."""
        return self.filter(until__isnull=True)

    def held_on(self, day: date) -> Self:
        """Those that hold on `day`: from the first day on; on the day of its release, no longer."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def about(self, matter: Any) -> Self:
        """Those of one project, organisation or `Matter`."""
        return self.filter(**{column_of(matter): matter})

    def of_the_matter_of(self, row: About) -> Self:
        """Those of whatever a row is about; none where it is about nothing."""
        found = Q(pk__in=[])
        for column in ("about_project", "about_organisation", "about_matter"):
            if (matter := getattr(row, f"{column}_id")) is not None:
                found |= Q(**{column: matter})
        return self.filter(found)

    def visible_to(self, actor: Actor) -> Self:
        """Those of matters that the reader is not kept from themself. Who may open the list is its page's rule."""
        return without_withheld(self, actor)


class Withholding(About):
    """Somebody kept from one project, one partner or one matter, until somebody else releases it.

    `since` is the first day; `until` the day of the release, on which it holds no longer.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="withholdings")
    since = models.DateField("from")
    until = models.DateField("until", null=True, blank=True)
    why = models.TextField("why")
    decided_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="decided by",
    )
    released_because = models.TextField("released because", blank=True)

    history = HistoricalRecords()
    objects = WithholdingQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-since", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=(~_NEITHER & Q(about_matter__isnull=True))
                | (_NEITHER & Q(about_matter__isnull=False)),
                name="withholding_is_of_one_matter",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="withholding_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="withholding_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, released_because="")
                | (Q(until__isnull=False) & ~Q(released_because="")),
                name="a_release_has_a_reason",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", f"about_{kind}"],
                    condition=Q(until__isnull=True, **{f"about_{kind}__isnull": False}),
                    name=f"person_is_kept_from_a_{kind}_once",
                )
                for kind in ("project", "organisation", "matter")
            ),
        ]
        indexes = [models.Index(fields=["person", "until"])]

    def __str__(self) -> str:
        return f"{self.person}, kept from {self.matter}"

    @property
    def matter(self) -> Any:
        """The project, organisation or matter."""
        return self.about or self.about_matter


def column_of(matter: Any) -> str:
    """The field that points to such a matter. Raises TypeError for anything that nobody can be kept from."""
    match matter:
        case Project():
            return "about_project"
        case Organisation():
            return "about_organisation"
        case Matter():
            return "about_matter"
    raise TypeError(f"Nobody is kept from {matter!r}: only from a project, an organisation or a matter.")
