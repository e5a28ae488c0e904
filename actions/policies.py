"""Who may do what with an action. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from collections.abc import Iterable

from actions.models import Action, Assignment
from allies.models import Actor
from allies.policies import can, is_withheld, powers_of
from allies.powers import Permission, Refused


def can_update_action(actor: Actor, action: Action) -> bool:
    """The core team any; whoever leads or supports it now, their own (DESIGN §6). "All Allies" is nobody's own.

    Nobody what is withheld from them.
    """
    if is_withheld(action, actor):
        return False
    if can(actor, Permission.UPDATE_ANY_ACTION, body=action.body_id):
        return True
    return any(_is_own(actor, owner.person_id, action.body_id) for owner in _owners(action))


def check_can_update_action(actor: Actor, action: Action) -> None:
    """Raise `Refused` unless `can_update_action`."""
    if not can_update_action(actor, action):
        raise Refused(Permission.UPDATE_OWN_ACTIONS)


def can_manage_action(actor: Actor, action: Action) -> bool:
    """Change its words, owners or deadline, merge it, or say that it still stands: the core team.

    Nobody what is withheld from them.
    """
    return not is_withheld(action, actor) and can(actor, Permission.UPDATE_ANY_ACTION, body=action.body_id)


def check_can_manage_action(actor: Actor, action: Action) -> None:
    """Raise `Refused` unless `can_manage_action`."""
    if not can_manage_action(actor, action):
        raise Refused(Permission.UPDATE_ANY_ACTION)


def _is_own(actor: Actor, person_id: int | None, body_id: int) -> bool:
    powers = powers_of(actor)
    if person_id is None or person_id != powers.person_id:
        return False
    return powers.may(Permission.UPDATE_OWN_ACTIONS, body_id=body_id)


def _owners(action: Action) -> Iterable[Assignment]:
    """Those who carry it now: fetched before (`with_owners()`), or asked for."""
    fetched: list[Assignment] | None = getattr(action, "owners", None)
    return action.assignments.current() if fetched is None else fetched
