"""Forms about projects and the parts that organisations play in them. Their pages join more and live higher up."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from allies.access import requires
from allies.forms.projects import EndParticipationForm, PartForm, ParticipationForm, ProjectForm
from allies.history import history_page
from allies.models import Participation, Project
from allies.powers import Permission
from allies.services.projects import (
    change_participation,
    change_project,
    end_participation,
    enter_project,
    take_part,
)
from allies.views.pages import form_page, sent

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.KEEP_PEOPLE)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add a project."""
    form = ProjectForm(sent(request))
    if form.is_valid():
        return HttpResponseRedirect(enter_project(by=request.user, **form.cleaned_data).get_absolute_url())
    return form_page(
        request,
        form,
        title="Add a project",
        button="Add to the record",
        back_url="/projects/",
        back_text="Projects",
        section="projects",
    )


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a project."""
    found = _visible(request, pk)
    form = ProjectForm(sent(request), project=found, initial=ProjectForm.initial_of(found))
    if form.is_valid():
        change_project(by=request.user, project=found, **form.cleaned_data)
        return HttpResponseRedirect(found.get_absolute_url())
    return _page(request, form, found, title=f"Change {found.name}", button="Save")


@requires(Permission.KEEP_PEOPLE)
@FORM
def new_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an organisation to a project."""
    found = _visible(request, pk)
    form = ParticipationForm(sent(request), project=found, actor=request.user)
    if form.is_valid():
        take_part(by=request.user, project=found, **form.cleaned_data)
        return HttpResponseRedirect(found.get_absolute_url())
    return _page(request, form, found, title=f"Who takes part in {found.name}", button="Add to the project")


@requires(Permission.KEEP_PEOPLE)
@FORM
def edit_part(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """Change an organisation's part, or the state of the agreement."""
    row = _participation(request, pk, part_pk)
    form = PartForm(
        sent(request),
        project=row.project,
        participation=row,
        initial={"part": row.part, "agreement": row.agreement},
    )
    if form.is_valid():
        change_participation(by=request.user, participation=row, **form.cleaned_data)
        return HttpResponseRedirect(row.project.get_absolute_url())
    title = f"{row.organisation} in {row.project}"
    return _page(request, form, row.project, title=title, button="Save")


@requires(Permission.KEEP_PEOPLE)
@FORM
def end_part(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """Take an organisation out of a project, with the reason."""
    row = _participation(request, pk, part_pk)
    form = EndParticipationForm(sent(request))
    if form.is_valid():
        end_participation(by=request.user, participation=row, **form.cleaned_data)
        return HttpResponseRedirect(row.project.get_absolute_url())
    lead = "The history of the project keeps that it took part, and why it no longer does."
    title = f"Take {row.organisation} out of {row.project}"
    return _page(request, form, row.project, title=title, button="Take it out", lead=lead)


def _visible(request: HttpRequest, pk: int) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.user).select_related("lead"), pk=pk)


def _participation(request: HttpRequest, pk: int, part_pk: int) -> Participation:
    found = Participation.objects.visible_to(request.user).select_related("project", "organisation")
    return get_object_or_404(found, pk=part_pk, project_id=pk)


def _page(
    request: HttpRequest,
    form: ProjectForm | PartForm | EndParticipationForm,
    project: Project,
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
        back_url=project.get_absolute_url(),
        back_text=project.name,
        section="projects",
    )


@requires(Permission.READ_RECORD)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what about a project and its partners."""
    found = _visible(request, pk)
    return history_page(
        request,
        title=found.name,
        back_url=found.get_absolute_url(),
        section="projects",
        rows=[found, Participation.history.filter(project=found)],
    )
