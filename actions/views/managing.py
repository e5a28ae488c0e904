"""What the core team changes about an action: each thing on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from actions.deadlines import due_on
from actions.forms.managing import ChooseActionForm, DeadlineForm, OwnerFormSet, WordsForm, about_key
from actions.forms.updating import ReasonForm
from actions.models import Action
from actions.policies import check_can_manage_action
from actions.services import (
    change_about,
    change_deadline,
    change_owners,
    change_parent,
    change_words,
    merge,
    record_update,
)
from actions.statuses import Status
from actions.views.going_back import posted
from actions.wording import deadline_lines
from allies import clock
from allies.access import requires
from allies.models import Actor
from allies.powers import Permission

GET_AND_POST = ["GET", "HEAD", "POST"]
CANDIDATES = 20


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put its words right; the wording in each set of notes stays as it is."""
    action = _managed(request, pk)
    initial = {"text": action.text, "details": action.details, "about": about_key(action)}
    form = WordsForm(posted(request), initial=initial, actor=request.user)
    if form.is_valid():
        change_words(by=request.user, action=action, text=form.cleaned_data["text"], details=form.points())
        change_about(by=request.user, action=action, about=form.cleaned_data["about"])
        return _done(action)
    return _page(
        request, action, form, "Change its words", "The wording in each set of notes stays as it is."
    )


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a new deadline, after a look at how its words are read."""
    action = _managed(request, pk)
    today = clock.today()
    initial = {"words": action.deadline_words, "kind": action.deadline_kind, "day": action.deadline_date}
    form = DeadlineForm(posted(request), today=today, initial=initial)
    understood = None
    if form.is_valid():
        read = form.cleaned_data["deadline"]
        if request.POST.get("do") != "look":
            change_deadline(by=request.user, action=action, deadline=read, reason=form.cleaned_data["reason"])
            return _done(action)
        understood = _understood(action, read)
    context = {"action": action, "form": form, "understood": understood}
    return render(request, "actions/deadline.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def owners(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who carries it, in which order, and who leads."""
    action = _managed(request, pk)
    now = [
        {"who": key, "words": "" if key else owner.as_written, "role": owner.role}
        for owner in action.owners
        for key in [_owner_key(owner)]
    ]
    forms = OwnerFormSet(posted(request), initial=now, prefix="owners")
    if request.method == "POST" and forms.is_valid():
        written = {_owner_key(owner): owner.as_written for owner in action.owners}
        change_owners(by=request.user, action=action, owners=forms.owners(written))
        return _done(action)
    wrong = request.method == "POST"
    return render(
        request, "actions/owners.html", {"action": action, "forms": forms}, status=422 if wrong else 200
    )


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go, with the reason."""
    action = _managed(request, pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        record_update(by=request.user, action=action, status=Status.LET_GO, note=reason)
        return _done(action)
    return _page(request, action, form, "Let it go", "It stays in the record, with the reason.", "Let it go")


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed action again, with the reason."""
    action = _managed(request, pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        record_update(by=request.user, action=action, status=Status.TODO, note=form.cleaned_data["reason"])
        return _done(action)
    return _page(request, action, form, "Open it again", "It is to do again from today.", "Open it again")


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def merge_into(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it as the same as another."""

    def do(by: Actor, action: Action, other: Action, note: str) -> None:
        merge(by=by, action=action, into=other, note=note)

    title = "Merge it into another"
    return _choose(
        request, pk, do, title, "It closes; the other stays, and this page leads there.", "Merge it"
    )


@require_http_methods(GET_AND_POST)
@requires(Permission.UPDATE_ANY_ACTION)
def part_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it part of another."""

    def do(by: Actor, action: Action, other: Action, note: str) -> None:
        change_parent(by=by, action=action, parent=other)

    return _choose(
        request, pk, do, "Make it part of another", "It stands under the other.", "Make it part of it"
    )


@require_POST
@requires(Permission.UPDATE_ANY_ACTION)
def on_its_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it part of nothing."""
    action = _managed(request, pk)
    change_parent(by=request.user, action=action, parent=None)
    return _done(action)


def _choose(
    request: HttpRequest,
    pk: int,
    do: Callable[[Actor, Action, Action, str], None],
    title: str,
    lead: str,
    button: str,
) -> HttpResponse:
    action = _managed(request, pk)
    asked = request.GET.get("q", "")[:200]
    found = Action.objects.visible_to(request.user).exclude(pk=pk).filter(body=action.body_id)
    shown = _with_words(found.open(), asked)[:CANDIDATES]
    chosen = request.method == "POST"
    form = ChooseActionForm(request.POST if chosen else None, candidates=found if chosen else shown)
    if form.is_valid():
        try:
            do(request.user, action, form.cleaned_data["other"], form.cleaned_data["note"])
        except ValueError as error:
            form.add_error("other", str(error))
        else:
            return _done(action)
    form.fields["other"].queryset = shown
    context = {"action": action, "form": form, "title": title, "lead": lead, "button": button, "asked": asked}
    return render(request, "actions/choose.html", context, status=422 if form.errors else 200)


def _with_words(found: Any, asked: str) -> Any:
    for word in asked.split():
        found = found.filter(text__icontains=word)
    return found.order_by("-pk")


def _managed(request: HttpRequest, pk: int) -> Action:
    found = Action.objects.visible_to(request.user).select_related("body").with_owners()
    action = get_object_or_404(found, pk=pk)
    check_can_manage_action(request.user, action)
    return action


def _page(
    request: HttpRequest, action: Action, form: Any, title: str, lead: str, button: str = "Save"
) -> HttpResponse:
    context = {"action": action, "form": form, "title": title, "lead": lead, "button": button}
    return render(request, "actions/form.html", context, status=422 if form.errors else 200)


def _understood(action: Action, read: Any) -> Any:
    """How words would show once saved. What hangs on a meeting is worked out then."""
    return deadline_lines(
        read,
        due_on=due_on(read, next_meeting_on=None, circulated_on=None),
        agreed_on=action.agreed_on,
        first_seen_on=action.first_seen_on,
        is_open=True,
        stands=True,
        today=clock.today(),
    )


def _owner_key(owner: Any) -> str:
    if owner.person_id:
        return f"person:{owner.person_id}"
    return f"body:{owner.body_id}" if owner.body_id else ""


def _done(action: Action) -> HttpResponse:
    return HttpResponseRedirect(action.get_absolute_url(), status=303)
