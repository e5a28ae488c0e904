"""`/actions/`: every action one may read, filtered by what stands in the address."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from actions.forms.finding import FindForm
from actions.forms.updating import ReasonForm
from actions.models.choices import offered_to
from actions.models.finding import Wanted, find
from actions.views.showing import prepare_rows
from actions.wording import counted_actions, day_in_words
from allies import clock
from allies.access import requires
from allies.policies import can
from allies.powers import Permission

ON_A_PAGE = 50
# In an address: the form to look for some of them stands open.
LOOK = "look"


@require_safe
@requires(Permission.READ_RECORD)
@vary_on_headers("HX-Request")
def list_actions(request: HttpRequest) -> HttpResponse:
    """Show the list; under htmx the part with the results, or with `look` the form to look for some of them.

    The form is filled only for those who look: what it offers takes as long to find as the list itself.
    """
    form = FindForm(request.GET, actor=request.user)
    context = {
        "form": form,
        "address": _address(request.GET),
        "may_add": can(request.user, Permission.UPDATE_ANY_ACTION),
    }
    if request.htmx and LOOK in request.GET:
        form.offer(offered_to(request.user))
        return render(request, "actions/list.html#looking", context)
    if form.is_valid():
        context |= _results(request, form.wanted())
    if not request.htmx and (form.errors or context["asked"] or LOOK in request.GET):
        form.offer(offered_to(request.user))
        context["looking"] = True
    template = "actions/list.html#results" if request.htmx else "actions/list.html"
    response = render(request, template, context, status=200 if form.is_valid() else 422)
    if request.htmx:
        response["HX-Push-Url"] = reverse("actions:list") + (
            f"?{context['address']}" if context["address"] else ""
        )
    return response


def _results(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    page = _page(request, wanted)
    tick = wanted.unconfirmed and wanted.on is None and can(request.user, Permission.UPDATE_ANY_ACTION)
    return {
        "page_obj": page,
        "then": wanted.on is not None,
        "then_on": wanted.on,
        "then_in_words": day_in_words(wanted.on) if wanted.on else "",
        "counted": _counted(page.paginator.count, wanted),
        "asked": wanted not in (Wanted(), Wanted(sort=wanted.sort)),
        "together_form": ReasonForm(auto_id="together-%s") if tick and page.paginator.count else None,
    }


def _page(request: HttpRequest, wanted: Wanted) -> Page:
    """One page of rows, with those who carry them."""
    found = find(wanted, actor=request.user, today=clock.today()).with_owners(on=wanted.on)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    actions = list(page.object_list)
    page.object_list = actions if wanted.on else prepare_rows(actions, request.user)
    return page


def _counted(number: int, wanted: Wanted) -> str:
    if wanted.status == "open" and number:
        return f"{number} open {'action' if number == 1 else 'actions'}"
    return counted_actions(number)


def _address(query: QueryDict) -> str:
    """What is asked, without its empty parts and without the page: for links that keep the filters."""
    asked = [
        (key, value)
        for key, values in query.lists()
        if key not in {"page", LOOK}
        for value in values
        if value
    ]
    return urlencode(asked)
