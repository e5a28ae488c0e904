"""`/actions/<id>/`: one action's life, across meetings."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.forms.updating import UpdateForm
from actions.models import Action
from actions.views.showing import prepare_rows
from allies import clock
from allies.access import requires
from allies.history import history_page
from allies.models import Appointment, Interest
from allies.policies import can, powers_of
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
        "touched": _touched(request, action),
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


def _touched(request: HttpRequest, action: Action) -> list[Interest]:
    """The standing interests of those on its group in what it is about: for themselves, and for those who take notes.

    One query, and none for an action that is about nothing.
    """
    projects = [action.about_project_id] if action.about_project_id else []
    organisations = [action.about_organisation_id] if action.about_organisation_id else []
    if not projects and not organisations:
        return []
    today = clock.today()
    sitting = Appointment.objects.filter(body=action.body_id, person=OuterRef("person_id")).on(today)
    found = (
        Interest.objects.visible_to(request.user)
        .standing_on(today)
        .touching(projects=projects, organisations=organisations)
        .filter(Exists(sitting))
        .select_related("person", "about_project", "about_organisation")
        .order_by("person__full_name", "pk")
    )
    if not can(request.user, Permission.WRITE_NOTES, body=action.body_id):
        found = found.filter(person=powers_of(request.user).person_id or 0)
    return list(found)


def _one(actions: list[Action], pk: int | None) -> Action | None:
    return next((action for action in actions if action.pk == pk), None)
