"""Pages about people."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from allies import clock
from allies.access import requires
from allies.forms.people import DetailsForm, PeopleFilter, PersonForm
from allies.history import history_page
from allies.models import AccessNeeds, Appointment, InterestsReturn, OtherName, Person
from allies.models.asked import who_is_asked, with_last_answer
from allies.models.register import Wanted, entries, entries_of, with_partners
from allies.policies import (
    can,
    can_change_details,
    can_declare_for,
    can_see_access_needs,
    can_see_address,
    check_can_change_details,
    check_can_see_person,
    is_self,
)
from allies.powers import Permission
from allies.services.people import (
    AddressTaken,
    change_details,
    change_person,
    enter_person,
    keep_access_needs,
)
from allies.views.pages import form_page, page_of, sent
from allies.views.showing_interests import prepare_entries

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.READ_RECORD)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List people by name, with the posts they hold today."""
    form = PeopleFilter({"show": "current"} | request.GET.dict())
    chosen = form.cleaned_data if form.is_valid() else {"q": "", "show": "current"}
    return render(
        request,
        "allies/people.html",
        {
            "form": form,
            "page_obj": page_of(request, _found(**chosen)),
            "show": chosen["show"],
            "q": chosen["q"],
            "may_keep": can(request.user, Permission.KEEP_PEOPLE),
        },
    )


def _found(q: str, show: str) -> QuerySet[Person]:
    today = clock.today()
    now = Appointment.objects.on(today)
    found = Person.objects.in_order().prefetch_related(
        Prefetch("appointments", now.select_related("body").order_by("body__name", "pk"), to_attr="posts_now")
    )
    if show == "former":
        found = found.filter(pk__in=Appointment.objects.over_by(today).values("person"))
        found = found.exclude(pk__in=now.values("person"))
    elif show != "everyone":
        found = found.filter(pk__in=now.values("person"))
    if q:
        also = OtherName.objects.filter(name__icontains=q).values("person")
        found = found.filter(Q(full_name__icontains=q) | Q(short_name__icontains=q) | Q(pk__in=also))
    return found


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show somebody: names, places on groups now and before, projects; one's own page also after one's time."""
    found = get_object_or_404(Person.objects.select_related("account"), pk=pk)
    check_can_see_person(request.user, found)
    appointments = list(with_last_answer(found.appointments.select_related("person", "body")))
    may_keep = can(request.user, Permission.KEEP_PEOPLE)
    return render(
        request,
        "allies/person.html",
        {
            "person": found,
            "other_names": [name.name for name in found.other_names.all()],
            "is_own": is_self(request.user, found),
            "email": found.email if can_see_address(request.user, found) else None,
            "may_keep": may_keep,
            "may_change_details": can_change_details(request.user, found),
            "may_read_record": can(request.user, Permission.READ_RECORD),
            "now": [one for one in appointments if not _is_over(one) and not _is_coming(one)],
            "coming": [one for one in appointments if _is_coming(one)],
            "before": [one for one in appointments if _is_over(one)],
            "projects": list(found.projects_led.visible_to(request.user)),
            "access": _access_needs(request, found),
            "account": getattr(found, "account", None) if may_keep else None,
            "interests": _interests(request, found, appointments),
        },
    )


def _interests(request: HttpRequest, person: Person, appointments: list[Appointment]) -> dict[str, Any]:
    """Their entries in the register as the reader may know them, their last answer, and whether they are asked."""
    today = clock.today()
    wanted = Wanted(on=today, ended=True)
    mine = entries(request.user, wanted).filter(person=person)
    found = entries_of(mine, [person])[person.pk]
    with_partners(found, request.user)
    prepare_entries(found, request.user, today)
    may_know = [
        one
        for one in who_is_asked(appointments, today)
        if is_self(request.user, person) or can(request.user, Permission.SEE_WHO_IS_ASKED, body=one.body)
    ]
    return {
        "standing": [entry for entry in found if entry.stands],
        "over": [entry for entry in found if not entry.stands],
        "last": InterestsReturn.objects.visible_to(request.user).standing().filter(person=person).first(),
        "is_asked": bool(may_know),
        "may_declare": can_declare_for(request.user, person),
    }


def _is_over(appointment: Appointment) -> bool:
    return bool(appointment.ends and appointment.ends.last_day() < clock.today())


def _is_coming(appointment: Appointment) -> bool:
    return bool(appointment.starts and appointment.starts.first_day() > clock.today())


def _access_needs(request: HttpRequest, person: Person) -> dict[str, str] | None:
    """What the page says of them; None for whoever may not see them."""
    if not can_see_access_needs(request.user, person):
        return None
    needs = AccessNeeds.objects.filter(person=person).first()
    return {"words": needs.words if needs else ""}


@requires(Permission.KEEP_PEOPLE)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add somebody to the record."""
    form = PersonForm(sent(request))
    if form.is_valid():
        added = enter_person(by=request.user, **form.cleaned_data)
        return HttpResponseRedirect(added.get_absolute_url())
    return form_page(
        request,
        form,
        title="Add a person",
        button="Add to the record",
        back_url="/people/",
        back_text="People",
        section="people",
    )


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change somebody's names, pronouns and address."""
    found = get_object_or_404(Person, pk=pk)
    form = PersonForm(sent(request), person=found, initial=PersonForm.initial_of(found))
    if form.is_valid():
        try:
            change_person(by=request.user, person=found, **form.cleaned_data)
        except AddressTaken as error:
            form.add_error("email", str(error))
        else:
            return HttpResponseRedirect(found.get_absolute_url())
    return form_page(
        request,
        form,
        title=f"Change {found.full_name}",
        button="Save",
        back_url=found.get_absolute_url(),
        back_text=found.full_name,
        section="people",
    )


@requires(Permission.KEEP_OWN_ACCOUNT)
@FORM
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own name in conversation, pronouns, and what one needs to take part."""
    found = get_object_or_404(Person, pk=pk)
    check_can_change_details(request.user, found)
    form = DetailsForm(sent(request), initial=_details_of(request, found))
    if not is_self(request.user, found):
        form.fields["short_name"].help_text = "What others call them."
        form.fields["access_needs"].label = "What they need to take part"
        form.fields[
            "access_needs"
        ].help_text = "Only they and the core team see this. No history of it is kept."
    if form.is_valid():
        words = form.cleaned_data.pop("access_needs")
        change_details(by=request.user, person=found, **form.cleaned_data)
        keep_access_needs(by=request.user, person=found, words=words)
        return HttpResponseRedirect(found.get_absolute_url())
    return form_page(
        request,
        form,
        title="Your details" if is_self(request.user, found) else f"Details of {found.full_name}",
        button="Save",
        back_url=found.get_absolute_url(),
        back_text=found.full_name,
        section="people",
    )


def _details_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    needs = _access_needs(request, person) or {"words": ""}
    return {"short_name": person.short_name, "pronouns": person.pronouns, "access_needs": needs["words"]}


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what about somebody. What they need to take part has no history."""
    found = get_object_or_404(Person, pk=pk)
    check_can_see_person(request.user, found)
    return history_page(
        request,
        title=found.full_name,
        back_url=found.get_absolute_url(),
        section="people",
        rows=[found, OtherName.history.filter(person=found), Appointment.history.filter(person=found)],
        leave_out=() if can_see_address(request.user, found) else {"email"},
    )
