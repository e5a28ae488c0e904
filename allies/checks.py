"""System checks of our own."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def every_view(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Give each path of the site with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


@register()
def every_view_says_who_may_open_it(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Find views with neither `@requires` nor `@public`."""
    return [
        Error(
            f"The view at /{path} does not say who may open it.",
            hint="Put @requires(permission) or @public(reason=…) on it.",
            id="allies.E001",
        )
        for path, view in every_view()
        if not getattr(view, "access", None)
    ]
