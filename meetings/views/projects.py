"""The page of one project: everything that the record holds of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.models import Agreement
from allies.powers import Permission
from meetings.views.matters import matter_context
from risks.models.known import projects_with_parts


@requires(Permission.READ_RECORD)
@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a project: where it stands and why, partners and agreements, risks, views, interests, and its history."""
    found = get_object_or_404(projects_with_parts(request.user), pk=pk)
    parts = list(found.participations.all())
    context = matter_context(request, found, partners=[part.organisation for part in parts], parts=parts)
    return render(
        request,
        "meetings/project.html",
        context
        | {"project": found, "thing": found, "participations": parts, "clause": Agreement.VALUES_CLAUSE},
    )
