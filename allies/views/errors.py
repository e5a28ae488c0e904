"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allies.powers import Permission
from allies.unsent import came_from_here, fields_of, give_back


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back a form that came after its time; one that says nothing of where it came from is only turned away.

    Signing in and what else is open to everybody asks no more than to be loaded again.
    """
    behind_sign_in = isinstance(getattr(request.resolver_match.func, "access", None), Permission)
    asks_who = request.user.is_authenticated or behind_sign_in
    # A press with nothing in it is seen on its own page again, where it says what it does.
    if asks_who and came_from_here(request) and (fields := fields_of(request)):
        return give_back(request, fields)
    return render(request, "403_csrf.html", status=403)
