"""The page of one organisation: everything that the record holds of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.models import Agreement, Organisation, Participation
from allies.powers import Permission
from meetings.views.matters import matter_context
from risks.models.known import with_concerns


@requires(Permission.READ_RECORD)
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation: its parts in projects, where it stands, risks, views, interests, and its history."""
    found = get_object_or_404(
        with_concerns(Organisation.objects.visible_to(request.user), request.user), pk=pk
    )
    parts = Participation.objects.visible_to(request.user).filter(organisation=found)
    context = matter_context(request, found, partners=[], parts=[])
    return render(
        request,
        "meetings/organisation.html",
        context
        | {
            "organisation": found,
            "thing": found,
            "participations": list(parts.select_related("project")),
            "clause": Agreement.VALUES_CLAUSE,
        },
    )
