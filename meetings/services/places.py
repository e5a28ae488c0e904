"""Places in a meeting's lists of people, decisions and meetings to come, in the order in which they were added."""

from typing import Any

from django.db.models import Manager, Max


def next_place(rows: Manager[Any]) -> int:
    """Give the place after the last of one list (`meeting.decisions`), 0 for the first.

    Two who ask at once get the same, so hold the meeting first.
    """
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
