"""Pages for everybody: whether the record answers, and the statements on accessibility and privacy."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allies.access import public

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
@public(reason="Whoever watches over the site asks without signing in; it says nothing but that it works.")
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" once the database has answered; 503 with a sentence where it does not. No session is read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("The database does not answer.", status=503, content_type=PLAIN)
    return HttpResponse("ok", content_type=PLAIN)


@require_safe
@public(reason="Whoever cannot use the site must be able to read why, and whom to tell.")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was tested, what is known not to work, and how to complain."""
    return render(request, "allies/accessibility.html")


@require_safe
@public(reason="People may read what is kept about them before they have an account.")
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, who sees it, and for how long."""
    return render(request, "allies/privacy.html")
