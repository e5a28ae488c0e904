"""What an action knows of meetings is worked out by whoever knows the meetings (DESIGN §2).

This app may not import `meetings`; `meetings` hands its way of working it out in here, once, when it starts.
"""

from collections.abc import Callable

from actions.models import Action
from allies.models import Body

type Keeper = Callable[[Body, list[Action]], object]
_keepers: list[Keeper] = []


def keep_current_with(keeper: Keeper) -> None:
    """Have `keeper` work out what hangs on meetings, for a body and some of its actions, after each change."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def work_out_again(action: Action) -> None:
    """Bring `due_on` and `times_carried` of one action up to date. Call inside the service's transaction."""
    for keeper in _keepers:
        keeper(action.body, [action])
