"""Asking addresses of the site all that they are asked, by a browser and by htmx, and each question once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client
from django_htmx.middleware import HtmxDetails

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}


class Watched(HtmxDetails):
    """Remembers whether anybody asked if, and how, htmx sent the request (the fixture `watched_htmx`)."""

    looked_at = False

    def _get_header_value(self, name: str) -> str | None:
        self.looked_at = True
        return super()._get_header_value(name)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(
    client: Client, address: str, asked: Sequence[str] = ("",), *, method: str = "get"
) -> Iterator[tuple[str, Any]]:
    """Give what an address answers to each of `asked` (queries, the empty one first), with what was asked.

    An answer that was made without looking at the query (Django reads it when it is first looked at), or without
    asking whether htmx sent the request, would be the same again, and is not fetched again. Whatever is written is
    taken back. Needs the fixture `watched_htmx`.
    """
    for query in asked:
        response = _ask(client, address + query, method, {})
        requests = [response.wsgi_request]
        yield address + query, response
        if response.wsgi_request.htmx.looked_at:
            by_htmx = _ask(client, address + query, method, HTMX)
            requests.append(by_htmx.wsgi_request)
            yield f"htmx {address}{query}", by_htmx
        if not any("GET" in vars(request) for request in requests):
            break


def _ask(client: Client, address: str, method: str, headers: dict[str, str]) -> Any:
    with undone():
        response = getattr(client, method)(address, headers=headers)
        response.whole = b"".join(response)
    return response
