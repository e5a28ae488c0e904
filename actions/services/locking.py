"""Two people changing one action at once wait for each other, and neither writes back what the other replaced."""

from collections.abc import Iterable

from actions.models import Action


def locked(action: Action) -> Action:
    """The same action, locked until the transaction ends and read anew. Call inside a transaction."""
    action.refresh_from_db(from_queryset=Action.objects.select_for_update())
    return action


def in_lock_order(actions: Iterable[Action]) -> list[Action]:
    """The actions as everybody locks several of them: the older first, so that nobody waits in a circle."""
    return sorted(actions, key=lambda action: action.pk)


def locked_with(action: Action, other: Action) -> Action:
    """The same action, with another it is to hang on: both locked and read anew, the older first.

    Two people who tie the same pair, each the other way round, so wait for each other and not for ever.
    """
    for one in in_lock_order((action, other)):
        locked(one)
    return action


def leads_to(action: Action, start: Action | None, *, by: str) -> bool:
    """Answer whether following `by` ("parent" or "merged_into") from `start` comes to `action`, as rows stand now."""
    met: set[int] = set()
    key = start.pk if start else None
    while key is not None and key not in met:
        if key == action.pk:
            return True
        met.add(key)
        key = Action.objects.values_list(f"{by}_id", flat=True).get(pk=key)
    return False
