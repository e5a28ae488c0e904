"""Saying how far a project or partner fits the group's values."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from actions.wording import day_in_words
from allies import clock
from allies.access import requires
from allies.models import Organisation, Project
from allies.powers import Permission
from allies.views.pages import sent
from risks.forms.positions import PositionsForm
from risks.models import ValuesPosition, the_group
from risks.models.known import scheme_in_force
from risks.services.positions import take_positions

FORM = require_http_methods(["GET", "HEAD", "POST"])


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
    scheme = scheme_in_force(clock.today())
    before = _said_before(request, about)
    form = PositionsForm(sent(request), scheme=scheme, before=before)
    if form.is_valid():
        group = the_group()
        if group is None:
            raise Http404
        take_positions(by=request.user, body=group, about=about, views=form.views)
        return HttpResponseRedirect(f"{about.get_absolute_url()}#values")
    context = {"form": form, "about": about}
    return render(request, "risks/positions.html", context, status=422 if form.errors else 200)


def _said_before(request: HttpRequest, about: Project | Organisation) -> dict[str, str]:
    """What the same person said last of each value, in words."""
    column = "about_project" if isinstance(about, Project) else "about_organisation"
    own = ValuesPosition.objects.visible_to(request.user).filter(by=request.user.person_id, **{column: about})
    return {
        one.value: f"You said “{one.in_words.lower()}” on {day_in_words(one.on)}."
        for one in own.standing_on(clock.today()).select_related("scheme")
    }
