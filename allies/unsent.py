"""A form that came after its sign-in ended, given back to whoever sent it: what they typed is never thrown away.

Nothing is kept on the server. The page holds every field, and sends them again to the same address; a person who has
signed in meanwhile sees in whose name, and presses once more, because signing in gives every form a new token.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django_htmx.http import reswap, retarget

type Fields = list[tuple[str, str]]


def fields_of(request: HttpRequest) -> Fields:
    """Give what a POST carries, field by field, without its token and its files."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]


def typed_in(fields: Fields) -> list[str]:
    """Give what says something to a reader: words, and the name of a choice; no number, and nothing of a machine's."""
    return [value for _, value in fields if len(value.split()) > 1 or (value.isalpha() and len(value) > 2)]


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it. What another site wrote is nobody's to press on."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(said).netloc == request.get_host()
    except ValueError:  # no address at all
        return False


def give_back(request: HttpRequest, fields: Fields, *, problem: str = "") -> HttpResponse:
    """Render the page that sends a POST again, with what stands in the way of sending all of it.

    To somebody signed out it says how to sign in beside it; to somebody signed in, whose name it goes out in.
    """
    files = [file.name for _, several in request.FILES.lists() for file in several]
    if files and not problem:
        problem = "A page cannot keep a file: you will have to choose it once more."
    context = {
        "fields": fields,
        "typed": typed_in(fields),
        "address": request.get_full_path(),
        "problem": problem,
    }
    # Under htmx an answer of 403 is not shown, and this one takes the place of the whole page.
    under_htmx = bool(getattr(request, "htmx", None))
    response = render(request, "not_sent.html", context, status=409 if under_htmx else 403)
    add_never_cache_headers(response)
    if under_htmx:
        reswap(retarget(response, "body"), "innerHTML")
    return response
