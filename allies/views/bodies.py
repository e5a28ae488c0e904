"""Pages about bodies: who sits on them, whose term is coming up, which seat is empty."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from allies import clock
from allies.access import requires
from allies.forms.bodies import BodyForm
from allies.history import history_page
from allies.models import Appointment, Body, BodyKind, Post, Seat
from allies.policies import can
from allies.powers import Permission
from allies.services.bodies import CannotKeepBody, change_body, enter_body
from allies.terms import Standing, standing, up_in_words, years_in_words
from allies.views.pages import form_page, sent

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class TermComingUp:
    """A place whose term is coming up or over, and how a page says when."""

    appointment: Appointment
    is_over: bool
    when: str


@dataclass(frozen=True, slots=True)
class CoChairSeat:
    """One of the two seats, and who holds it."""

    name: str
    holders: list[Appointment]


@requires(Permission.READ_RECORD)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies with how many sit on each today."""
    today = clock.today()
    now = Q(appointments__starts__begun_by=today, appointments__ends__not_over_by=today)
    found = Body.objects.select_related("parent").annotate(
        people_now=Count("appointments__person", filter=now, distinct=True)
    )
    return render(
        request,
        "allies/bodies.html",
        {"bodies": found.order_by("name"), "may_keep": can(request.user, Permission.KEEP_PEOPLE)},
    )


@requires(Permission.READ_RECORD)
@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a body: who sits on it now and before, whose term is coming up, which co-chair seat is empty."""
    found = get_object_or_404(Body.objects.select_related("parent"), slug=slug)
    today = clock.today()
    places = (
        Appointment.objects.filter(body=found).select_related("person").order_by("person__full_name", "pk")
    )
    now = list(places.on(today))
    return render(
        request,
        "allies/body.html",
        {
            "body": found,
            "now": now,
            "before": list(places.over_by(today)),
            "coming": list(places.exclude(starts__begun_by=today)),
            "seats": _seats(now) if found.co_chaired else [],
            "terms": _terms_coming_up(found, now),
            "term_in_words": years_in_words(found.term_years).lower(),
            "over_in_words": f"Over {years_in_words(found.term_years).lower()}",
            "below": list(found.below.all()),
            "may_keep": can(request.user, Permission.KEEP_PEOPLE),
        },
    )


def _seats(now: list[Appointment]) -> list[CoChairSeat]:
    co_chairs = [one for one in now if one.post == Post.CO_CHAIR]
    return [CoChairSeat(seat.label, [one for one in co_chairs if one.seat == seat]) for seat in Seat]


def _terms_coming_up(body: Body, now: list[Appointment]) -> list[TermComingUp]:
    """Those up within six months and those over already; the core team has no terms."""
    if body.kind == BodyKind.CORE_TEAM:
        return []
    stands = [(one, standing(one.term, body.term_years, clock.today())) for one in now]
    return [
        TermComingUp(one, at is Standing.OVER, up_in_words(one.term, body.term_years))
        for one, at in stands
        if at in {Standing.COMING_UP, Standing.OVER}
    ]


@requires(Permission.KEEP_PEOPLE)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    form = BodyForm(sent(request))
    if form.is_valid():
        try:
            added = enter_body(by=request.user, **form.cleaned_data)
        except CannotKeepBody as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(added.get_absolute_url())
    return form_page(
        request,
        form,
        title="Add a group",
        button="Add to the record",
        back_url="/bodies/",
        back_text="Groups",
        section="people",
    )


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a body."""
    found = get_object_or_404(Body, slug=slug)
    form = BodyForm(sent(request), body=found, initial=BodyForm.initial_of(found))
    if form.is_valid():
        try:
            change_body(by=request.user, body=found, **form.cleaned_data)
        except CannotKeepBody as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(found.get_absolute_url())
    return form_page(
        request,
        form,
        title=f"Change {found.name}",
        button="Save",
        back_url=found.get_absolute_url(),
        back_text=found.name,
        section="people",
    )


@requires(Permission.READ_RECORD)
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who changed what about a body and the places on it."""
    found = get_object_or_404(Body, slug=slug)
    return history_page(
        request,
        title=found.name,
        back_url=found.get_absolute_url(),
        section="people",
        rows=[found, Appointment.history.filter(body=found)],
    )
