"""Who may do what with an action. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from actions.models import Action
from allies.models import Actor
from allies.policies import can, powers_of
from allies.powers import Permission, Refused


def can_update_action(actor: Actor, action: Action) -> bool:
    """The core team any; whoever leads or supports it now, their own (DESIGN §6). "All Allies" is nobody's own."""
    if can(actor, Permission.UPDATE_ANY_ACTION, body=action.body_id):
        return True
    person_id = powers_of(actor).person_id
    if person_id is None or not can(actor, Permission.UPDATE_OWN_ACTIONS, body=action.body_id):
        return False
    owners = getattr(action, "owners", None)
    if owners is None:
        owners = action.assignments.current()
    return any(owner.person_id == person_id for owner in owners)


def check_can_update_action(actor: Actor, action: Action) -> None:
    """Raise `Refused` unless `can_update_action`."""
    if not can_update_action(actor, action):
        raise Refused(Permission.UPDATE_OWN_ACTIONS)


def can_manage_action(actor: Actor, action: Action) -> bool:
    """Change its words, owners or deadline, merge it, or say that it still stands: the core team."""
    return can(actor, Permission.UPDATE_ANY_ACTION, body=action.body_id)


def check_can_manage_action(actor: Actor, action: Action) -> None:
    """Raise `Refused` unless `can_manage_action`."""
    if not can_manage_action(actor, action):
        raise Refused(Permission.UPDATE_ANY_ACTION)
