"""What the pages about one meeting share: finding it, saying that a form needs mending, telling what was refused."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from allies.policies import is_withheld
from meetings.models import AgendaItem, Meeting
from meetings.policies import check_can_write_notes


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, with its body, where the reader may see it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)


def meeting_to_write(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, where the reader may also write its notes. Raises Refused."""
    meeting = meeting_or_404(request, pk)
    check_can_write_notes(request.user, meeting)
    return meeting


def item_to_write(request: HttpRequest, pk: int, number: int) -> AgendaItem:
    """The item at a place of the agenda, counted from 1, where the reader may write it. Raises Refused."""
    meeting = meeting_to_write(request, pk)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
    if not 0 < number <= len(items):
        raise Http404
    item = items[number - 1]
    if is_withheld(item, request.user):
        raise Http404
    item.meeting = meeting
    return item


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form: 422 where what came in needs mending."""
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def refused(request: HttpRequest, error: Exception, meeting: Meeting) -> HttpResponse:
    """Back to the meeting, with the sentence that says why nothing was done."""
    messages.warning(request, str(error))
    return redirect(meeting)
