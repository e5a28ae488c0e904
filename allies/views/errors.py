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
    if (request.user.is_authenticated or behind_sign_in) and came_from_here(request):
        return give_back(request, fields_of(request))
    return render(request, "403_csrf.html", status=403)
