"""`/actions/<id>/`: one action's life, across meetings."""

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.forms.updating import UpdateForm
from actions.models import Action
from actions.views.showing import prepare_rows
from allies.access import requires
from allies.history import history_page
from allies.powers import Permission


@require_safe
@requires(Permission.READ_RECORD)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show its words, who carried it when, everything said of it, and what it belongs to."""
    found = Action.objects.visible_to(request.user)
    action = get_object_or_404(
        found.select_related("body", "about_project", "about_organisation").with_owners(), pk=pk
    )
    prepare_rows([action], request.user)
    near = Q(parent=pk) | Q(merged_into=pk) | Q(pk__in=[action.parent_id or 0, action.merged_into_id or 0])
    others = prepare_rows(found.filter(near).with_owners().order_by("pk"), request.user)
    context = {
        "action": action,
        "updates": action.updates.select_related("by", "body").latest_first(),
        "assignments": action.assignments.select_related("person", "body").in_order(),
        "parent": _one(others, action.parent_id),
        "merged_into": _one(others, action.merged_into_id),
        "sub_actions": [other for other in others if other.parent_id == action.pk],
        "merged_from": [other for other in others if other.merged_into_id == action.pk],
        "update_form": UpdateForm(action=action) if action.may_update else None,
        "ask_after": settings.ALLIES_ASK_AFTER_CARRIES,
    }
    return render(request, "actions/action.html", context)


@require_safe
@requires(Permission.READ_RECORD)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what of it, and when."""
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    return history_page(
        request,
        title=action.text,
        back_url=action.get_absolute_url(),
        rows=[action, action.assignments.all()],
    )


def _one(actions: list[Action], pk: int | None) -> Action | None:
    return next((action for action in actions if action.pk == pk), None)
