"""Every view says who may open it: `@requires(permission)` or `@public(reason=…)`. A system check sees to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from allies import policies
from allies.powers import Permission, Refused
from allies.unsent import came_from_here, fields_of, give_back, typed_in

type View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Open the view to those who hold the permission on any body; what they see of it is `visible_to`'s answer."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            policies.check(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def public(*, reason: str) -> Callable[[View], View]:
    """Open the view to everybody, and say why."""

    def declare(view: View) -> View:
        @wraps(view)
        def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        open_to_all.access = reason  # type: ignore[attr-defined]
        return open_to_all

    return declare


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in and back to the page they were on; under htmx the whole page goes, not a part.

    A form with something in it is given back instead, to be sent again.
    """
    if request.method == "POST" and came_from_here(request) and (fields := fields_of(request)):
        return give_back(request, fields)
    htmx = getattr(request, "htmx", None)
    if not htmx:
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return redirect_to_login(back or _page_before(request), settings.LOGIN_URL)
    page = htmx.current_url_abs_path or "/"
    response = redirect_to_login(page, resolve_url(settings.LOGIN_URL))
    return HttpResponseClientRedirect(response.url)


def _page_before(request: HttpRequest) -> str:
    """The page a form was on: going back to a POST's own address would only say 'not allowed'."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class AccessMiddleware:
    """Turns a refusal, wherever it was raised, into a page that says who can."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            # What may not be done any more, somebody may have typed with care: they can copy it.
            typed = (
                typed_in(fields_of(request)) if request.method == "POST" and came_from_here(request) else []
            )
            context = {"why": str(exception), "typed": typed, "page_before": _page_before(request)}
            return render(request, "403.html", context, status=403)
        return None
