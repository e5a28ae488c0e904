"""Erasing a person in two steps: what will happen, and the name typed once more. And what was erased when."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from allies.access import requires
from allies.models import Person
from allies.policies import check_can_erase
from allies.powers import Permission
from meetings.forms.erasing import EraseForm
from meetings.models import Erasure
from meetings.services.erasing import CannotErase, erase_person, preview, what_stands_in_the_way

ON_A_PAGE = 30


@requires(Permission.KEEP_PEOPLE)
@require_safe
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """List what will happen, the lines that somebody must decide, and what is left to do by hand."""
    person = get_object_or_404(Person, pk=pk)
    check_can_erase(request.user, person)
    in_the_way = what_stands_in_the_way(person)
    return render(
        request,
        "meetings/erase.html",
        {
            "person": person,
            "in_the_way": in_the_way,
            "found": None if in_the_way else preview(by=request.user, person=person),
        },
    )


@requires(Permission.KEEP_PEOPLE)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason and the name; with both, erase."""
    person = get_object_or_404(Person, pk=pk)
    check_can_erase(request.user, person)
    if what_stands_in_the_way(person):
        return HttpResponseRedirect(reverse("erasing:erase", args=[pk]))
    decided = request.POST.getlist("line")
    form = EraseForm(request.POST if "name" in request.POST else None)
    if form.is_valid():
        try:
            erased = erase_person(
                by=request.user,
                person=person,
                typed_name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                decided=decided,
            )
        except CannotErase as error:
            form.add_error("name", str(error))
        else:
            return HttpResponseRedirect(f"{reverse('erasing:erasures')}#erasure-{erased.pk}")
    return render(
        request,
        "meetings/erase_confirm.html",
        {"person": person, "form": form, "decided": decided},
        status=422 if form.is_bound else 200,
    )


@requires(Permission.KEEP_PEOPLE)
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Every erasure: when, by whom, why, how much was changed, and what was left to do by hand."""
    rows = Erasure.objects.select_related("by__person", "person")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/erasures.html", {"page_obj": page})
