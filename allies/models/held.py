"""What somebody may do today, read from the appointments they hold.

It stands with the models, and not in `allies/policies.py`, so that the querysets of this app can ask it too.
"""

from allies import clock
from allies.models.accounts import Account, Actor, Operator
from allies.models.bodies import Appointment, Body, Post
from allies.powers import Powers, Role, with_those_below

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
