"""Two people changing one action at once wait for each other, and neither writes back what the other replaced."""

from actions.models import Action


def locked(action: Action) -> Action:
    """The same action, locked until the transaction ends and read anew. Call inside a transaction."""
    action.refresh_from_db(from_queryset=Action.objects.select_for_update())
    return action
