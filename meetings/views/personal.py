"""A person's own data: what is in the copy, and the copy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.models import Person
from allies.policies import check_can_take_data_of, is_self
from allies.powers import Permission
from meetings.exporting.personal import as_archive, personal_data


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the copy holds: for oneself, and for the core team about anybody."""
    person = get_object_or_404(Person, pk=pk)
    check_can_take_data_of(request.user, person)
    return render(
        request, "meetings/own_data.html", {"person": person, "is_own": is_self(request.user, person)}
    )


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy, as one archive. It looks into every table once, whatever is in them."""
    person = get_object_or_404(Person, pk=pk)
    archive = as_archive(personal_data(by=request.user, person=person))
    return HttpResponse(
        archive,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="data-{person.pk}-{clock.today().isoformat()}.zip"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
