"""The way of a meeting's notes: where they stand, the next step, what went out, and the corrections."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.wording import day_in_words
from allies import clock
from allies.access import requires
from allies.models import Person
from allies.powers import Permission
from meetings import policies
from meetings.forms.circulating import AddendumForm, ApproveForm, ReopenForm
from meetings.models import Capacity, CapacityKind, Meeting, NotesVersion, Stage
from meetings.models.circulation import circulation_of, meetings_that_can_approve
from meetings.models.seen_frozen import as_seen
from meetings.services import approving, circulating
from meetings.services.approving import Approving
from meetings.services.circulating import StepRefused
from meetings.stages import Step, way
from meetings.views.finding import form_page, meeting_or_404
from meetings.views.frozen_showing import frozen_context

type Ways = dict[str, Any]


@requires(Permission.READ_RECORD)
@require_safe
def circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the notes stand, and what can be done next."""
    meeting = _held_or_404(request, pk)
    found = circulation_of(meeting, request.user)
    keeps = policies.can_keep_notes(request.user, meeting)
    can_approve_at = [one for one in found.can_approve if policies.can_record_approval(request.user, one)]
    context = {
        "meeting": meeting,
        "found": found,
        "day_words": day_in_words(meeting.date),
        "keeps": keeps,
        "can_suggest": found.is_open(clock.today()) and policies.can_suggest(request.user, meeting)
        if meeting.stage == Stage.CIRCULATED
        else False,
        "may_always_suggest": policies.can_plan(request.user, meeting.body_id),
        "can_approve_at": can_approve_at,
        "can_add": meeting.stage == Stage.SEALED and policies.can_add_to_notes(request.user, meeting),
        "ways": {step.value: way(step) for step in Step},
        "closed": bool(found.closes and clock.today() > found.closes),
    }
    return render(request, "meetings/circulation.html", context)


@requires(Permission.READ_RECORD)
@require_POST
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the notes, send them round, and ask those who were there."""
    meeting = _held_or_404(request, pk)
    try:
        circulating.circulate(by=request.user, meeting=meeting)
    except StepRefused as error:
        messages.warning(request, str(error))
        return redirect("meetings:circulation", pk)
    meeting.refresh_from_db(fields=["stage", "circulated_on"])
    address = request.build_absolute_uri(reverse("meetings:circulation", args=[pk]))
    asked = circulating.ask_those_there(by=request.user, meeting=meeting, address=address)
    messages.success(request, _asked_in_words(asked))
    return redirect("meetings:circulation", pk)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Make circulated notes a draft again, with the reason."""
    meeting = _held_or_404(request, pk)
    policies.check_can_keep_notes(request.user, meeting)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            circulating.reopen(by=request.user, meeting=meeting, reason=form.cleaned_data["reason"])
        except StepRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("meetings:circulation", pk)
    context = {"meeting": meeting, "form": form, "step": way(Step.REOPEN), "button": "Reopen the notes"}
    return form_page(request, "meetings/step.html", context)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a later meeting approved these notes, which seals them."""
    meeting = _held_or_404(request, pk)
    able = meetings_that_can_approve(meeting)
    theirs = [one for one in able if policies.can_record_approval(request.user, one)]
    if not theirs:
        policies.check_can_add_to_notes(request.user, meeting)
    people = Person.objects.filter(attendance__meeting__in=theirs).distinct().order_by("full_name", "pk")
    chaired = Capacity.objects.filter(kind=CapacityKind.CHAIR, attendance__meeting__in=theirs[:1])
    # Where two chaired it, whoever of them records it means themself.
    own_first = Case(When(attendance__person=request.user.person_id, then=0), default=1)
    form = ApproveForm(
        request.POST or None,
        meetings=Meeting.objects.filter(pk__in=[one.pk for one in theirs]).select_related("body"),
        people=people,
        initial={
            "at_meeting": theirs[0].pk if theirs else None,
            "chaired_by": chaired.order_by(own_first, "pk")
            .values_list("attendance__person", flat=True)
            .first(),
        },
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        said = Approving(typed["chaired_by"], typed["chaired_by_name"], typed["changes"].splitlines())
        try:
            approving.seal(by=request.user, meeting=meeting, at_meeting=typed["at_meeting"], said=said)
        except StepRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("meetings:circulation", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "step": way(Step.SEAL),
        "button": "Record the approval",
        "nothing": "" if theirs else "No later meeting of this group has begun its notes yet.",
    }
    return form_page(request, "meetings/step.html", context)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a dated addendum below sealed notes."""
    meeting = _held_or_404(request, pk)
    policies.check_can_add_to_notes(request.user, meeting)
    items = meeting.items.visible_to(request.user).order_by("position", "pk")
    form = AddendumForm(request.POST or None, items=list(items.values_list("pk", "title")))
    if request.method == "POST" and form.is_valid():
        item = items.filter(pk=form.cleaned_data["item"]).first() if form.cleaned_data["item"] else None
        try:
            approving.add_to_notes(
                by=request.user, meeting=meeting, words=form.cleaned_data["words"], item=item
            )
        except StepRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "step": way(Step.ADD), "button": "Add it"}
    return form_page(request, "meetings/step.html", context)


@requires(Permission.READ_RECORD)
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was frozen, as far as the reader may see it."""
    versions = NotesVersion.objects.visible_to(request.user).select_related("meeting__body")
    found = get_object_or_404(versions, meeting=pk, number=number)
    frozen = as_seen(request.user, found)
    context = {
        "meeting": found.meeting,
        "version": found,
        "by": found.content["made_by"]["name"],
        **frozen_context(frozen),
    }
    return render(request, "meetings/version.html", context)


def _held_or_404(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_or_404(request, pk)
    if not meeting.is_held:
        raise Http404
    return meeting


def _asked_in_words(asked: Any) -> str:
    """Who was written to, in a sentence or three."""
    count = len(asked.written_to)
    who = {0: "Nobody who was", 1: "One person who was"}.get(count, f"{count} people who were")
    said = [f"{who} there will get an email."]
    if asked.without_address:
        names = ", ".join(map(str, asked.without_address))
        said.append(f"There is no address for {names}.")
    if asked.not_sent:
        names = ", ".join(map(str, asked.not_sent))
        said.append(f"The message to {names} could not be sent.")
    return " ".join(said)
