"""Following along: what moved in the notes since somebody looked last. Unchanged, it answers with nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from allies.access import requires
from allies.powers import Permission
from meetings.models import AgendaItem, LiveNotes, Meeting
from meetings.notes.lines import parse_lines
from meetings.points import blocks

STOP = 286  # htmx asks no more


@requires(Permission.READ_RECORD)
@never_cache
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """204 without a body when nothing moved (one query beyond the sign-in); else the items that did, each by its id."""
    visible = Meeting.objects.visible_to(request.user)
    notes = LiveNotes.objects.filter(meeting_id=pk, meeting__in=visible).first()
    if notes is None:
        raise Http404
    if not notes.followed:
        return HttpResponse(status=STOP)
    seen = _seen(request)
    if seen == notes.revision:
        return HttpResponse(status=204)
    items = list(AgendaItem.objects.filter(meeting_id=pk, moved__gt=seen).order_by("position", "pk"))
    for item in items:
        item.blocks = blocks(parse_lines(item.notes))  # type: ignore[attr-defined]
    context = {"meeting_pk": pk, "seen": notes.revision, "items": items}
    return render(request, "meetings/workspace/live.html", context)


def _seen(request: HttpRequest) -> int:
    written = request.GET.get("seen", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
