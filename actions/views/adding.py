"""`/actions/new/`: writing down an action outside a meeting's notes."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from actions.deadlines import read_deadline
from actions.forms.managing import NewActionForm, OwnerFormSet
from actions.services import agree
from actions.views.going_back import posted
from allies import clock
from allies.access import requires
from allies.models import Body
from allies.powers import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE_ANY_ACTION)
def new(request: HttpRequest) -> HttpResponse:
    """Write down what was agreed. `?body=` (slug) and `?agreed_on=` fill in where one came from."""
    data = posted(request)
    form = NewActionForm(data, initial=_came_from(request), actor=request.user)
    forms = OwnerFormSet(data, prefix="owners")
    if data is not None and form.is_valid() and forms.is_valid():
        cleaned = form.cleaned_data
        reference = cleaned["agreed_on"] or clock.today()
        action = agree(
            by=request.user,
            body=cleaned["body"],
            text=cleaned["text"],
            details=form.points(),
            agreed_on=cleaned["agreed_on"],
            deadline=read_deadline(cleaned["deadline"], meeting_date=reference),
            owners=forms.owners(),
            about=cleaned["about"],
        )
        return HttpResponseRedirect(action.get_absolute_url(), status=303)
    return render(
        request, "actions/new.html", {"form": form, "forms": forms}, status=200 if data is None else 422
    )


def _came_from(request: HttpRequest) -> dict[str, Any]:
    body = Body.objects.filter(slug=request.GET.get("body", "")[:100]).first()
    day = request.GET.get("agreed_on", "")
    return {"body": body, "agreed_on": day if len(day) == 10 else clock.today()}
