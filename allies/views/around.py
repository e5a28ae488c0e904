"""What happens around every view: caches keep parts and pages apart, and a clash gets a sentence."""

import logging
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

logger = logging.getLogger(__name__)


class PartsMiddleware:
    """One address answers htmx with a part and a browser with a page: no cache may give one for the other.

    What somebody signed in was shown is theirs: nothing between us and their browser keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        # Who is signed in is asked of the session alone: a page for everybody does not read it.
        if request.session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


class ClashMiddleware:
    """Turns what the database would not take, because somebody else was quicker, into a page that says so.

    Services look first and lock what they count on; a constraint catches the rest. It is written down all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IntegrityError):
            return None
        logger.error("The database would not take what was sent.", exc_info=exception)
        # htmx puts a 409 into the page (base.html); a 400 it leaves alone, and the page says "not saved".
        return render(request, "409.html", status=400 if request.htmx else 409)
