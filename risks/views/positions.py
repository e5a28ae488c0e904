"""Saying how far a project or partner fits the group's values."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from actions.wording import day_in_words
from allies import clock
from allies.access import requires
from allies.models import Appointment, Body, Organisation, Person, Project
from allies.policies import can
from allies.powers import Permission
from allies.views.pages import sent
from risks.forms.positions import PositionsForm
from risks.models import ValuesPosition, the_group
from risks.models.known import scheme_in_force
from risks.services.positions import take_positions
from risks.views.doing import FORM, is_done, say_what_opened


@requires(Permission.SCORE_RISK)
@FORM
def on_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's view on a project."""
    return _page(request, get_object_or_404(Project.objects.visible_to(request.user), pk=pk))


@requires(Permission.SCORE_RISK)
@FORM
def on_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's view on a partner."""
    return _page(request, get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk))


def _page(request: HttpRequest, about: Project | Organisation) -> HttpResponse:
    group = the_group()
    if group is None:
        raise Http404
    form = PositionsForm(
        sent(request),
        scheme=scheme_in_force(clock.today()),
        before=_said_before(request, about),
        viewers=_viewers(request, group),
    )

    def take(typed: dict[str, Any]) -> None:
        viewer = typed.get("viewer")
        taken = take_positions(by=request.user, body=group, about=about, views=form.views, viewer=viewer)
        say_what_opened(request, ValuesPosition.objects.filter(pk__in=[one.pk for one in taken]))

    if is_done(form, take):
        return HttpResponseRedirect(f"{about.get_absolute_url()}#values")
    context = {"form": form, "about": about}
    return render(request, "risks/positions.html", context, status=422 if form.errors else 200)


def _viewers(request: HttpRequest, group: Body) -> QuerySet[Person] | None:
    """Those whose view the reader may write down: whoever holds a post today; None for who writes for nobody else."""
    if not can(request.user, Permission.ANSWER_FOR_ANYONE, body=group):
        return None
    held = Appointment.objects.on(clock.today()).values("person")
    return Person.objects.filter(pk__in=held).exclude(pk=request.user.person_id).order_by("full_name")


def _said_before(request: HttpRequest, about: Project | Organisation) -> dict[str, str]:
    """What the same person said last of each value, in words."""
    column = "about_project" if isinstance(about, Project) else "about_organisation"
    own = ValuesPosition.objects.visible_to(request.user).filter(by=request.user.person_id, **{column: about})
    return {
        one.value: f"You said “{one.in_words.lower()}” on {day_in_words(one.on)}."
        for one in own.standing_on(clock.today()).select_related("scheme")
    }
