"""Places on bodies, and accounts: what the core team does from a person's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from allies.access import requires
from allies.forms.people import AppointmentForm, EndAppointmentForm
from allies.models import Account, Appointment, Person
from allies.powers import Permission
from allies.services.accounts import CannotInvite, MailNotSent, close_account, invite
from allies.services.appointments import CannotAppoint, appoint, change_appointment, end_appointment
from allies.views.pages import form_page, sent

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.KEEP_PEOPLE)
@FORM
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a place on a body."""
    person = get_object_or_404(Person, pk=pk)
    form = AppointmentForm(sent(request))
    if form.is_valid():
        try:
            appoint(by=request.user, person=person, **form.cleaned_data)
        except CannotAppoint as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(person.get_absolute_url())
    return _page(request, form, person, title=f"A place for {person.full_name}", button="Appoint")


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """Set right what was entered about a place."""
    appointment = _appointment(pk, appointment_pk)
    form = AppointmentForm(sent(request), initial=AppointmentForm.initial_of(appointment))
    if form.is_valid():
        try:
            change_appointment(by=request.user, appointment=appointment, **form.cleaned_data)
        except CannotAppoint as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(appointment.person.get_absolute_url())
    title = f"Change the place of {appointment.person.full_name}"
    return _page(request, form, appointment.person, title=title, button="Save")


@requires(Permission.KEEP_PEOPLE)
@FORM
def end(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """Say when a place ends."""
    appointment = _appointment(pk, appointment_pk)
    form = EndAppointmentForm(sent(request), initial={"ends": appointment.ends})
    if form.is_valid():
        try:
            end_appointment(by=request.user, appointment=appointment, **form.cleaned_data)
        except CannotAppoint as error:
            form.add_error("ends", str(error))
        else:
            return HttpResponseRedirect(appointment.person.get_absolute_url())
    person = appointment.person
    lead = f"{appointment.post_in_words} of {appointment.body}. {appointment.since_in_words}."
    return _page(
        request, form, person, title=f"End the place of {person.full_name}", button="Save", lead=lead
    )


def _appointment(pk: int, appointment_pk: int) -> Appointment:
    return get_object_or_404(
        Appointment.objects.select_related("person", "body"), pk=appointment_pk, person_id=pk
    )


def _page(
    request: HttpRequest,
    form: AppointmentForm | EndAppointmentForm,
    person: Person,
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        button=button,
        lead=lead,
        back_url=person.get_absolute_url(),
        back_text=person.full_name,
        section="people",
    )


@requires(Permission.KEEP_PEOPLE)
@require_POST
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody an account, or open it again, and write to them how to sign in."""
    person = get_object_or_404(Person, pk=pk)
    try:
        account = invite(
            by=request.user, person=person, sign_in_url=request.build_absolute_uri(reverse("account_login"))
        )
    except (CannotInvite, MailNotSent) as error:
        messages.warning(request, str(error))
    else:
        messages.info(request, f"{person.called} is invited: we wrote to {account.email} how to sign in.")
    return HttpResponseRedirect(person.get_absolute_url())


@requires(Permission.KEEP_PEOPLE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close somebody's account and end their sign-ins."""
    account = get_object_or_404(Account.objects.select_related("person"), person_id=pk)
    close_account(by=request.user, account=account)
    messages.info(request, f"The account of {account} is closed. You can invite them again.")
    return HttpResponseRedirect(reverse("people:person", args=[pk]))
