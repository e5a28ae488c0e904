"""Writing bodies: the group, its working groups, the core team."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from allies.models import Actor, Body, BodyKind, SaidBy
from allies.policies import check
from allies.powers import Permission, with_those_below
from allies.services.keeping import change, keep


class CannotKeepBody(ValueError):
    """Why a body cannot stand as it is; its words say what to do."""


@transaction.atomic
def enter_body(
    *,
    by: Actor,
    name: str,
    kind: BodyKind = BodyKind.GROUP,
    purpose: str = "",
    parent: Body | None = None,
    quorum: int | None = None,
    term_years: int = 3,
    interests_asked_every: int = 12,
    co_chaired: bool = False,
    turn_to: str = "",
    words_checked_for: int = 14,
    said_by: SaidBy = SaidBy.NAME,
    slug: str = "",
) -> Body:
    """Add a body; its address is made from its name unless `slug` is given.

    `term_years` is the length of a term in whole years; `interests_asked_every` is in months, 0 for never again;
    `words_checked_for` is in days, from the day on which notes are circulated; `said_by` is how
    published notes say who spoke.
    Raises Refused; CannotKeepBody.
    """
    check(by, Permission.KEEP_PEOPLE)
    values: dict[str, Any] = {
        "name": name.strip(),
        "kind": kind,
        "purpose": purpose.strip(),
        "parent": parent,
        "quorum": quorum,
        "term_years": term_years,
        "interests_asked_every": interests_asked_every,
        "co_chaired": co_chaired,
        "turn_to": turn_to.strip(),
        "words_checked_for": words_checked_for,
        "said_by": said_by,
    }
    body = Body(slug=slug or _free_slug(name), **values)
    _check_that_it_can_stand(body, kind=kind, parent=parent)
    keep(body, by=by)
    return body


@transaction.atomic
def change_body(
    *,
    by: Actor,
    body: Body,
    name: str,
    kind: BodyKind,
    purpose: str,
    parent: Body | None,
    quorum: int | None,
    term_years: int,
    interests_asked_every: int,
    co_chaired: bool,
    turn_to: str = "",
    words_checked_for: int = 14,
    said_by: SaidBy = SaidBy.NAME,
) -> None:
    """Change a body; its address stays. Raises Refused; CannotKeepBody, such as for a circle of groups."""
    check(by, Permission.KEEP_PEOPLE)
    _check_that_it_can_stand(body, kind=kind, parent=parent)
    change(
        body,
        by=by,
        name=name.strip(),
        kind=kind,
        purpose=purpose.strip(),
        parent=parent,
        quorum=quorum,
        term_years=term_years,
        interests_asked_every=interests_asked_every,
        co_chaired=co_chaired,
        turn_to=turn_to.strip(),
        words_checked_for=words_checked_for,
        said_by=said_by,
    )


def _check_that_it_can_stand(body: Body, *, kind: BodyKind, parent: Body | None) -> None:
    if kind == BodyKind.CORE_TEAM and Body.objects.filter(kind=kind).exclude(pk=body.pk).exists():
        raise CannotKeepBody("There is a core team already. Choose another kind.")
    if parent is None or body.pk is None:
        return
    parents = dict(Body.objects.values_list("pk", "parent_id"))
    if parent.pk in with_those_below(frozenset({body.pk}), parents):
        raise CannotKeepBody(f"{parent} is {body} or part of it. Choose a group above it, or none.")


def _free_slug(name: str) -> str:
    base = slugify(name)[:40] or "group"
    taken = set(Body.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken or slug == "new":
        slug, number = f"{base}-{number}", number + 1
    return slug
