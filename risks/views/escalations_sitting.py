"""A sitting of the chairs over several cases, and what the ladder is set to: substitutes and closure days."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from actions.wording import day_in_words
from allies import clock
from allies.access import requires
from allies.policies import check, powers_of
from allies.powers import Permission
from allies.views.pages import sent
from risks.forms.escalations import BecauseForm, ClosedForm, SubstitutesForm
from risks.models import Case, CaseDecision, Review, Substitute, the_group
from risks.models.key import ClosureDay
from risks.services.cases import CaseRefused
from risks.services.sittings import begin_review, end_review, let_it_wait
from risks.services.turning_keys import agree_substitutes, say_closed
from risks.views.doing import FORM, done_or_form


@requires(Permission.DECIDE_CASE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a sitting over the cases that were ticked."""
    group = the_group()
    if group is None:
        raise Http404
    ids = [one for one in request.POST.getlist("case") if one.isdecimal()]
    chosen = Case.objects.visible_to(request.user).waiting_on(clock.today()).filter(body=group, pk__in=ids)
    try:
        review = begin_review(by=request.user, body=group, cases=chosen)
    except CaseRefused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse("escalations:list"), status=303)
    return HttpResponseRedirect(reverse("escalations:sitting", args=[review.pk]), status=303)


@requires(Permission.DECIDE_CASE)
@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sitting: each case with its decision or the reason why it waits, and what is left."""
    review = _sitting(request, pk)
    # Those that the reader is kept from are not in it for them.
    readable = Case.objects.visible_to(request.user)
    rows: list[Any] = list(
        review.reviewed.filter(case__in=readable).select_related(
            "case__about_project", "case__about_organisation"
        )
    )
    since = CaseDecision.objects.filter(case__in=[row.case_id for row in rows], on__gte=review.on)
    decided = {one.case_id: one for one in since.order_by("on", "pk")}
    for row in rows:
        row.decided = decided.get(row.case_id)
    context = {"review": review, "day": day_in_words(review.on), "rows": rows, "next": _next(rows)}
    return render(request, "risks/escalation_sitting.html", context)


@requires(Permission.DECIDE_CASE)
@FORM
def wait(request: HttpRequest, pk: int, case_pk: int) -> HttpResponse:
    """Say why a case of a sitting waits."""
    review = _sitting(request, pk)
    readable = Case.objects.visible_to(request.user)
    row = get_object_or_404(review.reviewed.filter(case__in=readable), case=case_pk)
    url = reverse("escalations:sitting", args=[review.pk])
    return done_or_form(
        request,
        BecauseForm(sent(request), label="Why does it wait?"),
        lambda typed: let_it_wait(by=request.user, reviewed=row, because=typed["because"]),
        to=url,
        section="projects",
        title="Let it wait",
        lead=str(row.case),
        button="Save the reason",
        back_url=url,
        back_text="The sitting",
    )


@requires(Permission.DECIDE_CASE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a sitting; while something is left it says what."""
    review = _sitting(request, pk)
    try:
        end_review(by=request.user, review=review)
    except CaseRefused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("escalations:sitting", args=[review.pk]), status=303)


@requires(Permission.KEEP_RISKS)
@FORM
def settings(request: HttpRequest) -> HttpResponse:
    """Show and write the year's list of substitutes and the days on which the university is closed."""
    group = the_group()
    if group is None:
        raise Http404
    check(request.user, Permission.KEEP_RISKS, body=group)
    today = clock.today()
    which = request.POST.get("which", "")
    listed = SubstitutesForm(request.POST if which == "substitutes" else None, today=today, auto_id="list-%s")
    closed = ClosedForm(request.POST if which != "substitutes" else None, auto_id="closed-%s")
    if request.method != "POST":
        closed = ClosedForm(auto_id="closed-%s")
    try:
        if which == "substitutes" and listed.is_valid():
            agree_substitutes(by=request.user, body=group, **listed.cleaned_data)
            return HttpResponseRedirect(reverse("escalations:settings"), status=303)
    except CaseRefused as refused:
        listed.add_error("until", str(refused))
    if request.method == "POST" and which != "substitutes" and closed.is_valid():
        first, last = closed.cleaned_data["first"], closed.cleaned_data["last"]
        span = range(((last or first) - first).days + 1)
        say_closed(by=request.user, body=group, days=[first + timedelta(days=number) for number in span])
        return HttpResponseRedirect(reverse("escalations:settings"), status=303)
    context = {
        "listed_form": listed,
        "closed_form": closed,
        "substitutes": Substitute.objects.filter(body=group, until__gte=today).select_related("person"),
        "closed": ClosureDay.objects.filter(body=group, day__gte=today),
    }
    wrong = listed.errors or closed.errors
    return render(request, "risks/escalation_settings.html", context, status=422 if wrong else 200)


def _sitting(request: HttpRequest, pk: int) -> Review:
    bodies = powers_of(request.user).where(Permission.DECIDE_CASE)
    rows = Review.objects.all() if bodies is None else Review.objects.filter(body__in=bodies)
    return get_object_or_404(rows, pk=pk)


def _next(rows: list[Any]) -> Any:
    """The first case that has neither a decision nor a reason to wait."""
    return next((row for row in rows if not row.decided and not row.waits_because), None)
