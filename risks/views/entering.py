"""Entering a risk with its first score on one page, and changing what the register says of it."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from allies import clock
from allies.access import requires
from allies.models import Account, Body, BodyKind
from allies.policies import powers_of
from allies.powers import Permission
from allies.views.pages import sent
from risks.forms.registering import RiskForm
from risks.forms.scoring import ScoreForm, WeighForm
from risks.models import Assessment, Risk, Stage
from risks.policies import check_can_keep_risk
from risks.services.assessing import assess
from risks.services.registering import change_risk, enter_risk
from risks.views.doing import say_what_opened
from risks.views.schemes import scheme_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.KEEP_RISKS)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Enter a risk: its words, and its score now; how it was before controls and where it should go can follow."""
    data, bodies = sent(request), bodies_of(request.user)
    scheme = scheme_of(clock.today())
    form = RiskForm(
        data, actor=request.user, bodies=bodies, initial={"concerns": request.GET.getlist("about")}
    )
    score = ScoreForm(data, scheme=scheme, needed=False, prefix="score")
    before = WeighForm(data, scheme=scheme, needed=False, prefix="before")
    target = WeighForm(data, scheme=scheme, needed=False, prefix="target")
    forms = [form, score, before, target]
    # Every one is asked, so that each says what it needs.
    valid = [one.is_valid() for one in forms]
    if data is not None and all(valid):
        if score.is_empty and not (before.is_empty and target.is_empty):
            score.add_error("likelihood", "Score it as it is now first")
        else:
            risk = _enter(request.user, form, score, {Stage.BEFORE: before, Stage.TARGET: target})
            say_what_opened(request, Assessment.objects.filter(risk=risk))
            return HttpResponseRedirect(risk.get_absolute_url(), status=303)
    context = {
        "form": form,
        "score": score,
        "before": before,
        "target": target,
        "forms": forms,
        "scheme": scheme,
        "more_open": any(one.errors or (one.is_bound and not one.is_empty) for one in (before, target)),
    }
    return render(request, "risks/new.html", context, status=422 if data is not None else 200)


@requires(Permission.KEEP_RISKS)
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the register says of a risk."""
    risk = get_object_or_404(Risk.objects.visible_to(request.user), pk=pk)
    check_can_keep_risk(request.user, risk)
    form = RiskForm(sent(request), actor=request.user, bodies=[risk.body], initial=RiskForm.initial_of(risk))
    if form.is_valid():
        change_risk(by=request.user, risk=risk, concerns=form.concerned(), **form.values())
        return HttpResponseRedirect(risk.get_absolute_url(), status=303)
    return render(
        request, "risks/edit.html", {"form": form, "risk": risk}, status=422 if form.errors else 200
    )


def bodies_of(actor: Account) -> list[Body]:
    """The groups that could hold a risk somebody enters, the group at the top first. Never the core team."""
    held = powers_of(actor).where(Permission.KEEP_RISKS)
    bodies = Body.objects.exclude(kind=BodyKind.CORE_TEAM)
    if held is not None:
        bodies = bodies.filter(pk__in=held)
    return sorted(bodies, key=lambda body: (body.parent_id is not None, not body.co_chaired, body.name))


@transaction.atomic
def _enter(by: Account, form: RiskForm, score: ScoreForm, others: dict[Stage, WeighForm]) -> Risk:
    """All of it or nothing: a risk whose score could not be kept would look as if nobody had given one."""
    risk = enter_risk(by=by, body=form.holder(), concerns=form.concerned(), **form.values())
    if score.is_empty:
        return risk
    assess(by=by, risk=risk, **score.weighing())
    for stage, other in others.items():
        if not other.is_empty:
            assess(
                by=by,
                risk=risk,
                stage=stage,
                likelihood=other.cleaned_data["likelihood"],
                impacts=other.impacts,
                reason=score.cleaned_data["reason"],
            )
    return risk
