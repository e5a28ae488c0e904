"""How far a partner's conduct fits one of the group's values, in someone's view. Appended, never edited."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from allies import clock
from allies.models import About, Actor, Person
from allies.models.held import readable_by, without_withheld
from allies.policies import powers_of
from allies.powers import Permission
from risks.models.scheme import SchemeVersion


class ValuesPositionQuerySet(models.QuerySet["ValuesPosition"]):
    """Reads of positions. Pages read them through `visible_to`, which alone says whose a view is."""

    def visible_to(self, actor: Actor) -> Self:
        """Those that a reader of the record may know of, each with `viewer`: whose view it is, for chairs alone.

        Whoever gave a view sees their own name. For everybody else `viewer` is empty, and who it was is not fetched.
        So is `recorder`, who wrote it down for them; `is_told`, that somebody did, is for all.
        """
        powers = powers_of(actor)
        found = readable_by(self, actor, "scheme__body_id")
        return without_withheld(found, actor)._with_viewer(
            powers.person_id, powers.where(Permission.DECIDE_CASE) if powers.person_id else frozenset()
        )

    def without_viewers(self) -> Self:
        """For what leaves the record: nobody's name."""
        return self._with_viewer(None, frozenset())

    def _with_viewer(self, own: int | None, chaired: frozenset[int] | None) -> Self:
        readable = Q(pk__in=[])
        if own:
            readable |= Q(by_id=own)
        if chaired:
            readable |= Q(scheme__body_id__in=chaired)
        return self.defer("by", "recorded_by").annotate(
            viewer=Case(When(readable, then=F("by__full_name")), default=Value("")),
            recorder=Case(
                When(readable & Q(recorded_by__isnull=False), then=F("recorded_by__full_name")),
                default=Value(""),
            ),
            is_told=Case(When(recorded_by__isnull=False, then=Value(True)), default=Value(False)),
        )

    def latest_first(self) -> Self:
        return self.order_by("-on", "-recorded_at", "-pk")

    def standing_on(self, day: date) -> Self:
        """Each viewer's last word on each value of each project or partner by the end of `day`."""
        later = ValuesPosition.objects.filter(
            Q(on__gt=OuterRef("on"))
            | Q(on=OuterRef("on"), recorded_at__gt=OuterRef("recorded_at"))
            | Q(on=OuterRef("on"), recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")),
            # A row is about one of the two; an empty column equals nothing, not even another empty one.
            Q(about_project=OuterRef("about_project")) | Q(about_organisation=OuterRef("about_organisation")),
            by=OuterRef("by"),
            value=OuterRef("value"),
            on__lte=day,
        )
        return self.filter(~Exists(later), on__lte=day)


class ValuesPosition(About):
    """One view of one value: 0 aligned, 1 mostly, 2 in tension, 3 against, 4 crosses a line (DESIGN §5).

    It never prejudges what is done. `value` is a key of the scheme it was given under.
    """

    value = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    evidence = models.TextField("what it rests on")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="values_positions")
    # Who wrote it down for them; None where they gave it themselves.
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_team = models.BooleanField("a team member's view")
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="positions")

    objects = ValuesPositionQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-on", "-recorded_at", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(about_project__isnull=False) | Q(about_organisation__isnull=False),
                name="position_is_on_something",
            ),
            models.CheckConstraint(condition=Q(position__range=(0, 4)), name="position_is_on_the_scale"),
            models.CheckConstraint(condition=~Q(evidence=""), name="position_has_evidence"),
        ]
        indexes = [
            models.Index(fields=["about_project", "value", "on"]),
            models.Index(fields=["about_organisation", "value", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.value} {self.position}"

    @property
    def in_words(self) -> str:
        """The position in the words of the scheme it was given under, which comes with the row or costs a query."""
        return self.scheme.scheme.positions[self.position]

    @property
    def whose(self) -> str:
        """Whose view it is, as far as the reader may know: "an Ally’s view", or "an Ally’s view (Bel Marsh)".

        One that was written down for them says so: "an Ally’s view, told to us".
        """
        kind = "a team member’s view" if self.from_team else "an Ally’s view"
        said = f"{kind} ({self.viewer})" if getattr(self, "viewer", "") else kind
        if not getattr(self, "is_told", False):
            return said
        return f"{said}, told to {getattr(self, 'recorder', '') or 'us'}"
