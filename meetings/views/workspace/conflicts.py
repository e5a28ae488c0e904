"""Conflicts of interest while the meeting goes on: everybody's answer, what touches an item, who chairs it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from allies.access import requires
from allies.interests import Handling as How
from allies.models import Declaration, Interest
from allies.powers import Permission
from meetings.forms.conflicts import ChairForm, HandlingForm, SomebodyElseForm
from meetings.models import AgendaItem, Attendance, Handling
from meetings.models.declared import read_interests
from meetings.models.workspace import Workspace
from meetings.services import handling, moving
from meetings.services.agenda_items import ItemRefused
from meetings.services.recording import RecordRefused
from meetings.views.answering_interests import press
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
from meetings.views.workspace.touched import answers_context, deciders_of, whom_of


@requires(Permission.READ_RECORD)
@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody had anything to declare; or one person's answer: none, what, not asked after all."""
    pressed = press(request, meeting_to_write(request, pk))
    if pressed.is_done and not request.htmx:
        return back_to(pk, number_asked(request), "interests")
    space = space_to_write(request, pk)
    if not space.shows_interests or not space.reads_interests:
        space.interests = read_interests(request.user, space.meeting, every_entry=True)
    context = workspace_context(request, space)
    context |= answers_context(space.meeting, space.attendance, space.items, space.interests)
    context["interests_problem"] = pressed.problem
    for row in context.get("answering", []):
        if row.pk == pressed.row:
            row.declares = pressed.form
    status = 200 if pressed.is_done else 422
    return part(request, "interests" if request.htmx else "page", context, status=status)


@requires(Permission.READ_RECORD)
@require_POST
def touching(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Record what somebody declares on the open item, and how it is handled: `key` says whose."""
    found = item_by_id(request, pk, item)
    key = request.POST.get("key", "")
    space = space_to_write(request, pk, number_of(found))
    if key == "else":
        form: HandlingForm = SomebodyElseForm(
            request.POST,
            prefix="else",
            auto_id="id_else-%s",
            people=whom_of(space),
            deciders=deciders_of(space),
        )
    else:
        form = HandlingForm(request.POST, prefix=key, auto_id=f"id_{key}-%s", deciders=deciders_of(space))
    if form.is_valid():
        try:
            _record(request, space, found, key, form)
        except RecordRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _item_part(request, found)
    context = workspace_context(request, space)
    if key == "else":
        context["touched_form"] = form
    for touch in context["touches"]:
        if touch.key == key:
            touch.form = form
    return part(request, "touching" if request.htmx else "page", context, status=422)


def _record(request: HttpRequest, space: Workspace, item: AgendaItem, key: str, form: HandlingForm) -> None:
    """The declaration, unless it was made already, and its handling at the item: both or neither."""
    typed = form.cleaned_data
    decided_by = space.everyone.people.get(typed["decided_by"]) if typed["decided_by"] else None
    handling.declare_and_handle(
        by=request.user,
        item=item,
        declaring=_what(request, space, item, key, form),
        how=How(typed["how"]),
        reason=typed["reason"],
        decided_by=decided_by,
        left=typed["left"],
        back=typed["back"],
    )


def _what(
    request: HttpRequest, space: Workspace, item: AgendaItem, key: str, form: HandlingForm
) -> handling.Declaring:
    """What a form speaks of: an entry of the register, a declaration, one made before, or new words."""
    kind, _, written = key.partition("-")
    if kind == "else":
        who, _, number = form.cleaned_data["who"].partition("-")
        if who == "row":
            row = get_object_or_404(
                Attendance.objects.select_related("person"), pk=number, meeting=item.meeting
            )
            return handling.Declaring(attendance=row, words=form.cleaned_data["words"])
        return handling.Declaring(person=space.everyone.people[int(number)], words=form.cleaned_data["words"])
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise Http404
    if kind == "entry":
        seen = Interest.objects.visible_to(request.user).standing_on(item.meeting.date).values("pk")
        entry = get_object_or_404(Interest.objects.filter(pk__in=seen).select_related("person"), pk=written)
        return handling.Declaring(person=entry.person, interest=entry)
    declarations = (
        Declaration.objects.visible_to(request.user).standing().select_related("person", "interest")
    )
    if kind == "declared":
        made = declarations.filter(body=item.meeting.body_id, on=item.meeting.date)
        return handling.Declaring(declaration=get_object_or_404(made, pk=written))
    if kind == "earlier":
        earlier = get_object_or_404(declarations.filter(handlings__item=item.moved_from_id), pk=written)
        return handling.declared_again(earlier, item.meeting)
    raise Http404


@requires(Permission.READ_RECORD)
@require_POST
def came_back(request: HttpRequest, pk: int, handled: int) -> HttpResponse:
    """Whoever left for an item is back: now, while the meeting goes on."""
    found = _handling(request, pk, handled)
    try:
        handling.came_back(by=request.user, handling=found, at=handling.time_now_at(found.item.meeting))
    except RecordRefused as error:
        return _item_part(request, found.item, problem=str(error))
    return _item_part(request, found.item)


@requires(Permission.READ_RECORD)
@require_POST
def take_chair(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Who is in the chair for one item."""
    found = item_by_id(request, pk, item)
    space = space_to_write(request, pk, number_of(found))
    form = ChairForm(request.POST, auto_id="id_chair-%s", people=deciders_of(space))
    if form.is_valid():
        chosen = form.cleaned_data["chair"]
        try:
            handling.take_chair(
                by=request.user, item=found, person=space.everyone.people.get(chosen) if chosen else None
            )
        except RecordRefused as error:
            form.add_error("chair", str(error))
        else:
            return _item_part(request, found)
    context = workspace_context(request, space) | {"chair_form": form}
    return part(request, "touching" if request.htmx else "page", context, status=422)


@requires(Permission.READ_RECORD)
@require_POST
def move_to_next(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Put the open item on the agenda of the next meeting."""
    found = item_by_id(request, pk, item)
    try:
        moving.move_to_next_meeting(by=request.user, item=found)
    except ItemRefused as error:
        return _item_part(request, found, problem=str(error))
    return back_to(pk, number_of(found))


def _handling(request: HttpRequest, pk: int, handled: int) -> Handling:
    meeting_to_write(request, pk)
    rows = Handling.objects.visible_to(request.user).select_related(
        "declaration__person", "item__meeting__body", "withholding"
    )
    return get_object_or_404(rows, pk=handled, item__meeting=pk)


def _item_part(request: HttpRequest, item: AgendaItem, *, problem: str = "") -> HttpResponse:
    """Back to the item; under htmx the part about its interests alone. With what stands in the way, if anything."""
    number = number_of(item)
    if not request.htmx and not problem:
        return back_to(item.meeting_id, number, "item-interests")
    context: dict[str, Any] = workspace_context(request, space_to_write(request, item.meeting_id, number))
    context["touched_problem"] = problem
    name = "touching" if request.htmx else "page"
    return part(request, name, context, status=422 if problem else 200)
