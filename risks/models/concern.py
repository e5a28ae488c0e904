"""A concern about a project or partner. Who raised it stands apart, outside history and exports."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies import clock
from allies.models import (
    About,
    Account,
    Actor,
    Appointment,
    Body,
    BodyKind,
    Interest,
    Participation,
    Person,
    Post,
    Withholding,
)
from allies.models.held import readable_by, without_withheld
from allies.policies import powers_of
from allies.powers import Permission

CHAIRS = (Post.CHAIR, Post.CO_CHAIR)


class ConcernState(models.TextChoices):
    RAISED = "raised", "Raised"
    LOOKED_AT = "looked_at", "The chairs are looking at it"
    TAKEN_UP = "taken_up", "Taken up"
    NO_FURTHER = "no_further", "Goes no further"


def the_group() -> Body | None:
    """The group whose chairs hear concerns: the one that no other stands above, co-chaired before others."""
    return Body.objects.filter(kind=BodyKind.GROUP, parent=None).order_by("-co_chaired", "pk").first()


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Reads of concerns. Three rules, each written once: who raised it, whose it is to look into, who reads what."""

    def visible_to(self, actor: Actor) -> Self:
        """Their own; as a chair without a conflict, all; otherwise those that the chairs put in their own words.

        Nothing of a matter that somebody is kept from, whoever they are and whoever raised it.
        """
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        in_reach = Q() if bodies is None else Q(body_id__in=bodies)
        rule = (in_reach & ~Q(summary="")) | self._raised(actor) | self._theirs_as_chair(actor)
        return without_withheld(self.filter(rule), actor)

    def raised_by(self, actor: Actor) -> Self:
        """Somebody's own."""
        return without_withheld(self.filter(self._raised(actor)), actor)

    def looked_into_by(self, actor: Actor) -> Self:
        """Those for somebody to look into: a chair of that very group, who raised it not, and has no interest in it.

        Nobody else: not the core team, and not whoever holds the machine (DESIGN §5, §6). An interest counts where
        the register holds it today, about the thing itself or about who takes part in it with its like, and so does
        standing aside from this one concern.
        """
        found = self.filter(self._theirs_as_chair(actor)).exclude(self._raised(actor))
        return without_withheld(found, actor)

    def with_raiser_for(self, actor: Actor) -> Self:
        """Those of which somebody may read who raised it, in their own words: the raiser, and `looked_into_by`."""
        return without_withheld(self.filter(self._raised(actor) | self._theirs_as_chair(actor)), actor)

    def summarised_for(self, actor: Actor) -> Self:
        """Those the chairs have put in words of their own, for readers of the record."""
        return without_withheld(readable_by(self.exclude(summary=""), actor), actor)

    def for_chair(self, person_id: int) -> Self:
        """`looked_into_by` for a person by their id, whether or not they have an account."""
        kept = Withholding.objects.filter(person_id=person_id).held_on(clock.today()).order_by()
        found = self.filter(_theirs_as_chair(person_id)).exclude(raiser__person_id=person_id)
        return found.exclude(
            about_project__in=kept.filter(about_project__isnull=False).values("about_project")
        ).exclude(
            about_organisation__in=kept.filter(about_organisation__isnull=False).values("about_organisation")
        )

    def waiting(self) -> Self:
        """Those that no chair has begun to look at."""
        return self.filter(state=ConcernState.RAISED)

    def as_seen_by(self, actor: Actor) -> Self:
        """Those visible to somebody, each with `is_theirs_to_look_into` and `is_own`."""
        return self.visible_to(actor).annotate(
            is_own=Exists(Concern.objects.raised_by(actor).filter(pk=OuterRef("pk"))),
            is_theirs_to_look_into=Exists(Concern.objects.looked_into_by(actor).filter(pk=OuterRef("pk"))),
        )

    def taken_up(self) -> Self:
        return self.filter(state=ConcernState.TAKEN_UP)

    def _raised(self, actor: Actor) -> Q:
        person = _person_of(actor)
        return Q(raiser__person_id=person) if person else Q(pk__in=[])

    def _theirs_as_chair(self, actor: Actor) -> Q:
        person = _person_of(actor)
        return _theirs_as_chair(person) if person else Q(pk__in=[])


def _theirs_as_chair(person: int) -> Q:
    """Somebody chairs the very group, has no interest in the matter in the register today, and stood not aside."""
    today = clock.today()
    chairs = Appointment.objects.on(today).filter(
        person_id=person, body_id=OuterRef("body_id"), post__in=CHAIRS
    )
    aside = StoodAside.objects.filter(concern=OuterRef("pk"), person_id=person)
    held = Interest.objects.filter(person_id=person).standing_on(today).order_by()
    projects = held.filter(about_project__isnull=False).values("about_project")
    partners = held.filter(about_organisation__isnull=False).values("about_organisation")
    parts = Participation.objects.order_by()
    return (
        Q(Exists(chairs))
        & ~Q(Exists(aside))
        & ~Q(Exists(held.filter(about_project=OuterRef("about_project"))))
        & ~Q(Exists(held.filter(about_organisation=OuterRef("about_organisation"))))
        & ~Q(Exists(parts.filter(project=OuterRef("about_project"), organisation__in=partners)))
        & ~Q(Exists(parts.filter(organisation=OuterRef("about_organisation"), project__in=projects)))
    )


def _person_of(actor: Actor) -> int | None:
    """Whose account it is, while it may be used; nobody at the command line."""
    return powers_of(actor).person_id if isinstance(actor, Account) else None


class Concern(About):
    """What the group knows of a concern. The raiser's own words are in `ConcernRaiser`; here are the chairs'."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="concerns")
    state = models.CharField(
        "how far it is", max_length=20, choices=ConcernState, default=ConcernState.RAISED
    )
    summary = models.TextField("in the chairs’ words", blank=True)
    outcome = models.TextField("what became of it, and why", blank=True)
    # A day and no moment: with the time, somebody could work out who was signed in.
    on = models.DateField("raised on")

    # Its first row is written with nobody's name and at no hour: see `risks.services.concerns`.
    history = HistoricalRecords()
    objects = ConcernQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-on", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(about_project__isnull=False) | Q(about_organisation__isnull=False),
                name="concern_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.TAKEN_UP) | ~Q(summary=""), name="taken_up_means_summarised"
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.NO_FURTHER) | ~Q(outcome=""), name="no_further_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"A concern about {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("concerns:concern", args=[self.pk])


def chairs_of(body: Body) -> list[Person]:
    """Who chairs a group today, by name. One query."""
    held = Appointment.objects.on(clock.today()).filter(body=body, post__in=CHAIRS)
    return list(Person.objects.filter(appointments__in=held).distinct().order_by("full_name"))


def somebody_can_look_into(concern: Concern) -> bool:
    """Whether any chair could read it today. A query, and one for each chair."""
    same = Concern.objects.filter(pk=concern.pk)
    return any(same.for_chair(person.pk).exists() for person in chairs_of(concern.body))


class ConcernRaiser(models.Model):
    """Who raised a concern, and their own words. No history is kept of it, and no export holds it (DESIGN §4).

    It has no moment either: the day stands with the concern.
    """

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="raiser")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_concern_has_words"),
        ]

    def __str__(self) -> str:
        return f"The raiser of concern {self.concern_id}"


class StoodAside(models.Model):
    """A chair who has an interest in one concern, and said so: from then on they see of it what others see."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="stood_aside")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.TextField("why", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "standing aside"
        verbose_name_plural = "standings aside"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="a_chair_stands_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} stands aside from concern {self.concern_id}"
