"""Signing in as one of the example people, in a demonstration alone."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from allies.access import public
from allies.services import accounts


@public(reason="Only in a demonstration, whose people are invented; not found otherwise.")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the person (`person=<id>`) or as the first of a role (`role=team|ally|chair`)."""
    if not settings.ALLIES_DEMO:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    account = accounts.example_account(
        person_id=request.POST.get("person", ""), role=request.POST.get("role", "")
    )
    if account is None:
        raise Http404("Nobody in the example group is that.")
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")
