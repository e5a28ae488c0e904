"""Planning a meeting, moving it, calling it off, beginning its notes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from allies.access import requires
from allies.powers import Permission
from meetings.forms.planning import ArrangementsForm, CallOffForm, PlanForm, initial_from, initial_of
from meetings.models import Meeting
from meetings.policies import check_can_plan
from meetings.services import inviting, planning
from meetings.services.planning import MeetingRefused
from meetings.views.finding import form_page, meeting_or_404, meeting_to_write, refused


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new meeting; `?announced=` fills in what earlier notes announce."""
    form = PlanForm(request.POST or None, actor=request.user)
    announced = form.fields["announced"].queryset.filter(pk=_number(request.GET.get("announced"))).first()
    if announced and request.method == "GET":
        form.initial = initial_from(announced)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            meeting = planning.plan_meeting(
                by=request.user,
                body=typed["body"],
                arrangements=form.arrangements(),
                announced=typed["announced"],
                with_standing_items=typed["standing_items"],
            )
        except MeetingRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect(meeting)
    return form_page(request, "meetings/plan.html", {"form": form, "announced": announced})


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """When and where a meeting is."""
    meeting = meeting_or_404(request, pk)
    check_can_plan(request.user, meeting.body_id)
    form = ArrangementsForm(request.POST or None, initial=initial_of(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            changed = planning.change_meeting(
                by=request.user, meeting=meeting, arrangements=form.arrangements()
            )
        except MeetingRefused as error:
            form.add_error(error.field, str(error))
        else:
            if changed and "tell" in request.POST:
                _tell(request, meeting)
            return redirect(meeting)
    return form_page(request, "meetings/change.html", {"form": form, "meeting": meeting})


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a meeting will not take place."""
    meeting = meeting_or_404(request, pk)
    check_can_plan(request.user, meeting.body_id)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.call_off(by=request.user, meeting=meeting, reason=form.cleaned_data["reason"])
        except MeetingRefused as error:
            form.add_error(error.field, str(error))
        else:
            if "tell" in request.POST:
                _tell(request, meeting)
            return redirect(meeting)
    return form_page(request, "meetings/call_off.html", {"form": form, "meeting": meeting})


@requires(Permission.READ_RECORD)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the meeting is being held."""
    meeting = meeting_to_write(request, pk)
    try:
        planning.begin_notes(by=request.user, meeting=meeting)
    except MeetingRefused as error:
        return refused(request, error, meeting)
    return redirect(meeting)


def _tell(request: HttpRequest, meeting: Meeting) -> None:
    address = request.build_absolute_uri(meeting.get_absolute_url())
    told = inviting.tell_of_change(by=request.user, meeting=meeting, address=address)
    for person in (*told.without_address, *told.not_sent):
        messages.warning(request, f"{person} could not be told: tell them another way.")


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 10 else None
