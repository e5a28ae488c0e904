"""Reading the register of interests by person, as it stands or as it stood on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Lower

from allies.models.accounts import Actor
from allies.models.bodies import Appointment
from allies.models.interests import Interest, InterestQuerySet, InterestsReturn
from allies.models.people import Person
from allies.models.projects import Participation

_TEXT = CharField()
_SHOWN_WITH = ("about_project", "about_organisation", "recorded_by")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for. `about` is "project" or "organisation" with an id; `on` the day the register stood."""

    on: date
    name: str = ""
    kind: str = ""
    about: tuple[str, int] | None = None
    ended: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for some entries only, so that answers without an entry stay out."""
        return bool(self.kind or self.about)


def entries(actor: Actor, wanted: Wanted) -> InterestQuerySet:
    """The entries somebody may know of, as the register stood on the day; with `ended`, also what was over by then.

    With what was over stand the mistakes that were withdrawn.
    """
    found = Interest.objects.visible_to(actor)
    found = found.filter(declared_on__lte=wanted.on) if wanted.ended else found.standing_on(wanted.on)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.about:
        kind, pk = wanted.about
        key = {"projects": [pk]} if kind == "project" else {"organisations": [pk]}
        found = found.touching(**key)
    return found


def people_in_register(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """People with an entry that is wanted, or an answer, by name; each with `said_nil` and `said_on`, their last.

    `sits_now` says whether they still sit on a group.
    """
    last = InterestsReturn.objects.visible_to(actor).standing().filter(on__lte=wanted.on)
    last = last.filter(person=OuterRef("pk")).order_by("-on", "-pk")
    in_it = Q(Exists(entries(actor, wanted).order_by().filter(person=OuterRef("pk"))))
    if not wanted.is_narrowed:
        in_it |= Q(Exists(last))
    people = Person.objects.filter(in_it)
    if wanted.name:
        people = people.filter(Q(full_name__icontains=wanted.name) | Q(short_name__icontains=wanted.name))
    return people.annotate(
        said_on=Subquery(last.values("on")[:1]),
        said_nil=Subquery(last.values("nil")[:1]),
        sits_now=Exists(Appointment.objects.on(wanted.on).filter(person=OuterRef("pk"))),
    ).order_by(Lower("full_name"), "pk")


def entries_of(found: InterestQuerySet, people: Iterable[Person]) -> dict[int, list[Interest]]:
    """The entries of these people by their id, the newest first: one query. `with_partners` adds to them."""
    by_person = defaultdict(list)
    for entry in found.filter(person__in=list(people)).select_related(*_SHOWN_WITH):
        by_person[entry.person_id].append(entry)
    return by_person


def with_partners(found: list[Interest], actor: Actor) -> None:
    """Give each project that an entry is about those who take part in it now, as `parts_now`: one query."""
    parts = Participation.objects.visible_to(actor).select_related("organisation")
    parts = parts.order_by("organisation__name", "pk")
    prefetch_related_objects(found, Prefetch("about_project__participations", parts, to_attr="parts_now"))


def matters_in_register(actor: Actor) -> list[tuple[str, str]]:
    """Each project and partner that some entry is about, as "project:3" and its name: one query."""
    known = Interest.objects.visible_to(actor).order_by()
    projects = known.filter(about_project__isnull=False).values_list(
        Value("project", _TEXT), Cast("about_project_id", _TEXT), "about_project__name"
    )
    partners = known.filter(about_organisation__isnull=False).values_list(
        Value("organisation", _TEXT), Cast("about_organisation_id", _TEXT), "about_organisation__name"
    )
    rows = set(projects.union(partners).order_by())
    return [(f"{kind}:{pk}", name) for kind, pk, name in sorted(rows, key=lambda row: row[2].casefold())]
