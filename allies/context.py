"""What every template may say."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from allies import clock


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the group's own words, today, and whether this is a demonstration."""
    return {"site": settings.ALLIES_SITE, "today": clock.today(), "demo": settings.ALLIES_DEMO}
