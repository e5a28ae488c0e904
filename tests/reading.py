"""While a page is read, one question is asked once: django-zeal fails the test that asks it for each row."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context


def reads_ask_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware of the tests. Writing takes its rows one by one, each with its lock and its history: not watched."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
