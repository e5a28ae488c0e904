"""The scheme in force: proposed by the core team, adopted by a decision, never re-scoring the past."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from allies import clock
from allies.models import OPERATOR, Actor, Body
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, keep, person_of
from risks.models import SchemeVersion
from risks.scheme import FIRST, Scheme


class SchemeRefused(ValueError):
    """Why a version cannot be adopted or withdrawn; its words say what to do."""


def holder_of(body: Body) -> Body:
    """Give the body whose scheme a body scores under: the one at the top of it."""
    while body.parent is not None:
        body = body.parent
    return body


@transaction.atomic
def scheme_on(body: Body, day: date) -> SchemeVersion:
    """Give the version in force for a body on `day`. The first there is also serves days before it was adopted.

    A group that never spoke of one scores under the first scheme, which is written down then.
    """
    held = SchemeVersion.objects.filter(body=holder_of(body))
    in_force = (
        held.adopted_by(day).first() or held.filter(adopted_on__isnull=False).order_by("adopted_on").first()
    )
    if in_force is not None:
        return in_force
    version = SchemeVersion(
        body=holder_of(body),
        version=_next(holder_of(body)),
        content=FIRST.as_data(),
        why="The scheme the record began with.",
        proposed_on=day,
        adopted_on=day,
    )
    keep(version, by=OPERATOR, reason="the record began with it")
    return version


@transaction.atomic
def propose_scheme(*, by: Actor, body: Body, content: dict[str, Any], why: str) -> SchemeVersion:
    """Propose a version; nothing is scored under it until it is adopted. The same one proposed twice is one.

    Raises Refused; risks.scheme.SchemeRefused for one that contradicts itself; ValueError without a reason.
    """
    check(by, Permission.KEEP_RISKS, body=body)
    if not why.strip():
        raise ValueError("Say why it should change.")
    holder, whole = holder_of(body), Scheme.from_data(content).as_data()
    for one in SchemeVersion.objects.filter(body=holder, adopted_on=None, withdrawn="", why=why.strip()):
        if one.content == whole:
            return one
    version = SchemeVersion(
        body=holder,
        version=_next(holder),
        content=whole,
        why=why.strip(),
        proposed_by=person_of(by),
        proposed_on=clock.today(),
    )
    keep(version, by=by)
    return version


@transaction.atomic
def adopt_scheme(*, by: Actor, version: SchemeVersion, on: date) -> None:
    """Put a version in force from `on` (inclusive). For the decision of the group that adopts it.

    Raises Refused; SchemeRefused for one that is in force already or was withdrawn.
    """
    check(by, Permission.KEEP_RISKS, body=version.body_id)
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None or version.withdrawn:
        raise SchemeRefused("This version is no longer a proposal.")
    change(version, by=by, adopted_on=on)


@transaction.atomic
def withdraw_scheme(*, by: Actor, version: SchemeVersion, reason: str) -> None:
    """Take a proposal back, with the reason. Raises Refused; SchemeRefused as `adopt_scheme`, or without a reason."""
    check(by, Permission.KEEP_RISKS, body=version.body_id)
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None or version.withdrawn:
        raise SchemeRefused("This version is no longer a proposal.")
    if not reason.strip():
        raise SchemeRefused("Say why it is taken back.")
    change(version, by=by, withdrawn=reason.strip())


def _next(body: Body) -> int:
    last: int | None = SchemeVersion.objects.filter(body=body).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1
