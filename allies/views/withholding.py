"""`/withheld/`: who is kept from what, for those who write notes and are not kept from it themselves."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from allies.access import requires
from allies.forms.withholding import ReleaseForm, WithholdForm
from allies.history import history_page
from allies.models import Withholding
from allies.powers import Permission
from allies.services.withholding import CannotRelease, check_can_release, release, withhold
from allies.views.pages import form_page, page_of, sent

FORM = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.WRITE_NOTES)
@require_safe
def withholdings(request: HttpRequest) -> HttpResponse:
    """List them, those that stand first, then by when they began."""
    found = (
        Withholding.objects.visible_to(request.user)
        .select_related("person", "decided_by", "about_project", "about_organisation", "about_matter")
        .order_by("-until", "-since", "-pk")
    )
    standing = [one for one in found if one.until is None]
    page = page_of(request, found.exclude(until=None))
    return render(request, "allies/withholdings.html", {"standing": standing, "page_obj": page})


@requires(Permission.WRITE_NOTES)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Keep somebody from a project or a partner. `?about=project:4` fills in where one came from."""
    form = WithholdForm(sent(request), actor=request.user, initial={"about": request.GET.get("about", "")})
    if form.is_valid():
        typed = form.cleaned_data
        withhold(by=request.user, person=typed["person"], about=typed["about"], why=typed["why"])
        return HttpResponseRedirect(reverse("withheld:list"))
    lead = (
        "From now on they find nothing that is about it: no item, paper, note, decision or action. "
        "They see that an item was withheld, with its number and its time."
    )
    return _page(request, form, title="Keep somebody from a matter", button="Keep them from it", lead=lead)


@requires(Permission.WRITE_NOTES)
@FORM
def release_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End a withholding, with the reason."""
    found = _visible(request, pk)
    check_can_release(request.user, found)
    form = ReleaseForm(sent(request))
    if form.is_valid():
        try:
            release(by=request.user, withholding=found, **form.cleaned_data)
        except CannotRelease as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("withheld:list"))
    matter = f"{found.about}" if found.about else f"“{found.matter}”"
    title = f"Release {matter} to {found.person}"
    return _page(request, form, title=title, button="Release it")


@requires(Permission.WRITE_NOTES)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what of it, and when."""
    found = _visible(request, pk)
    return history_page(
        request, title=str(found), back_url=reverse("withheld:list"), section="interests", rows=[found]
    )


def _visible(request: HttpRequest, pk: int) -> Withholding:
    rows = Withholding.objects.visible_to(request.user)
    related = ("person", "about_project", "about_organisation", "about_matter")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _page(
    request: HttpRequest, form: WithholdForm | ReleaseForm, *, title: str, button: str, lead: str = ""
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        button=button,
        lead=lead,
        back_url=reverse("withheld:list"),
        back_text="Withheld",
        section="interests",
    )
