"""Following along: what moved in the notes since somebody looked last. Unchanged, it answers with nothing.

The line that is being typed is shown as it was left last (`meetings/notes/unfinished.py`). Whoever was sent notes
like that says so with the next question (`held`: which items, `until`: from when on), so that the line is sent as it
is once it counts as finished, though nothing else moved.
"""

from collections.abc import Iterable
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
from meetings.models.workspace import last_saves, last_states
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
    items = [item for item in rows.values() if item.moved > seen or item.pk in held]
    for item in items:
        item.blocks = blocks(parse_lines(item.notes))  # type: ignore[attr-defined]
    context = {"meeting_pk": pk, "seen": notes.revision, "items": items, **hold_back(pk, rows.values(), now)}
    return render(request, "meetings/workspace/live.html", context)


def hold_back(meeting_pk: int, items: Iterable[AgendaItem], now: datetime) -> dict[str, Any]:
    """Show the line that is being typed in any of these items as it was left last, in their `blocks`.

    Gives what the part says for the next question: in which items that is so, and until when.
    """
    shown = {item.pk: item for item in items}
    typed = {pk: until for pk, until in being_typed(last_saves(meeting_pk), now=now).items() if pk in shown}
    held = {}
    for pk, states in last_states(typed).items():
        words = finished_lines(states)
        if words != shown[pk].notes:
            shown[pk].blocks = blocks(parse_lines(words))  # type: ignore[attr-defined]
            held[pk] = typed[pk].timestamp()
    if not held:
        return {"held": "", "until": 0}
    return {"held": ",".join(map(str, sorted(held))), "until": int(min(held.values())) + 1}


def _number(request: HttpRequest, name: str) -> int:
    written = request.GET.get(name, "")
    return int(written) if _is_number(written) else 0


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 12
