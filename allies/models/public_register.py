"""What of the register of interests goes out to the public, where a group says that it does.

What goes out is the same for every reader, so nothing here asks who reads.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from allies.models.bodies import Appointment, Body
from allies.models.interests import Interest, InterestQuerySet, InterestsReturn
from allies.models.people import Person
from allies.models.projects import Organisation, Project
from allies.models.withholding import Withholding

# A change in any of these may change the page.
_SHOWN = (Body, Appointment, Person, Interest, InterestsReturn, Withholding, Project, Organisation)


def public_bodies() -> QuerySet[Body]:
    """The groups that open their register, by name."""
    return Body.objects.filter(register_is_public=True).order_by("name", "pk")


def with_last_change(bodies: QuerySet[Body]) -> QuerySet[Any]:
    """Give each body when anything that a published register shows was last changed: no query more.

    `last_change` reads it.
    """
    return bodies.annotate(
        **{
            f"changed_{number}": Subquery(
                model.history.order_by("-history_date").values("history_date")[:1]  # type: ignore[attr-defined]
            )
            for number, model in enumerate(_SHOWN)
        }
    )


def last_change(body: Any) -> datetime:
    """Give the last change of a body that `with_last_change` gave. The body itself has a history, so there is one."""
    changes = (getattr(body, f"changed_{number}") for number in range(len(_SHOWN)))
    return max(change for change in changes if change)


def places_of_members(bodies: Iterable[Body], day: date) -> QuerySet[Any]:
    """All places, old ones too, of those who sit on one of the bodies on `day`, with their last answer.

    Each carries its person and body, `answered_on`, `answered_nil`, and `has_entries`: whether any entry of
    theirs stands, shown or not.
    """
    sitting = Appointment.objects.on(day).filter(body__in=list(bodies)).values("person")
    answers = InterestsReturn.objects.standing().filter(person=OuterRef("person"), on__lte=day)
    answers = answers.order_by("-on", "-pk")
    entries = Interest.objects.standing_on(day).order_by().filter(person=OuterRef("person"))
    return (
        Appointment.objects.filter(person__in=sitting)
        .select_related("person", "body")
        .annotate(
            answered_on=Subquery(answers.values("on")[:1]),
            answered_nil=Subquery(answers.values("nil")[:1]),
            has_entries=Exists(entries),
        )
        .order_by("person__full_name", "person_id", "pk")
    )


def public_entries(bodies: Iterable[Body], day: date) -> InterestQuerySet:
    """What goes out of those who sit on one of the bodies on `day`: standing entries, with no private words.

    What is about a matter that anybody is kept from does not go out, whoever's entry it is.
    """
    sitting = Appointment.objects.on(day).filter(body__in=list(bodies)).values("person")
    found = Interest.objects.published().standing_on(day).filter(person__in=sitting)
    kept = Withholding.objects.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by()
    for column in ("about_project", "about_organisation", "about_matter"):
        about_it = kept.filter(**{f"{column}__isnull": False, column: OuterRef(column)})
        found = found.exclude(Exists(about_it))
    return found.select_related("person", "about_project", "about_organisation").order_by(
        "person_id", "-declared_on", "-pk"
    )
