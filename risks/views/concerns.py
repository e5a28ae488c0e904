"""Raising a concern, following it, and what the chairs do with it. Who raised it is on nobody else's page."""

from typing import Any

from django.contrib import messages
from django.db.models import Case as Choose
from django.db.models import Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from allies import clock
from allies.access import requires
from allies.history import history_page
from allies.models import Appointment, BodyKind, Person
from allies.policies import can
from allies.powers import Permission
from allies.views.pages import page_of, sent
from risks.forms.concerns import AsideForm, ConcernForm, LookForm
from risks.models import Case, Concern, ConcernRaiser, ConcernState, StoodAside, the_group
from risks.models.concern import chairs_of, somebody_can_look_into
from risks.policies import check_can_look_into
from risks.services.concerns import look_into, raise_concern, stand_aside

FORM = require_http_methods(["GET", "HEAD", "POST"])
# Nothing of these pages stays in a browser, or between it and us: somebody else may sit at the same machine next.
KEPT_NOWHERE = cache_control(no_store=True, private=True)
SETTLED = (ConcernState.TAKEN_UP, ConcernState.NO_FURTHER)


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
@KEPT_NOWHERE
def concerns(request: HttpRequest) -> HttpResponse:
    """List one's own with their progress, those to look into for a chair, and what the chairs wrote for everyone."""
    found = (
        Concern.objects.as_seen_by(request.user)
        .select_related("about_project", "about_organisation")
        .annotate(
            part=Choose(
                When(is_own=True, then=Value("own")),
                When(is_theirs_to_look_into=True, state__in=SETTLED, then=Value("rest")),
                When(is_theirs_to_look_into=True, then=Value("look")),
                default=Value("rest"),
            )
        )
        # "look" before "own" before "rest", by their names.
        .order_by("part", "-on", "-pk")
    )
    may_raise = can(request.user, Permission.RAISE_CONCERN)
    return render(
        request, "risks/concerns.html", {"page_obj": page_of(request, found), "may_raise": may_raise}
    )


@sensitive_post_parameters()
@requires(Permission.RAISE_CONCERN)
@FORM
@KEPT_NOWHERE
@sensitive_variables()
def new(request: HttpRequest) -> HttpResponse:
    """Raise a concern: first where to turn, then two fields, then what happens next."""
    group = the_group()
    if group is None:
        raise Http404
    form = ConcernForm(sent(request), actor=request.user, initial={"about": request.GET.get("about", "")})
    if form.is_valid():
        concern = raise_concern(by=request.user, body=group, **form.cleaned_data)
        messages.success(request, "The chairs have it. You can follow here what becomes of it.")
        return HttpResponseRedirect(concern.get_absolute_url())
    context = {
        "form": form,
        "group": group,
        "chairs": chairs_of(group),
        "to_ask": [] if group.turn_to else _core_team(),
    }
    return render(request, "risks/concern_new.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@requires(Permission.KEEP_OWN_ACCOUNT)
@FORM
@KEPT_NOWHERE
@sensitive_variables()
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a concern as far as the reader may know it; for a chair who looks into it, with the form for that."""
    found = _visible(request, pk)
    form = None
    if request.method == "POST":
        check_can_look_into(request.user, found)
    if found.is_theirs_to_look_into:
        form = LookForm(sent(request), initial=LookForm.initial_of(found))
        if form.is_valid():
            look_into(by=request.user, concern=found, **form.cleaned_data)
            return HttpResponseRedirect(found.get_absolute_url())
    return render(
        request,
        "risks/concern.html",
        {
            "concern": found,
            "form": form,
            "case": _case(request, found),
            "raised": _raised(request, found),
            "aside": list(StoodAside.objects.filter(concern=found).select_related("person"))
            if found.is_theirs_to_look_into
            else [],
            "is_stuck": found.is_own and found.state not in SETTLED and not somebody_can_look_into(found),
        },
        status=422 if form and form.errors else 200,
    )


def _case(request: HttpRequest, concern: Concern) -> Case | None:
    """The case that a concern came to when it was taken up, as far as the reader may know it."""
    if concern.state != ConcernState.TAKEN_UP:
        return None
    return Case.objects.visible_to(request.user).filter(triggers__concern=concern).first()


@requires(Permission.DECIDE_CASE)
@FORM
@KEPT_NOWHERE
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand aside from a concern in which one has an interest, without reading it first."""
    found = _visible(request, pk)
    check_can_look_into(request.user, found)
    form = AsideForm(sent(request))
    if form.is_valid():
        stand_aside(by=request.user, concern=found, **form.cleaned_data)
        messages.success(request, "You have stood aside. You see of it what everyone sees.")
        return HttpResponseRedirect("/concerns/")
    return render(request, "risks/concern_aside.html", {"concern": found, "form": form})


@requires(Permission.DECIDE_CASE)
@require_safe
@KEPT_NOWHERE
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the chairs wrote and when, to those who may look into it: an earlier summary may have said too much."""
    found = _visible(request, pk)
    check_can_look_into(request.user, found)
    rows = [found, StoodAside.history.filter(concern=found)]
    return history_page(
        request, title=str(found), back_url=found.get_absolute_url(), section="projects", rows=rows
    )


def _visible(request: HttpRequest, pk: int) -> Any:
    rows = Concern.objects.as_seen_by(request.user)
    return get_object_or_404(rows.select_related("about_project", "about_organisation", "body"), pk=pk)


@sensitive_variables()
def _raised(request: HttpRequest, concern: Concern) -> ConcernRaiser | None:
    """Who raised it and in what words, for those who may know; otherwise it is not even fetched."""
    readable = Concern.objects.with_raiser_for(request.user).filter(pk=concern.pk)
    return ConcernRaiser.objects.filter(concern__in=readable).select_related("person").first()


def _core_team() -> list[Person]:
    """Whom to ask where the group has written nothing down: its core team, by name."""
    held = Appointment.objects.on(clock.today()).filter(body__kind=BodyKind.CORE_TEAM)
    return list(Person.objects.filter(appointments__in=held).distinct().order_by("full_name"))
