"""What is done with a risk in the register: scored, looked at again, watched, closed, opened, treated."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from allies import clock
from allies.access import requires
from allies.policies import can
from allies.powers import Permission
from allies.views.pages import sent
from risks.forms.registering import ReasonForm, TreatForm
from risks.forms.scoring import ScoreAgainForm, StillStandsForm
from risks.models import Assessment, Risk, RiskStatus, SchemeVersion, Treatment
from risks.models.register import entries_of, in_force
from risks.policies import check_can_keep_risk, check_can_score
from risks.services.assessing import assess, say_it_still_stands
from risks.services.registering import (
    close_risk,
    no_longer_treats,
    open_again,
    treat,
    treat_anew,
    watch,
)
from risks.views.doing import FORM, Act, done_or_form, is_done, say_what_opened


@requires(Permission.SCORE_RISK)
@FORM
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Weigh a risk. What was said before stands below the form: read it or not, as one likes."""
    risk = _risk(request, pk)
    check_can_score(request.user, risk)
    today = clock.today()
    versions = list(SchemeVersion.objects.filter(body__parent=None))
    form = ScoreAgainForm(
        sent(request),
        scheme=in_force(versions, today),
        may_answer_for_others=can(request.user, Permission.ANSWER_FOR_ANYONE, body=risk.body_id),
        today=today,
        initial={"stage": request.GET.get("stage") or "now"},
    )
    if is_done(form, lambda _: _say(request, assess(by=request.user, risk=risk, **form.weighing()))):
        return HttpResponseRedirect(f"{risk.get_absolute_url()}#scores", status=303)
    this = Risk.objects.filter(pk=risk.pk)
    [entry] = entries_of(this, request.user, today, versions=versions, with_course=False)
    context = {"form": form, "risk": risk, "entry": entry, "scheme": form.scheme}
    return render(request, "risks/score.html", context, status=422 if form.errors else 200)


@requires(Permission.SCORE_RISK)
@FORM
def still_stands(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a risk again and leave its score as it is, with the reason why it still stands."""
    risk = _risk(request, pk)
    check_can_score(request.user, risk)
    return _done_or_form(
        request,
        risk,
        StillStandsForm(sent(request)),
        lambda typed: _say(request, say_it_still_stands(by=request.user, risk=risk, reason=typed["reason"])),
        to="#scores",
        title="The score still stands",
        button="Save it",
    )


@requires(Permission.KEEP_RISKS)
@require_POST
def set_watched(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a risk on the watch list, or take it off."""
    risk = _risk(request, pk)
    check_can_keep_risk(request.user, risk)
    if risk.status != RiskStatus.CLOSED:
        watch(by=request.user, risk=risk, watched=request.POST.get("watched") == "yes")
    return HttpResponseRedirect(risk.get_absolute_url(), status=303)


@requires(Permission.KEEP_RISKS)
@FORM
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a risk, with the reason."""
    risk = _risk(request, pk)
    check_can_keep_risk(request.user, risk)
    if risk.status == RiskStatus.CLOSED:
        return HttpResponseRedirect(risk.get_absolute_url(), status=303)
    return _done_or_form(
        request,
        risk,
        ReasonForm(sent(request)),
        lambda typed: close_risk(by=request.user, risk=risk, because=typed["reason"]),
        title="Close this risk",
        button="Close it",
        lead="It stays in the record with all its scores, and can be opened again.",
    )


@requires(Permission.KEEP_RISKS)
@FORM
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed risk again, with the reason."""
    risk = _risk(request, pk)
    check_can_keep_risk(request.user, risk)
    if risk.status != RiskStatus.CLOSED:
        return HttpResponseRedirect(risk.get_absolute_url(), status=303)
    return _done_or_form(
        request,
        risk,
        ReasonForm(sent(request)),
        lambda typed: open_again(by=request.user, risk=risk, reason=typed["reason"]),
        title="Open this risk again",
        button="Open it again",
    )


@requires(Permission.KEEP_RISKS)
@FORM
def add_treatment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which action treats a risk: an open one, or a new one."""
    risk = _risk(request, pk)
    check_can_keep_risk(request.user, risk)
    form = TreatForm(sent(request), actor=request.user, risk=risk, today=clock.today())
    return _done_or_form(
        request,
        risk,
        form,
        lambda typed: (
            treat(by=request.user, risk=risk, action=typed["action"])
            if typed["action"]
            else treat_anew(by=request.user, risk=risk, **form.new_action())
        ),
        to="#treatments",
        title="What is done about it",
        button="Save it",
    )


@requires(Permission.KEEP_RISKS)
@require_POST
def remove_treatment(request: HttpRequest, pk: int, treatment_pk: int) -> HttpResponse:
    """Take an action from what treats a risk; the action itself stays."""
    risk = _risk(request, pk)
    check_can_keep_risk(request.user, risk)
    no_longer_treats(by=request.user, treatment=get_object_or_404(Treatment, risk=risk, pk=treatment_pk))
    return HttpResponseRedirect(f"{risk.get_absolute_url()}#treatments", status=303)


def _say(request: HttpRequest, row: Assessment) -> None:
    say_what_opened(request, Assessment.objects.filter(pk=row.pk))


def _risk(request: HttpRequest, pk: int) -> Risk:
    return get_object_or_404(Risk.objects.visible_to(request.user).select_related("body"), pk=pk)


def _done_or_form(
    request: HttpRequest,
    risk: Risk,
    form: Form,
    act: Act,
    *,
    title: str,
    button: str,
    lead: str = "",
    to: str = "",
) -> HttpResponse:
    """Do it and go back to the risk, at the place `to`; or show the form with what it needs."""
    return done_or_form(
        request,
        form,
        act,
        to=f"{risk.get_absolute_url()}{to}",
        section="risks",
        title=title,
        lead=lead or risk.title,
        button=button,
        back_url=risk.get_absolute_url(),
        back_text=f"R{risk.pk} {risk.title}",
    )
