"""What was agreed, who carries it, by when, how it is going."""

from actions.models.action import DEADLINE_CHOICES, DEADLINE_WORDS, STATUS_CHOICES, STATUS_WORDS, Action
from actions.models.assignment import Assignment, OwnerRole
from actions.models.update import Update

__all__ = [
    "DEADLINE_CHOICES",
    "DEADLINE_WORDS",
    "STATUS_CHOICES",
    "STATUS_WORDS",
    "Action",
    "Assignment",
    "OwnerRole",
    "Update",
]
