"""Who is here, with one press each; what they did, when they came and went; and guests."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from allies.access import requires
from allies.models import Person
from allies.policies import is_withheld
from allies.powers import Permission
from meetings.forms.workspace import GuestByNameForm, TimesForm
from meetings.models import AgendaItem, Attendance, CapacityKind, Meeting
from meetings.services import at_the_meeting
from meetings.services.recording import RecordRefused
from meetings.views.finding import meeting_to_write
from meetings.views.workspace.finding import back_to, number_asked, part, space_to_write
from meetings.views.workspace.roles import roles
from meetings.views.workspace.showing import attendance_context, workspace_context


@requires(Permission.READ_RECORD)
@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """What one press says of somebody: here, apologies, absent (`who`, `presence`), or what they did (`kind`).

    `who`, `did` and `did_not` are "row-<id>" or "person-<id>"; the same press again takes back what was said.
    """
    meeting = meeting_to_write(request, pk)
    said = request.POST
    written = said.get("who") or said.get("did") or said.get("did_not") or ""
    try:
        whom = _whom(meeting, written)
        if "kind" in said:
            at_the_meeting.say_capacity(
                by=request.user, meeting=meeting, kind=said["kind"], did="did" in said, **whom
            )
        else:
            presence = said.get("presence", "")
            at_the_meeting.say_presence(by=request.user, meeting=meeting, presence=presence, **whom)
    except RecordRefused as error:
        return _after(request, pk, problem=str(error))
    return _after(request, pk)


def _whom(meeting: Meeting, written: str) -> dict[str, Any]:
    """The row of the list, or the person, that a press means. Raises RecordRefused, Http404."""
    kind, _, number = written.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 12) or kind not in {"row", "person"}:
        raise RecordRefused("Say whom you mean")
    if kind == "row":
        return {"attendance": get_object_or_404(Attendance, pk=number, meeting=meeting)}
    return {"person": get_object_or_404(Person, pk=number)}


@requires(Permission.READ_RECORD)
@require_POST
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who is here, by typing a name."""
    meeting = meeting_to_write(request, pk)
    form = GuestByNameForm(request.POST, prefix="guest")
    if form.is_valid():
        kinds = [CapacityKind.GUEST] if form.cleaned_data["guest"] else []
        try:
            at_the_meeting.add_guest(
                by=request.user, meeting=meeting, name=form.cleaned_data["name"], capacities=kinds
            )
        except RecordRefused as error:
            form.add_error("name", str(error))
        else:
            return _after(request, pk)
    return _after(request, pk, guest_form=form)


@requires(Permission.READ_RECORD)
@require_POST
def times(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    """What somebody did, when they came and went, and whether they are out for the open item."""
    meeting = meeting_to_write(request, pk)
    row = get_object_or_404(Attendance.objects.select_related("person"), pk=attendance, meeting=meeting)
    row.meeting = meeting
    form = TimesForm(request.POST, prefix=f"row-{row.pk}", auto_id=f"id_row-{row.pk}-%s")
    if not form.is_valid():
        return _after(request, pk, form_of=(row.pk, form))
    typed = form.cleaned_data
    try:
        at_the_meeting.say_times(
            by=request.user,
            attendance=row,
            capacities=typed["capacities"],
            arrived=typed["arrived"],
            left=typed["left"],
        )
        number = number_asked(request)
        items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
        if number and number <= len(items) and not is_withheld(items[number - 1], request.user):
            at_the_meeting.say_out(
                by=request.user,
                attendance=row,
                item=items[number - 1],
                out=bool(typed["out"] or typed["out_left"] or typed["out_back"]),
                left=typed["out_left"],
                back=typed["out_back"],
            )
    except RecordRefused as error:
        form.add_error(None, str(error))
        return _after(request, pk, form_of=(row.pk, form))
    return _after(request, pk)


def _after(
    request: HttpRequest,
    pk: int,
    *,
    problem: str = "",
    guest_form: GuestByNameForm | None = None,
    form_of: tuple[int, TimesForm] | None = None,
) -> HttpResponse:
    """Back to the list, or the part alone under htmx; with what needs mending, if anything does."""
    wrong = bool(problem or guest_form or form_of)
    if not wrong and not request.htmx:
        return back_to(pk, number_asked(request), "attendance")
    space = space_to_write(request, pk)
    context = {"space": space, "meeting": space.meeting, "number": space.number, "item": space.item}
    context |= attendance_context(space)
    context["roles"] = roles(space, context["rows"], request.user)
    if guest_form is not None:
        context["guest_form"] = guest_form
    for row in context["rows"]:
        if form_of is not None and row.pk == form_of[0]:
            row.form = form_of[1]
    context["attendance_problem"] = problem
    if request.htmx:
        response = part(request, "attendance", context | {"oob": True}, status=422 if wrong else 200)
        return trigger_client_event(response, "attended")
    return _page(
        request, pk, **{name: context[name] for name in ("rows", "guest_form", "attendance_problem")}
    )


def _page(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    context = workspace_context(request, space_to_write(request, pk))
    return part(request, "page", context | more, status=422)
