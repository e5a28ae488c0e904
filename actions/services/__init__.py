"""The only writers of actions, their owners and their updates."""

from actions.services.agreeing import (
    Owner,
    agree,
    change_about,
    change_deadline,
    change_matter,
    change_owners,
    change_parent,
    change_words,
)
from actions.services.from_meetings import keep_current_with
from actions.services.updating import (
    NEEDS_A_REASON,
    ReasonMissing,
    confirm_still_stands,
    confirm_together,
    let_go_together,
    merge,
    record_update,
)

__all__ = [
    "NEEDS_A_REASON",
    "Owner",
    "ReasonMissing",
    "agree",
    "change_about",
    "change_deadline",
    "change_matter",
    "change_owners",
    "change_parent",
    "change_words",
    "confirm_still_stands",
    "confirm_together",
    "keep_current_with",
    "let_go_together",
    "merge",
    "record_update",
]
