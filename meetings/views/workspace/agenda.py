"""The agenda while the meeting goes on: one more item, up or down, another name, left out; and what was decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from allies.access import requires
from allies.powers import Permission
from meetings.forms.agenda import ItemForm, initial_of
from meetings.forms.workspace import DecidedForm, ItemTitleForm
from meetings.models import AgendaItem, Decision
from meetings.policies import check_can_write_notes
from meetings.services import agenda_items, answering, recording
from meetings.services.agenda_items import ItemRefused, ItemWords
from meetings.services.answering import AnswerRefused
from meetings.services.at_the_meeting import skip_item
from meetings.services.recording import RecordRefused
from meetings.views.finding import meeting_to_write
from meetings.views.workspace.finding import (
    back_to,
    item_by_id,
    number_asked,
    number_of,
    part,
    space_to_write,
)
from meetings.views.workspace.showing import workspace_context

MOVES = {"up": -1, "down": 1}


@requires(Permission.READ_RECORD)
@require_POST
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One more item, which is open then."""
    meeting = meeting_to_write(request, pk)
    form = ItemTitleForm(request.POST)
    if form.is_valid():
        try:
            item = agenda_items.add_item(
                by=request.user, meeting=meeting, words=ItemWords(form.cleaned_data["title"])
            )
        except ItemRefused as error:
            form.add_error("title", str(error))
        else:
            return back_to(pk, number_of(item))
    context = workspace_context(request, space_to_write(request, pk))
    return part(request, "page", context | {"new_item": form}, status=422)


@requires(Permission.READ_RECORD)
@require_POST
def move_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One place up or down; it stays open."""
    found = item_by_id(request, pk, item)
    agenda_items.move_item(by=request.user, item=found, places=MOVES.get(request.POST.get("to", ""), 0))
    return back_to(pk, number_of(found), "agenda")


@requires(Permission.READ_RECORD)
@require_POST
def skip(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Left out at the meeting, or taken after all."""
    found = item_by_id(request, pk, item)
    skip_item(by=request.user, item=found, skipped=request.POST.get("skipped") == "1")
    return back_to(pk, number_of(found))


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def item_words(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What the agenda says of an item: its name, purpose, presenters, and what it is about."""
    found = item_by_id(request, pk, item)
    posted = request.method == "POST"
    form = ItemForm(request.POST if posted else None, initial=initial_of(found), actor=request.user)
    if posted and form.is_valid():
        try:
            agenda_items.change_item(by=request.user, item=found, words=form.words())
        except ItemRefused as error:
            form.add_error("title", str(error))
        else:
            return _changed(request, found)
    status = 422 if posted else 200
    if request.htmx and not posted:
        return part(request, "item_words", {"meeting": found.meeting, "item": found, "item_form": form})
    context = workspace_context(request, space_to_write(request, pk, number_of(found)))
    name = "item_head" if request.htmx else "page"
    return part(request, name, context | {"item_form": form}, status=status)


def _changed(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """The head of the item as it is now, and the agenda beside it; the notes are left alone."""
    number = number_of(item)
    if not request.htmx:
        return back_to(item.meeting_id, number)
    context = workspace_context(request, space_to_write(request, item.meeting_id, number))
    return part(request, "item_head", context | {"oob": True})


@requires(Permission.READ_RECORD)
@require_POST
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """A decision that no line of the notes is marked with."""
    found = item_by_id(request, pk, item)
    form = DecidedForm(request.POST, prefix="decided")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            recording.record_decision(
                by=request.user,
                meeting=found.meeting,
                text=typed["text"],
                kind=answering.kind_of(typed["reached"]),
                reached=typed["reached"],
                item=found,
                votes=form.votes(),
            )
        except RecordRefused as error:
            form.add_error(error.field, str(error))
        else:
            return _decided(request, pk, number_of(found))
    space = space_to_write(request, pk, number_of(found))
    context = workspace_context(request, space) | {"decided_form": form}
    return part(request, "decisions" if request.htmx else "page", context, status=422)


@requires(Permission.READ_RECORD)
@require_POST
def change_decision(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """Put a decision of this meeting right."""
    found = get_object_or_404(
        Decision.objects.visible_to(request.user).standing().select_related("meeting__body"),
        pk=decision,
        meeting=pk,
    )
    check_can_write_notes(request.user, found.meeting)
    form = DecidedForm(request.POST, prefix=f"decision-{found.pk}")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            answering.change_the_decision(
                by=request.user,
                decision=found,
                words=typed["text"],
                reached=typed["reached"],
                votes=form.votes(),
            )
        except AnswerRefused as error:
            form.add_error("text", str(error))
        else:
            return _decided(request, pk, number_asked(request))
    context = workspace_context(request, space_to_write(request, pk))
    for row in context["decisions"]:
        row.form = form if row.pk == found.pk else row.form
    return part(request, "decisions" if request.htmx else "page", context, status=422)


def _decided(request: HttpRequest, pk: int, number: int | None) -> HttpResponse:
    """The decisions as they are now; under htmx, what is picked up beside the notes asks anew, too."""
    if not request.htmx:
        return back_to(pk, number, "decisions")
    context = workspace_context(request, space_to_write(request, pk, number))
    return trigger_client_event(part(request, "decisions", context | {"oob": True}), "notes-saved")
