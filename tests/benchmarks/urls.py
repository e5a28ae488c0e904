"""The site, with a bare view beside it: the same rows read and rendered, and nothing else."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from actions.models import Action
from allies.access import requires
from allies.powers import Permission


@requires(Permission.READ_RECORD)
def bare(request: HttpRequest) -> HttpResponse:
    """The fifty open actions that the list begins with, and all that its rows say, in the site's own frame."""
    actions = Action.objects.visible_to(request.user).open().with_owners()
    rows = actions.order_by(F("due_on").asc(nulls_last=True), "pk")[:50]
    return render(request, "bare.html", {"actions": rows})


urlpatterns = [path("bare/", bare), path("", include("allies.urls"))]
