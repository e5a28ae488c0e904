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
from actions.models import Action
from actions.models.choices import offered_to
from actions.models.finding import Wanted, find
from actions.views.showing import prepare_rows
from actions.wording import counted_actions, day_in_words
from allies import clock
from allies.access import requires
from allies.policies import can
from allies.powers import Permission

ON_A_PAGE = 50


@require_safe
@requires(Permission.READ_RECORD)
@vary_on_headers("HX-Request")
def list_actions(request: HttpRequest) -> HttpResponse:
    """Show the list, or under htmx the part with the results."""
    form = FindForm(request.GET, actor=request.user)
    if not request.htmx:
        form.offer(offered_to(request.user))
    context = {
        "form": form,
        "address": _address(request.GET),
        "may_add": can(request.user, Permission.UPDATE_ANY_ACTION),
    }
    if form.is_valid():
        context |= _results(request, form.wanted())
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
    """One page of rows. Ids are put in order first, so that the database sorts numbers and not whole rows."""
    found = find(wanted, actor=request.user, today=clock.today())
    page = Paginator(found.values_list("pk", flat=True), ON_A_PAGE).get_page(request.GET.get("page"))
    ids = list(page.object_list)
    rows = Action.objects.filter(pk__in=ids).with_owners(on=wanted.on)
    if wanted.on:
        rows = rows.with_status_on(wanted.on)
    by_id = {action.pk: action for action in rows}
    actions = [by_id[pk] for pk in ids]
    page.object_list = actions if wanted.on else prepare_rows(actions, request.user)
    return page


def _counted(number: int, wanted: Wanted) -> str:
    if wanted.status == "open" and number:
        return f"{number} open {'action' if number == 1 else 'actions'}"
    return counted_actions(number)


def _address(query: QueryDict) -> str:
    """What is asked, without its empty parts and without the page: for links that keep the filters."""
    asked = [(key, value) for key, values in query.lists() if key != "page" for value in values if value]
    return urlencode(asked)
