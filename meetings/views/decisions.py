"""`/decisions/`: every decision, decision apart from advice, the newest first."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.wording import day_in_words
from allies.access import requires
from allies.powers import Permission
from meetings.interests import took_no_part_words
from meetings.models import Decision, DecisionKind
from meetings.models.search import with_words, words_of
from meetings.models.taking_part import not_deciding_at

ON_A_PAGE = 50
KINDS = {"": "All", DecisionKind.DECISION: "Decisions", DecisionKind.ADVICE: "Advice"}


@require_safe
@requires(Permission.READ_RECORD)
def decisions(request: HttpRequest) -> HttpResponse:
    """Show them with their meeting and how each was reached; `?kind=` and `?q=` ask for some of them."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    words = words_of(request.GET.get("q", "")[:200])
    found = with_words(Decision.objects.visible_to(request.user), words, "text")
    if kind:
        found = found.filter(kind=kind)
    found = found.select_related("meeting__body").order_by("-meeting__date", "-meeting_id", "position", "pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    not_deciding = not_deciding_at(request.user, [one.item_id for one in page if one.item_id])
    for decision in page:
        decision.day_words = day_in_words(decision.meeting.date)
        decision.took_no_part = took_no_part_words(not_deciding.get(decision.item_id, []))
    context = {
        "page_obj": page,
        "kinds": [(key, name, _address(key, words), key == kind) for key, name in KINDS.items()],
        "kind": kind,
        "words": " ".join(words),
    }
    return render(request, "meetings/decisions.html", context)


def _address(kind: str, words: list[str]) -> str:
    asked = {name: value for name, value in (("kind", kind), ("q", " ".join(words))) if value}
    return reverse("decisions") + (f"?{urlencode(asked)}" if asked else "")
