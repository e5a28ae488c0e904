"""What somebody may do today, read from the appointments they hold, and what they are kept from.

It stands with the models, and not in `allies/policies.py`, so that the querysets of this app can ask it too.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast

from allies import clock
from allies.models.accounts import Account, Actor, Operator
from allies.models.bodies import Appointment, Body, Post
from allies.powers import KeptFrom, Permission, Powers, Role, with_those_below

NOBODY = Powers()
EVERYTHING = Powers(bodies={Role.CORE_TEAM: None, Role.CHAIR: None})
ROLE_OF = {
    Post.MEMBER: Role.ALLY,
    Post.CHAIR: Role.CHAIR,
    Post.CO_CHAIR: Role.CHAIR,
    Post.CORE_TEAM: Role.CORE_TEAM,
    Post.LEAD: Role.CORE_TEAM,
}
_ABOUT = ("about_project", "about_organisation", "about_matter")


def powers_of(actor: Actor) -> Powers:
    """Give what somebody may do today. Two queries, once for a request: the answer stays on the actor."""
    if isinstance(actor, Operator):
        return EVERYTHING
    if not isinstance(actor, Account) or not actor.is_active:
        return NOBODY
    today = clock.today()
    kept: tuple[object, Powers] | None = getattr(actor, "_powers", None)
    if kept is None or kept[0] != today:
        kept = (today, _read_powers(actor))
        actor._powers = kept  # type: ignore[attr-defined]
    return kept[1]


def kept_from(actor: Actor) -> KeptFrom:
    """Give what somebody is kept from today: no query beyond those of `powers_of`.

    Whoever holds the machine is kept from nothing.
    """
    return powers_of(actor).kept_from


def without_withheld[Rows: models.QuerySet[Any]](rows: Rows, actor: Actor, through: str = "") -> Rows:
    """Leave out the rows about a matter that somebody is kept from; whoever is kept from nothing asks no more.

    `through` is the path to what is about something, where that is not the row itself: "item__".
    """
    kept = kept_from(actor)
    about = zip(_ABOUT, (kept.projects, kept.organisations, kept.matters), strict=True)
    for column, ids in about:
        if ids:
            rows = rows.exclude(**{f"{through}{column}__in": ids})
    return rows


def readable_by[Rows: models.QuerySet[Any]](rows: Rows, actor: Actor, body: str = "body_id") -> Rows:
    """Narrow to the rows of bodies whose record somebody reads; `body` is the path to the body's id. No query."""
    bodies = powers_of(actor).where(Permission.READ_RECORD)
    return rows if bodies is None else rows.filter(**{f"{body}__in": bodies})


def own_of(actor: Actor) -> Q:
    """Narrow to the rows whose `person` is the reader; to none where their account is nobody's. No query."""
    person = powers_of(actor).person_id
    return Q(person_id=person) if person else Q(pk__in=[])


def without_withheld_of_others[Rows: models.QuerySet[Any]](rows: Rows, actor: Actor) -> Rows:
    """As `without_withheld`, with the reader's own: those are theirs, also where they are what keeps them out."""
    if not kept_from(actor):
        return rows
    rest = without_withheld(rows.model._default_manager.order_by(), actor)
    return rows.filter(own_of(actor) | Q(pk__in=rest.values("pk")))


def is_withheld(row: Any, actor: Actor) -> bool:
    """Answer whether a row that is about something (`About`) is kept from somebody. No query."""
    return kept_from(actor).covers(
        project=row.about_project_id, organisation=row.about_organisation_id, matter=row.about_matter_id
    )


def _read_powers(account: Account) -> Powers:
    bodies: dict[Role, frozenset[int] | None] = {Role.ACCOUNT: None}
    if account.person_id is None:
        return Powers(bodies=bodies)
    held: dict[Role, set[int]] = {}
    kept: dict[str, set[int]] = {column: set() for column in _ABOUT}
    for what, pk in _posts_and_withholdings(account.person_id):
        if what in kept:
            kept[what].add(pk)
        else:
            held.setdefault(ROLE_OF[Post(what)], set()).add(pk)
    if held.pop(Role.CORE_TEAM, None):
        bodies[Role.CORE_TEAM] = None
    if held:
        parents = dict(Body.objects.values_list("pk", "parent_id"))
        for role, ids in held.items():
            bodies[role] = with_those_below(frozenset(ids), parents)
    return Powers(
        person_id=account.person_id,
        bodies=bodies,
        kept_from=KeptFrom(*(frozenset(kept[column]) for column in _ABOUT)),
    )


def _posts_and_withholdings(person_id: int) -> Any:
    """A person's posts of today with their bodies, and what they are kept from today: pairs, in one query."""
    # What is withheld stands on what is withheld from: projects, whose own querysets ask here.
    from allies.models.withholding import Withholding

    today = clock.today()
    text = models.CharField(max_length=20)
    posts = Appointment.objects.filter(person_id=person_id).on(today).order_by()
    withheld = Withholding.objects.filter(person_id=person_id).held_on(today).order_by()
    kept = (
        withheld.filter(**{f"{column}__isnull": False}).values_list(Value(column, text), F(f"{column}_id"))
        for column in _ABOUT
    )
    return posts.values_list(Cast("post", text), F("body_id")).union(*kept).order_by()
