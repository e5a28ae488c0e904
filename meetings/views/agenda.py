"""The agenda of a meeting, and the notes of its items."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from allies.access import requires
from allies.powers import Permission
from meetings import agenda as standing
from meetings.forms.agenda import ItemForm, ItemNotesForm, initial_of
from meetings.models import Meeting, RevisionOutcome
from meetings.models.cases import cases_of, with_cases
from meetings.models.in_full import items_of
from meetings.notes.lines import parse_lines
from meetings.points import blocks
from meetings.services import agenda_items
from meetings.services.agenda_items import ItemRefused
from meetings.services.minutes import NotesRefused
from meetings.views.finding import form_page, item_to_write, meeting_to_write, refused

MOVES = {"up": -1, "down": 1}


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The items with their buttons, and a form for one more."""
    meeting = meeting_to_write(request, pk)
    form = ItemForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            agenda_items.add_item(by=request.user, meeting=meeting, words=form.words())
        except ItemRefused as error:
            form.add_error("title", str(error))
        else:
            return _back(meeting)
    items = items_of(meeting, request.user)
    times = standing.timetable(meeting.starts, [item.minutes for item in items])
    for number, (item, at) in enumerate(zip(items, times, strict=True), 1):
        item.number, item.at = number, at
    cases = cases_of(with_cases(Meeting.objects.filter(pk=meeting.pk), request.user).get())
    context = {"meeting": meeting, "items": items, "cases": cases, "form": form}
    return form_page(request, "meetings/agenda.html", context)


@requires(Permission.READ_RECORD)
@require_POST
def move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Move an item up or down by one."""
    item = item_to_write(request, pk, number)
    agenda_items.move_item(by=request.user, item=item, places=MOVES.get(request.POST.get("to", ""), 0))
    return _back(item.meeting)


@requires(Permission.READ_RECORD)
@require_POST
def remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = item_to_write(request, pk, number)
    try:
        agenda_items.remove_item(by=request.user, item=item)
    except ItemRefused as error:
        return refused(request, error, item.meeting)
    return _back(item.meeting)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def item_words(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What the agenda says of an item."""
    item = item_to_write(request, pk, number)
    form = ItemForm(request.POST or None, initial=initial_of(item), actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            agenda_items.change_item(by=request.user, item=item, words=form.words())
        except ItemRefused as error:
            form.add_error("title", str(error))
        else:
            return _back(item.meeting)
    return form_page(
        request, "meetings/item_words.html", {"meeting": item.meeting, "item": item, "form": form}
    )


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def item_notes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The notes of an item, as typed, and how they read."""
    item = item_to_write(request, pk, number)
    form = ItemNotesForm(request.POST or None, initial={"notes": item.notes, "base": max(item.version, 0)})
    if request.method == "POST" and form.is_valid():
        try:
            kept = agenda_items.write_item_notes(by=request.user, item=item, **form.cleaned_data)
        except NotesRefused as error:
            form.add_error("notes", str(error))
        else:
            if kept.outcome is RevisionOutcome.CONFLICT:
                return redirect("meetings:both_versions", pk, item.pk, kept.kept)
            return redirect(reverse("meetings:item", args=[pk, number]) + "#as-it-reads")
    context = {
        "meeting": item.meeting,
        "item": item,
        "number": number,
        "form": form,
        "blocks": blocks(parse_lines(item.notes)),
    }
    return form_page(request, "meetings/item.html", context)


def _back(meeting: Meeting) -> HttpResponse:
    return redirect("meetings:agenda", meeting.pk)
