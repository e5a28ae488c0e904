"""How tests open the workspace at an item, at a time of the day."""

from datetime import UTC, datetime

import time_machine
from django.urls import reverse

HTMX = {"HX-Request": "true"}


def workspace(client, meeting, number=1) -> str:
    return client.get(f"{reverse('meetings:workspace', args=[meeting.pk])}?item={number}").content.decode()


def at(hour: int, minute: int):
    return time_machine.travel(datetime(2026, 2, 3, hour, minute, tzinfo=UTC), tick=False)
