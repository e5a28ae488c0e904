"""What the forms of this app share: do it where the form is whole; else show the form with what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from allies.powers import Refused
from allies.views.pages import form_page
from risks.ladder import NAMES
from risks.models import Assessment, Case, ValuesPosition
from risks.scheme import Level
from risks.services.cases import CaseRefused
from risks.services.registering import RiskRefused

FORM = require_http_methods(["GET", "HEAD", "POST"])

type Act = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """A form, and what is done with what was typed; the lead of its page, where that depends on the case."""

    form: forms.Form
    act: Act
    lead: str = ""


def is_done(form: forms.Form, act: Act) -> bool:
    """Do it with what was typed, where the form is whole. Why it cannot be done stands in the form then."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except (CaseRefused, RiskRefused, Refused) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def done_or_form(
    request: HttpRequest, form: forms.Form, act: Act, *, to: str, section: str, **page: str
) -> HttpResponse:
    """Do it and go `to` another page; or show the form on a page of its own. `page` is `form_page`'s."""
    if is_done(form, act):
        return HttpResponseRedirect(to, status=303)
    return form_page(request, form, section=section, **page)


def case_form(*, title: str, button: str, lead: str = "") -> Callable[..., Callable[..., HttpResponse]]:
    """Make a view of a function that says of a case what is asked and what is then done with it.

    Where it raises CaseRefused nothing can be asked: the page of the case says why.
    """

    def declare(asks: Callable[[HttpRequest, Case], Doing]) -> Callable[..., HttpResponse]:
        @FORM
        @wraps(asks)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            case = readable(request, pk)
            try:
                doing = asks(request, case)
            except CaseRefused as refused:
                messages.warning(request, str(refused))
                return HttpResponseRedirect(case.get_absolute_url(), status=303)
            return done_or_form(
                request,
                doing.form,
                doing.act,
                to=case.get_absolute_url(),
                section="projects",
                title=title,
                lead=doing.lead or lead,
                button=button,
                back_url=case.get_absolute_url(),
                back_text=str(case),
            )

        return view

    return declare


def readable(request: HttpRequest, pk: int) -> Case:
    """The case, as far as the reader may read it at all."""
    found = Case.objects.visible_to(request.user).select_related(
        "about_project", "about_organisation", "body__parent"
    )
    return get_object_or_404(found, pk=pk)


def say_what_opened(request: HttpRequest, said: QuerySet[Assessment] | QuerySet[ValuesPosition]) -> None:
    """Say on the next page which cases some scores or views have opened, as far as the reader may see them.

    One query.
    """
    opened = Case.objects.visible_to(request.user).opened_by(said)
    for case in opened.select_related("about_project", "about_organisation").order_by("pk"):
        who = NAMES[Level(case.level)]
        words = f"This opened a case for {who[:1].lower()}{who[1:]} to decide."
        link = format_html('{} <a href="{}">{}</a>', words, case.get_absolute_url(), case)
        messages.success(request, link)
