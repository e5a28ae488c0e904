"""The list of actions as a file: exactly what the filters in the address ask for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from actions import sheet
from actions.forms.finding import FindForm
from actions.models.action import ActionQuerySet
from actions.models.finding import find
from allies import clock
from allies.access import requires
from allies.powers import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.READ_RECORD)
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as CSV. The mark at its beginning tells Excel that it is UTF-8."""
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    actions, then = found
    words = "\ufeff" + sheet.as_csv(sheet.rows_of(actions, then=then))
    return _file(words.encode(), "text/csv; charset=utf-8", "csv")


@require_safe
@requires(Permission.READ_RECORD)
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as a workbook."""
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    actions, then = found
    return _file(sheet.as_xlsx(sheet.rows_of(actions, then=then)), XLSX, "xlsx")


def _found(request: HttpRequest) -> tuple[ActionQuerySet, bool] | HttpResponse:
    form = FindForm(request.GET, actor=request.user)
    if not form.is_valid():
        words = "What the address asks for cannot be read. Go back to the list and choose again."
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    wanted = form.wanted()
    found = find(wanted, actor=request.user, today=clock.today())
    found = found.select_related("body", "about_project", "about_organisation").with_owners(on=wanted.on)
    return found, wanted.on is not None


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"actions-{clock.today().isoformat()}.{ending}"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
