"""What the views of the workspace share: finding the meeting and the item, and going back to where one was."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from meetings.models import AgendaItem, Meeting, Mention
from meetings.models.workspace import Workspace, meeting_at_hand, read_workspace
from meetings.policies import check_can_write_notes


def space_to_write(request: HttpRequest, pk: int, number: int | None = None) -> Workspace:
    """The whole workspace with one item open, for somebody who may write it. Raises Refused, Http404."""
    try:
        meeting, announced, attendance = meeting_at_hand(request.user, pk)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    check_can_write_notes(request.user, meeting)
    return read_workspace(request.user, meeting, announced, attendance, number or number_asked(request))


def item_by_id(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    """An item of a meeting by its id, for somebody who may write it. Raises Refused, Http404."""
    items = AgendaItem.objects.visible_to(request.user)
    found = get_object_or_404(items.select_related("meeting__body"), pk=item, meeting=pk)
    check_can_write_notes(request.user, found.meeting)
    return found


def mention_by_id(request: HttpRequest, pk: int, mention: int) -> Mention:
    """A marked line of a meeting's notes, for somebody who may write it. Raises Refused, Http404."""
    mentions = Mention.objects.visible_to(request.user).in_notes()
    found = get_object_or_404(
        mentions.select_related("meeting__body", "item", "action", "decision"), pk=mention, meeting=pk
    )
    check_can_write_notes(request.user, found.meeting)
    return found


def number_asked(request: HttpRequest) -> int | None:
    """The place of the item that a form or an address names with `item`, from 1."""
    written = request.POST.get("item") or request.GET.get("item") or ""
    return int(written) if written.isascii() and written.isdigit() and 0 < len(written) < 6 else None


def number_of(item: AgendaItem) -> int:
    """The place of an item on its agenda, from 1. One query."""
    earlier = AgendaItem.objects.filter(meeting=item.meeting_id).order_by("position", "pk")
    return list(earlier.values_list("pk", flat=True)).index(item.pk) + 1


def back_to(meeting_id: int, number: int | None = None, anchor: str = "item-title") -> HttpResponse:
    """To the workspace, with the same item open, at a place on the page: the item itself if none is named."""
    address = reverse("meetings:workspace", args=[meeting_id])
    if number:
        address += f"?item={number}"
    return HttpResponseRedirect(f"{address}#{anchor}")


def part(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A part of the workspace by itself, as htmx asks for it."""
    return render(request, f"meetings/workspace/{name}.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
