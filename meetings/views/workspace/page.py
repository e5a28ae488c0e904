"""The page for taking notes: the agenda at its side, one item open, and everything else of the meeting below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.notes.lines import parse_lines
from meetings.points import blocks
from meetings.views.workspace.finding import item_by_id, part, space_to_write
from meetings.views.workspace.showing import workspace_context


@requires(Permission.READ_RECORD)
@require_safe
@never_cache
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the notes of a meeting. Before they are begun, the page says so and offers to begin them."""
    space = space_to_write(request, pk)
    return render(request, "meetings/workspace/page.html", workspace_context(request, space))


@requires(Permission.READ_RECORD)
@require_safe
@never_cache
def as_it_reads(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """How the notes of an item will look."""
    found = item_by_id(request, pk, item)
    context = {"meeting": found.meeting, "item": found, "blocks": blocks(parse_lines(found.notes))}
    return part(request, "as_it_reads", context)
