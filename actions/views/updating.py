"""Saying how an action is going, in place or on a page of its own; confirming and letting go old ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actions.forms.updating import ReasonForm, UpdateForm
from actions.models import Action
from actions.policies import check_can_update_action
from actions.services import confirm_still_stands, confirm_together, let_go_together, record_update
from actions.views.going_back import back, next_of
from actions.views.showing import prepare_cards
from allies import clock
from allies.access import requires
from allies.powers import Permission

PARTS = {"card": "actions/card.html", "row": "actions/rows.html"}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE_OWN_ACTIONS)
def update_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form, or record what it says and show the action where it was."""
    action = _action(request, pk)
    check_can_update_action(request.user, action)
    if request.method != "POST":
        form = UpdateForm(action=action)
        return _form(request, action, form, "row" if request.htmx else "page")
    shown_as = request.POST.get("shown_as", "page")
    form = UpdateForm(request.POST, action=action)
    if not form.is_valid():
        return _wrong(request, action, form, shown_as)
    record_update(
        by=request.user, action=action, status=form.cleaned_data["new_status"], note=form.cleaned_data["note"]
    )
    if not request.htmx or shown_as not in PARTS:
        place = f"{shown_as}-{pk}" if shown_as in PARTS else ""
        return back(request, action.get_absolute_url(), place=place)
    saved = f"{timezone.localtime(clock.now()):%H:%M}"
    return _part(request, _action(request, pk), shown_as, saved=saved)


def _wrong(request: HttpRequest, action: Action, form: UpdateForm, shown_as: str) -> HttpResponse:
    """The form with what it needs. Under htmx the row's form goes back into the row's own place for it."""
    if request.htmx and shown_as == "card":
        return _part(request, action, "card", form=form, status=422)
    response = _form(request, action, form, shown_as if request.htmx else "page", status=422)
    if request.htmx and shown_as == "row":
        response["HX-Retarget"], response["HX-Reswap"] = f"#update-{action.pk}", "innerHTML"
    return response


def _form(
    request: HttpRequest, action: Action, form: UpdateForm, shown_as: str, *, status: int = 200
) -> HttpResponse:
    came_from = request.htmx.current_url_abs_path if request.htmx else ""
    context = {
        "action": action,
        "form": form,
        "shown_as": shown_as,
        "next": next_of(request, came_from or action.get_absolute_url()),
    }
    if shown_as == "row":
        # The form opens where the reader did not look yet: the focus goes there.
        form.fields["status"].widget.attrs["autofocus"] = True
    template = "actions/update_form.html" if shown_as == "row" else "actions/update.html"
    return render(request, template, context, status=status)


def _part(
    request: HttpRequest,
    action: Action,
    shown_as: str,
    *,
    form: UpdateForm | None = None,
    saved: str = "",
    status: int = 200,
) -> HttpResponse:
    [card] = prepare_cards([action], request.user, form=form)
    came_from = request.htmx.current_url_abs_path or action.get_absolute_url()
    context = {"action": card, "actions": [card], "saved": saved, "next": next_of(request, came_from)}
    return render(request, PARTS[shown_as], context, status=status)


@require_POST
@requires(Permission.UPDATE_OWN_ACTIONS)
def still_stands(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an action from old notes."""
    action = _action(request, pk)
    confirm_still_stands(by=request.user, action=action)
    return back(request, action.get_absolute_url())


@require_POST
@requires(Permission.UPDATE_ANY_ACTION)
def together(request: HttpRequest) -> HttpResponse:
    """Let several old actions go with one reason, or confirm them, at once."""
    chosen = [
        int(pk) for pk in request.POST.getlist("action") if pk.isascii() and pk.isdigit() and len(pk) < 12
    ]
    actions = list(
        Action.objects.visible_to(request.user).open().filter(pk__in=chosen).with_owners().by_age()
    )
    form = ReasonForm(request.POST, auto_id="together-%s")
    if actions and request.POST.get("do") == "confirm":
        confirm_together(by=request.user, actions=actions)
        return back(request, "/actions/")
    if actions and form.is_valid():
        let_go_together(by=request.user, actions=actions, reason=form.cleaned_data["reason"])
        return back(request, "/actions/")
    if not actions:
        form.add_error(None, "Tick at least one action")
    context = {"form": form, "actions": actions, "next": next_of(request, "/actions/")}
    return render(request, "actions/together.html", context, status=422)


def _action(request: HttpRequest, pk: int) -> Action:
    found = Action.objects.visible_to(request.user).select_related("body").with_owners().with_last_said()
    return get_object_or_404(found, pk=pk)
