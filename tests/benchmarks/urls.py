"""The site, with a bare view beside it: the same rows read and rendered, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from actions.models import Action
from allies.access import requires
from allies.powers import Permission


@requires(Permission.READ_RECORD)
def bare(request: HttpRequest) -> HttpResponse:
    """Fifty open actions with their owners, in the site's own frame."""
    actions = Action.objects.visible_to(request.user).open().with_owners().order_by("pk")[:50]
    return render(request, "bare.html", {"actions": actions})


urlpatterns = [path("bare/", bare), path("", include("allies.urls"))]
