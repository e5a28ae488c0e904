"""What the row and the card of an action need beside it, for any page that shows them.

What somebody may not do is not there to be shown: a row without `may_update` has no link, a card without
`update_form` no form.
"""

from collections.abc import Iterable

from django.conf import settings

from actions.forms.updating import UpdateForm
from actions.models import Action, Update
from actions.policies import can_manage_action, can_update_action
from allies.models import Actor


def prepare_rows(actions: Iterable[Action], user: Actor) -> list[Action]:
    """Set on each action what its row asks for: `may_update`, `may_manage`, `asks`. No queries.

    The actions come from `with_owners()`. `asks` is True once it was carried as often as the group set.
    """
    rows = list(actions)
    for action in rows:
        action.may_manage = can_manage_action(user, action)
        action.may_update = action.may_manage or can_update_action(user, action)
        action.asks = action.is_open and action.times_carried >= settings.ALLIES_ASK_AFTER_CARRIES
    return rows


def prepare_cards(actions: Iterable[Action], user: Actor, *, form: UpdateForm | None = None) -> list[Action]:
    """Set on each action what its card asks for: `update_form` where one may update it, and `said` last.

    The actions come from `with_owners().with_last_said()`. One query, however many. `form` stands in for the
    first action's form, where it came back with errors.
    """
    cards = prepare_rows(actions, user)
    ids = [said for action in cards if (said := getattr(action, "last_said", None))]
    said_last = Update.objects.select_related("by").in_bulk(ids)
    for action in cards:
        action.said = said_last.get(getattr(action, "last_said", None))
        action.update_form = (form or UpdateForm(action=action)) if action.may_update else None
    return cards
