"""Writing down decisions, and the next meeting that the notes announce."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from allies.access import requires
from allies.powers import Permission
from meetings.forms.papers import WithdrawForm
from meetings.forms.recording import AnnouncementForm, DecisionForm
from meetings.models import Decision
from meetings.policies import check_can_write_notes
from meetings.services import recording
from meetings.services.recording import RecordRefused
from meetings.views.finding import form_page, meeting_to_write


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision, or a piece of advice."""
    meeting = meeting_to_write(request, pk)
    form = DecisionForm(request.POST or None, meeting=meeting, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            recording.record_decision(by=request.user, meeting=meeting, **form.cleaned_data)
        except RecordRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect(meeting)
    return form_page(request, "meetings/add_decision.html", {"meeting": meeting, "form": form})


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why something was not decided after all."""
    decisions = Decision.objects.visible_to(request.user).select_related("meeting__body")
    decision = get_object_or_404(decisions, pk=pk)
    check_can_write_notes(request.user, decision.meeting)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recording.withdraw_decision(
                by=request.user, decision=decision, reason=form.cleaned_data["reason"]
            )
        except RecordRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect(decision.meeting)
    context = {"form": form, "meeting": decision.meeting, "what": decision.text, "kind": "decision"}
    return form_page(request, "meetings/withdraw.html", context)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """The next meeting, in the words of these notes."""
    meeting = meeting_to_write(request, pk)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            recording.announce_next(
                by=request.user,
                meeting=meeting,
                as_written=typed["as_written"],
                day=form.day(),
                starts=typed["starts"],
                ends=typed["ends"],
            )
        except RecordRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect(meeting)
    return form_page(request, "meetings/announce.html", {"meeting": meeting, "form": form})
