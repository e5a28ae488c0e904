"""The register of interests: standing entries, and the answers of those who have been asked for theirs."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from simple_history.models import HistoricalRecords

from allies import clock
from allies.fields import PartialDateField
from allies.interests import InterestKind, Nature
from allies.models.about import About
from allies.models.accounts import Actor
from allies.models.bodies import Appointment, BodyKind
from allies.models.held import own_of, powers_of, without_withheld_of_others
from allies.models.people import Person
from allies.models.projects import Participation
from allies.powers import Permission

KIND_CHOICES = [
    (InterestKind.FINANCIAL.value, "Financial"),
    (InterestKind.PROFESSIONAL.value, "Professional loyalty"),
    (InterestKind.PERSONAL.value, "Personal loyalty"),
    (InterestKind.INDIRECT.value, "Indirect loyalty"),
]
NATURE_CHOICES = [
    (Nature.ACTUAL.value, "Actual"),
    (Nature.POTENTIAL.value, "Potential"),
    (Nature.PERCEIVED.value, "Perceived"),
]


def held_on(bodies: frozenset[int] | None, person: str) -> Q:
    """Narrow to people who sit, or sat, on one of the bodies, or on the core team, which serves them all.

    `person` is the path to the person's id. `bodies` None means everybody; no bodies means nobody.
    """
    if bodies is None:
        return Q()
    if not bodies:
        return Q(pk__in=[])
    places = Appointment.objects.filter(Q(body_id__in=bodies) | Q(body__kind=BodyKind.CORE_TEAM))
    return Q(Exists(places.filter(person_id=OuterRef(person))))


class InterestQuerySet(models.QuerySet["Interest"]):
    """Reads of the register. Pages read it through `visible_to`, which alone gives a row its `words`."""

    def visible_to(self, actor: Actor, *, as_private: bool = False) -> Self:
        """Those somebody may know of, each with the `words` that they may read, and `is_kept_back` where not.

        The same rule as `allies.interests.sight_of`, a row at a time: `words` are empty where only the outline
        is for them. What the database holds in full is not fetched. `as_private` reads all entries as private
        ones: for what they have said before.
        """
        powers = powers_of(actor)
        own = own_of(actor)
        bodies = powers.where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(own | held_on(bodies, "person_id"))
        found = without_withheld_of_others(found, actor)
        private = powers.where(Permission.READ_PRIVATE_INTERESTS)
        if private is None:
            return found.with_words_where(None)
        open_words = Q(pk__in=[]) if as_private else Q(private=False)
        return found.with_words_where(open_words | own | held_on(private, "person_id"))

    def published(self) -> Self:
        """With the words that may leave the record: never private ones, whoever asks."""
        return self.with_words_where(Q(private=False))

    def with_words_where(self, readable: Q | None) -> Self:
        """Give `words`, and nothing in their place where the condition does not hold; None gives them all."""
        if readable is None:
            return self.defer("full_words").annotate(words=F("full_words"), is_kept_back=Value(False))
        return self.defer("full_words").annotate(
            words=Case(When(readable, then=F("full_words")), default=Value("", models.TextField())),
            is_kept_back=Case(When(readable, then=Value(False)), default=Value(True)),
        )

    def declared_by(self, day: date) -> Self:
        """Those in the register on `day` or before, whatever has become of them; mistakes stand apart."""
        return self.filter(declared_on__lte=day, withdrawn="")

    def standing_on(self, day: date) -> Self:
        """Those that stood in the register on `day`: declared by then, not over, not withdrawn as a mistake.

        The last day of an interest counts. One that is declared before it begins stands, too.
        """
        return self.declared_by(day).filter(until__not_over_by=day)

    def touching(self, *, projects: Any = (), organisations: Any = ()) -> Self:
        """Those that touch one of these: about it, about a project that one of the partners takes part in,

        or about a partner that takes part in one of the projects, by today's parts. Ids or rows.
        """
        taking_part = Participation.objects.filter(project__in=projects).values("organisation")
        theirs = Participation.objects.filter(organisation__in=organisations).values("project")
        return self.filter(
            Q(about_project__in=projects)
            | Q(about_organisation__in=organisations)
            | Q(about_organisation__in=taking_part)
            | Q(about_project__in=theirs)
        )

    def about_the_same_as(self, interest: "Interest") -> Self:
        """The other entries of the same person about the same thing, mistakes aside."""
        others = self.filter(person_id=interest.person_id, withdrawn="").exclude(pk=interest.pk)
        if interest.about_project_id:
            return others.filter(about_project_id=interest.about_project_id)
        if interest.about_organisation_id:
            return others.filter(about_organisation_id=interest.about_organisation_id)
        if interest.with_whom:
            return others.filter(with_whom__iexact=interest.with_whom)
        return others.none()


class Interest(About):
    """A standing entry in the register: what ties somebody to somebody else than the group.

    `begun` and `until` are inclusive; what is not known is empty. What it is stands in `full_words`; pages read
    `words`, which `visible_to` gives.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="interests", verbose_name="whose interest"
    )
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    nature = models.CharField("how near", max_length=20, choices=NATURE_CHOICES)
    with_whom = models.CharField("with whom", max_length=200, blank=True)
    full_words = models.TextField("what it is")
    private = models.BooleanField("its words are private", default=False)
    begun = PartialDateField("from")
    until = PartialDateField()
    declared_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    # Nobody at the command line.
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn = models.TextField("withdrawn as a mistake", blank=True)

    history = HistoricalRecords()
    objects = InterestQuerySet.as_manager()

    class Meta(About.Meta):
        abstract = False
        ordering = ["-declared_on", "-pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(condition=~Q(full_words=""), name="interest_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InterestKind]), name="interest_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(nature__in=[nature.value for nature in Nature]), name="interest_has_a_nature"
            ),
            models.CheckConstraint(
                condition=Q(with_whom="") | Q(about_project__isnull=True, about_organisation__isnull=True),
                name="interest_is_with_one_only",
            ),
        ]

    def __str__(self) -> str:
        # Read by people who may not read its words.
        return f"{self.person}: {self.outline}"

    def get_absolute_url(self) -> str:
        return reverse("interests:interest", args=[self.pk])

    @property
    def with_in_words(self) -> str:
        """With whom or what it is: the project, the partner, or the name as written; may be empty."""
        return str(self.about or self.with_whom)

    @property
    def outline(self) -> str:
        """What everybody in the group may know: the kind and with whom, "Financial, Harbour Trust"."""
        return ", ".join(filter(None, (self.get_kind_display(), self.with_in_words)))

    @property
    def is_recorded_for_them(self) -> bool:
        return self.recorded_by_id != self.person_id

    def is_over_by(self, day: date) -> bool:
        """Whether its last day is before `day`."""
        return bool(self.until and self.until.last_day() < day)


class ReturnQuerySet(models.QuerySet["InterestsReturn"]):
    """Reads of the answers to "have you anything to declare?"."""

    def standing(self) -> Self:
        return self.filter(withdrawn="")

    def visible_to(self, actor: Actor) -> Self:
        """Those of people whose interests somebody may know of, and their own."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        return self if bodies is None else self.filter(own_of(actor) | held_on(bodies, "person_id"))


class InterestsReturn(models.Model):
    """Somebody's answer when asked for their interests: nothing to declare, or all is in the register."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests_returns")
    on = models.DateField()
    nil = models.BooleanField("nothing to declare")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn = models.TextField("withdrawn as a mistake", blank=True)

    history = HistoricalRecords()
    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "answer about interests"
        verbose_name_plural = "answers about interests"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on", "nil"],
                condition=Q(withdrawn=""),
                name="interests_return_is_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.in_words}"

    @property
    def in_words(self) -> str:
        return "Nothing to declare" if self.nil else "All is in the register"

    @property
    def is_recorded_for_them(self) -> bool:
        return self.recorded_by_id != self.person_id
