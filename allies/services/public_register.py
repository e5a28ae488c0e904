"""Opening a group's register of interests to the public, and closing it."""

from django.db import transaction

from allies.models import Actor, Body
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change


class CannotOpenRegister(ValueError):
    """Why a register cannot be opened or closed so; its words say what to do."""


@transaction.atomic
def open_register(*, by: Actor, body: Body, because: str) -> None:
    """Let the public read a group's register of interests, from now on and without its private words.

    `because` is the reason, or the decision that it rests on. Raises Refused for all but the group's chairs and
    the core team; CannotOpenRegister without a reason.
    """
    _say(by=by, body=body, is_public=True, because=because)


@transaction.atomic
def close_register(*, by: Actor, body: Body, because: str) -> None:
    """Keep a group's register of interests in the group from now on. Raises as `open_register`."""
    _say(by=by, body=body, is_public=False, because=because)


def _say(*, by: Actor, body: Body, is_public: bool, because: str) -> None:
    check(by, Permission.PUBLISH, body=body)
    if not because.strip():
        raise CannotOpenRegister("Say why, or which decision it rests on: it goes in the record")
    kept = Body.objects.select_for_update().get(pk=body.pk)
    if kept.register_is_public == is_public:
        raise CannotOpenRegister(
            "The register is open to the public already." if is_public else "The register is closed already."
        )
    change(kept, by=by, register_is_public=is_public, register_because=because.strip())
