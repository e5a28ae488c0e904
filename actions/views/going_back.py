"""Where to go after a form: back to where somebody came from, never to another site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest, otherwise: str) -> str:
    """The address that the form or the link names in `next`, if it is one of ours; else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else otherwise


def back(request: HttpRequest, otherwise: str, *, place: str = "") -> HttpResponse:
    """Redirect there; `place` is the id of what was acted on, so that a reader lands beside it."""
    address = next_of(request, otherwise).partition("#")[0]
    return HttpResponseRedirect(f"{address}#{place}" if place else address, status=303)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when the page is only asked for. An empty form sent is still sent."""
    return request.POST if request.method == "POST" else None
