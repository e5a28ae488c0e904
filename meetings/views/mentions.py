"""Where the notes spoke of one action, in which words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.models import Action
from allies.access import requires
from allies.powers import Permission
from meetings.models import Mention
from meetings.models.in_full import points_of


@requires(Permission.READ_RECORD)
@require_safe
def mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """Each mention with its meeting, place, wording, owners and deadline as written there, the earliest first."""
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    found = (
        Mention.objects.visible_to(request.user)
        .filter(action=action)
        .select_related("meeting__body", "item")
        .order_by("meeting__date", "meeting__pk", "place", "position")
    )
    for mention in found:
        mention.points = points_of(mention)
    return render(request, "meetings/mentions.html", {"action": action, "mentions": found})
