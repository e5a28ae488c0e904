"""Following along: what moved in the notes since somebody looked last. Unchanged, it answers with nothing.

The line that is being typed is held back until it is finished (`meetings/notes/unfinished.py`). Whoever was sent
notes without it says so with the next question (`held`: which items, `until`: from when on), so that it is sent once
it counts as finished, though nothing else moved.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.powers import Permission
from meetings.models import AgendaItem, LiveNotes, Meeting
from meetings.models.workspace import last_saves
from meetings.notes.lines import parse_lines
from meetings.notes.unfinished import being_typed, finished_lines
from meetings.points import blocks

STOP = 286  # htmx asks no more
MANY = 100  # held items that one question may name


@requires(Permission.READ_RECORD)
@require_safe
@never_cache
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """204 without a body when nothing moved (one query beyond the sign-in); else the items that did, each by its id."""
    visible = Meeting.objects.visible_to(request.user)
    notes = LiveNotes.objects.filter(meeting_id=pk, meeting__in=visible).first()
    if notes is None:
        raise Http404
    if not notes.followed:
        return HttpResponse(status=STOP)
    seen, until, now = _number(request, "seen"), _number(request, "until"), clock.now()
    held = {int(one) for one in request.GET.get("held", "").split(",")[:MANY] if _is_number(one)}
    if seen == notes.revision and not (held and until <= now.timestamp()):
        return HttpResponse(status=204)
    visible_items = AgendaItem.objects.visible_to(request.user).filter(meeting_id=pk)
    rows = {item.pk: item for item in visible_items.order_by("position", "pk")}
    typed = {item: at for item, at in being_typed(last_saves(pk), now=now).items() if item in rows}
    items = [item for item in rows.values() if item.moved > seen or item.pk in held]
    for item in items:
        words = finished_lines(item.notes) if item.pk in typed else item.notes
        item.blocks = blocks(parse_lines(words))  # type: ignore[attr-defined]
    context = {"meeting_pk": pk, "seen": notes.revision, "items": items, **held_back(typed)}
    return render(request, "meetings/workspace/live.html", context)


def held_back(typed: dict[int, datetime]) -> dict[str, Any]:
    """What the part says for the next question: which items were sent without their last line, and until when."""
    if not typed:
        return {"held": "", "until": 0}
    first = min(moment.timestamp() for moment in typed.values())
    return {"held": ",".join(map(str, sorted(typed))), "until": int(first) + 1}


def _number(request: HttpRequest, name: str) -> int:
    written = request.GET.get(name, "")
    return int(written) if _is_number(written) else 0


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 12
