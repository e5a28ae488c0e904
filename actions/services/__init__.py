"""The only writers of actions, their owners and their updates."""

from actions.services.agreeing import Owner, agree, change_deadline, change_owners, change_words
from actions.services.updating import (
    ReasonMissing,
    confirm_still_stands,
    let_go_together,
    merge,
    record_update,
)

__all__ = [
    "Owner",
    "ReasonMissing",
    "agree",
    "change_deadline",
    "change_owners",
    "change_words",
    "confirm_still_stands",
    "let_go_together",
    "merge",
    "record_update",
]
