"""Suggesting a correction to circulated notes, and answering one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from actions.models import Action
from allies.access import requires
from allies.models import Person
from allies.policies import can, check_not_withheld
from allies.powers import Permission
from meetings import policies
from meetings.forms.circulating import PLACES, AnswerForm, SuggestForm
from meetings.models import (
    AgendaItem,
    Correction,
    CorrectionKind,
    CorrectionPlace,
    CorrectionState,
    Meeting,
    NotesVersion,
    Stage,
)
from meetings.models.seen_frozen import Frozen, as_seen
from meetings.services import corrections
from meetings.services.circulating import StepRefused
from meetings.services.corrections import Suggested
from meetings.services.minutes import NotesRefused
from meetings.views.finding import form_page, meeting_or_404


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest other words for a line, or a statement to stand beside the notes."""
    meeting = meeting_or_404(request, pk)
    policies.check_can_suggest(request.user, meeting)
    version = NotesVersion.objects.filter(meeting=meeting).shown().first()
    if version is None:
        raise Http404
    frozen = as_seen(request.user, version)
    for_anyone = can(request.user, Permission.ANSWER_FOR_ANYONE, body=meeting.body_id)
    people = Person.objects.filter(attendance__meeting=meeting).distinct().order_by("full_name", "pk")
    form = SuggestForm(
        request.POST or None,
        places=_places(frozen, request),
        people=people if for_anyone else None,
        initial={"about": request.GET.get("about", "whole")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            corrections.suggest(
                by=request.user, meeting=meeting, suggested=_suggested(request, meeting, form.cleaned_data)
            )
        except StepRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("meetings:circulation", pk)
    return form_page(request, "meetings/suggest.html", {"meeting": meeting, "form": form})


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Accept a correction, or decline it with the reason."""
    meeting = meeting_or_404(request, pk)
    policies.check_can_keep_notes(request.user, meeting)
    found = get_object_or_404(
        Correction.objects.visible_to(request.user).select_related("item", "action", "person"),
        pk=correction,
        meeting=meeting,
    )
    check_not_withheld(request.user, found.item, found.action)
    found.meeting = meeting
    in_place = found.item if found.kind == CorrectionKind.CORRECTION else None
    form = AnswerForm(
        request.POST or None, with_notes=in_place is not None, initial=_as_it_would_read(found, in_place)
    )
    if request.method == "POST" and form.is_valid():
        typed, accepted = form.cleaned_data, request.POST.get("answer") == "accept"
        try:
            if accepted:
                corrections.accept(
                    by=request.user,
                    correction=found,
                    notes=typed.get("notes") if in_place else None,
                    base=typed.get("base") or 0,
                    reason=typed["reason"],
                )
            else:
                corrections.decline(by=request.user, correction=found, reason=typed["reason"])
        except StepRefused as error:
            form.add_error(error.field, str(error))
        except NotesRefused as error:
            form.add_error("notes" if in_place else None, str(error))
        else:
            return redirect("meetings:circulation", pk)
    context = {
        "meeting": meeting,
        "one": found,
        "form": form,
        "answered": found.state != CorrectionState.OPEN,
        "must_reopen": meeting.stage == Stage.CIRCULATED
        and found.kind == CorrectionKind.CORRECTION
        and in_place is None,
    }
    return form_page(request, "meetings/answer_correction.html", context)


def _places(frozen: Frozen, request: HttpRequest) -> list[tuple[str, Any]]:
    """What a correction can be about: the items and actions of the version that the reader sees, and the rest."""
    seen = set(
        AgendaItem.objects.visible_to(request.user)
        .filter(meeting=frozen.version.meeting_id)
        .values_list("pk", flat=True)
    )
    items = [(f"item-{one['item']}", one["title"]) for one in frozen.content["agenda"] if one["item"] in seen]
    actions = [(f"action-{one['action']}", one["text"]) for one in frozen.content["actions"] if one["action"]]
    groups: list[tuple[str, Any]] = [("Items", items)] if items else []
    if actions:
        groups.append(("Actions", actions))
    return [*PLACES, *groups]


def _suggested(request: HttpRequest, meeting: Meeting, typed: dict[str, Any]) -> Suggested:
    kind, _, pk = typed["about"].partition("-")
    item = action = None
    if kind == "item":
        item = get_object_or_404(AgendaItem.objects.visible_to(request.user), pk=pk, meeting=meeting)
    elif kind == "action":
        action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk, body=meeting.body_id)
    place = CorrectionPlace.ACTIONS if action else CorrectionPlace(kind)
    return Suggested(
        words=typed["words"],
        kind=CorrectionKind(typed["kind"]),
        place=place,
        item=item,
        action=action,
        line=typed["line"],
        person=typed.get("person"),
        name=typed.get("name") or "",
    )


def _as_it_would_read(correction: Correction, item: AgendaItem | None) -> dict[str, Any]:
    """The item's notes with the suggested words put in, where the line stands in them once; else as they are."""
    if item is None:
        return {}
    notes, line = item.notes, correction.line
    if line and notes.count(line) == 1:
        notes = notes.replace(line, correction.words)
    return {"notes": notes, "base": item.version}
