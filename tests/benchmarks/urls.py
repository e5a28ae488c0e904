"""The site, with bare views beside it: the same rows read and rendered, or one small row written, and nothing else."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from actions.models import Action
from allies.access import requires
from allies.powers import Permission
from meetings.models import LiveNotes


@requires(Permission.READ_RECORD)
def bare(request: HttpRequest) -> HttpResponse:
    """The fifty open actions that the list begins with, and all that its rows say, in the site's own frame."""
    actions = Action.objects.visible_to(request.user).open().with_owners()
    rows = actions.order_by(F("due_on").asc(nulls_last=True), "pk")[:50]
    return render(request, "bare.html", {"actions": rows})


@requires(Permission.READ_RECORD)
@transaction.atomic
def one_small_write(request: HttpRequest, pk: int) -> HttpResponse:
    """One row is read and written, and nothing is rendered."""
    live, _ = LiveNotes.objects.get_or_create(meeting_id=pk)
    live.revision += 1
    live.save(update_fields=["revision"])
    return HttpResponse(status=204)


urlpatterns = [path("bare/", bare), path("bare/<int:pk>/", one_small_write), path("", include("allies.urls"))]
