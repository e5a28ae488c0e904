"""`/risks/<id>/`: one risk's life, with the meetings and decisions that spoke of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.models import AgendaItem, Decision
from risks.views.page import risk_context

# Of many meetings the newest are shown.
SHOWN = 20


@requires(Permission.READ_RECORD)
@require_safe
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a risk: how it stands, how it came to that, what is done about it, and where it was spoken of."""
    context = risk_context(request, pk)
    items = AgendaItem.objects.visible_to(request.user).filter(risk=pk).select_related("meeting__body")
    decisions = Decision.objects.visible_to(request.user).standing().filter(item__risk=pk)
    decided: dict[int | None, list[Decision]] = {}
    for decision in decisions.order_by("position", "pk"):
        decided.setdefault(decision.item_id, []).append(decision)
    spoken = [
        (item, decided.get(item.pk, []))
        for item in items.order_by("-meeting__date", "-meeting__pk", "position")[:SHOWN]
    ]
    return render(request, "risks/risk.html", context | {"spoken": spoken})
