"""The list of organisations and their forms. The page of one joins more: see `meetings`."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from allies.access import requires
from allies.forms.projects import OrganisationForm
from allies.history import history_page
from allies.models import Organisation, Participation
from allies.policies import can
from allies.powers import Permission
from allies.services.projects import change_organisation, enter_organisation
from allies.views.pages import form_page, page_of, sent

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.READ_RECORD)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations by name, with their parts in projects."""
    parts = Participation.objects.visible_to(request.user).select_related("project")
    found = Organisation.objects.visible_to(request.user).order_by("name")
    found = found.prefetch_related(Prefetch("participations", parts))
    return render(
        request,
        "allies/organisations.html",
        {"page_obj": page_of(request, found), "may_keep": can(request.user, Permission.KEEP_PEOPLE)},
    )


@requires(Permission.KEEP_PEOPLE)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(sent(request))
    if form.is_valid():
        return HttpResponseRedirect(
            enter_organisation(by=request.user, **form.cleaned_data).get_absolute_url()
        )
    return form_page(
        request,
        form,
        title="Add an organisation",
        button="Add to the record",
        back_url="/organisations/",
        back_text="Organisations",
        section="projects",
    )


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an organisation."""
    found = _visible(request, pk)
    initial = {"name": found.name, "short_name": found.short_name}
    form = OrganisationForm(sent(request), organisation=found, initial=initial)
    if form.is_valid():
        change_organisation(by=request.user, organisation=found, **form.cleaned_data)
        return HttpResponseRedirect(found.get_absolute_url())
    return form_page(
        request,
        form,
        title=f"Change {found.name}",
        button="Save",
        back_url=found.get_absolute_url(),
        back_text=found.name,
        section="projects",
    )


@requires(Permission.READ_RECORD)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what about an organisation and its parts."""
    found = _visible(request, pk)
    return history_page(
        request,
        title=found.name,
        back_url=found.get_absolute_url(),
        section="projects",
        rows=[found, Participation.history.filter(organisation=found)],
    )


def _visible(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
