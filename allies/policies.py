"""Who may do what, asked of the record. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from allies import clock
from allies.models import Account, Actor, Appointment, Body, Operator, Person, Post
from allies.powers import Permission, Powers, Refused, Role, with_those_below

NOBODY = Powers()
EVERYTHING = Powers(bodies={Role.CORE_TEAM: None, Role.CHAIR: None})
_ROLE_OF = {
    Post.MEMBER: Role.ALLY,
    Post.CHAIR: Role.CHAIR,
    Post.CO_CHAIR: Role.CHAIR,
    Post.CORE_TEAM: Role.CORE_TEAM,
    Post.LEAD: Role.CORE_TEAM,
}


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


def _read_powers(account: Account) -> Powers:
    bodies: dict[Role, frozenset[int] | None] = {Role.ACCOUNT: None}
    if account.person_id is None:
        return Powers(bodies=bodies)
    held: dict[Role, set[int]] = {}
    for post, body_id in (
        Appointment.objects.filter(person_id=account.person_id)
        .on(clock.today())
        .values_list("post", "body_id")
    ):
        held.setdefault(_ROLE_OF[Post(post)], set()).add(body_id)
    if held.pop(Role.CORE_TEAM, None):
        bodies[Role.CORE_TEAM] = None
    if held:
        parents = dict(Body.objects.values_list("pk", "parent_id"))
        for role, ids in held.items():
            bodies[role] = with_those_below(frozenset(ids), parents)
    return Powers(person_id=account.person_id, bodies=bodies)


def can(actor: Actor, permission: Permission, *, body: Body | int | None = None) -> bool:
    """Answer whether somebody holds a permission, on `body` or (without one) on any body at all."""
    body_id = body.pk if isinstance(body, Body) else body
    return powers_of(actor).may(permission, body_id=body_id)


def check(actor: Actor, permission: Permission, *, body: Body | int | None = None) -> None:
    """Raise `Refused`, with who can, unless `can`."""
    if not can(actor, permission, body=body):
        raise Refused(permission)


def is_self(actor: Actor, person: Person) -> bool:
    """Answer whether the account is this person's."""
    return isinstance(actor, Account) and actor.person_id is not None and actor.person_id == person.pk


def can_see_access_needs(actor: Actor, person: Person) -> bool:
    """The person themself, and the core team (DESIGN §4)."""
    return is_self(actor, person) or can(actor, Permission.KEEP_PEOPLE)


def check_can_see_access_needs(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_access_needs`."""
    if not can_see_access_needs(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can see this.")


def can_see_person(actor: Actor, person: Person) -> bool:
    """Whoever reads the record, and the person themself, also once their appointments have ended."""
    return is_self(actor, person) or can(actor, Permission.READ_RECORD)


def check_can_see_person(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_person`."""
    if not can_see_person(actor, person):
        raise Refused(Permission.READ_RECORD)


def can_change_details(actor: Actor, person: Person) -> bool:
    """The name in conversation and the pronouns: the person themself, and the core team."""
    return is_self(actor, person) or can(actor, Permission.KEEP_PEOPLE)


def check_can_change_details(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_change_details`."""
    if not can_change_details(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can change this.")


def can_see_address(actor: Actor, person: Person) -> bool:
    """An email address: the person themself, and the core team."""
    return can_change_details(actor, person)


def check_can_see_address(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_address`."""
    if not can_see_address(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can see this.")
