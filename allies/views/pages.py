"""What the pages of this app share."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

ON_A_PAGE = 50


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what was sent to a form, also when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    button: str,
    back_url: str,
    back_text: str,
    section: str,
    lead: str = "",
) -> HttpResponse:
    """Render a form on a page of its own; 422 when it came back with something to mend."""
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back_url": back_url,
        "back_text": back_text,
        "section": section,
        "lead": lead,
    }
    return render(request, "allies/form.html", context, status=422 if form.is_bound and form.errors else 200)


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """Give the page of a list that the address asks for; the nearest one when there is no such page."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
