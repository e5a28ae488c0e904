"""Papers: adding one, opening one, withdrawing one."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.forms.papers import PaperForm, WithdrawForm
from meetings.models import Paper
from meetings.policies import can_write_notes, check_can_write_notes
from meetings.services import papers
from meetings.services.papers import PaperRefused
from meetings.uploads import UploadRefused, kind_by_name
from meetings.views.finding import form_page, meeting_to_write


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A file or a link for a meeting, or for one item of it."""
    meeting = meeting_to_write(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None, meeting=meeting, actor=request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            papers.add_paper(
                by=request.user,
                meeting=meeting,
                title=typed["title"],
                version=typed["version"],
                item=typed["item"],
                link=typed["link"],
                file_name=typed["file"].name if typed["file"] else "",
                content=form.content if typed["file"] else None,
            )
        except (PaperRefused, UploadRefused) as error:
            form.add_error(None, str(error))
        else:
            return redirect(meeting)
    return form_page(request, "meetings/add_paper.html", {"meeting": meeting, "form": form})


@requires(Permission.READ_RECORD)
@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """The file, always to keep and never to show: a browser must not run what somebody sent."""
    found = _paper(request, pk)
    if not found.file or (found.withdrawn and not can_write_notes(request.user, found.meeting)):
        raise Http404
    kind = kind_by_name(found.file.name)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=PurePath(found.file.name).name,
        content_type=kind.content_type if kind else "application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a paper no longer counts."""
    found = _paper(request, pk)
    check_can_write_notes(request.user, found.meeting)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            papers.withdraw_paper(by=request.user, paper=found, reason=form.cleaned_data["reason"])
        except PaperRefused as error:
            form.add_error("reason", str(error))
        else:
            return redirect(found.meeting)
    context = {"form": form, "meeting": found.meeting, "what": str(found), "kind": "paper"}
    return form_page(request, "meetings/withdraw.html", context)


def _paper(request: HttpRequest, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.visible_to(request.user).select_related("meeting__body"), pk=pk)
