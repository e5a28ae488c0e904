"""`/register-of-interests/`: what the groups that say so let everybody read; and the page on which they say so."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods, require_safe

from allies import clock
from allies.access import public, requires
from allies.context import site
from allies.forms.interests import OpenRegisterForm
from allies.models import Body
from allies.models.public_register import last_change, public_bodies, with_last_change
from allies.policies import check
from allies.powers import Permission
from allies.services.public_register import CannotOpenRegister, close_register, open_register
from allies.views.pages import sent
from allies.views.showing_public_register import groups_of

# Anybody may keep a copy, and asks each time whether it is still right: words made private are gone at once.
CACHED = "public, no-cache"


@require_safe
@public(
    reason="A group may open its register of interests to everybody; nothing private or withheld is in it."
)
def public_register(request: HttpRequest) -> HttpResponse:
    """Show the register of each group that opens it. The same for everybody: no session is read, no cookie is set."""
    today = clock.today()
    bodies = list(with_last_change(public_bodies()))
    if not bodies:
        raise Http404
    # Rendered without the request, so that nothing of who reads can come in.
    context = {"groups": groups_of(bodies, today), **site(request)}
    content = render_to_string("allies/public_register.html", context).encode()
    # What begins or ends changes the page as a day begins, without a change of the record.
    changed = max(last_change(bodies[0]), clock.begins_at(today, None))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(
        content,
        headers={"ETag": tag, "Last-Modified": http_date(changed.timestamp()), "Cache-Control": CACHED},
    )
    return get_conditional_response(
        request, etag=tag, last_modified=int(changed.timestamp()), response=answer
    )


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the public reads of a group's register, or would read; open it or close it, with the reason."""
    body = get_object_or_404(Body, slug=slug)
    check(request.user, Permission.PUBLISH, body=body)
    form = OpenRegisterForm(sent(request), initial={"to_public": "no" if body.register_is_public else "yes"})
    if form.is_valid():
        say = open_register if form.cleaned_data["to_public"] == "yes" else close_register
        try:
            say(by=request.user, body=body, because=form.cleaned_data["because"])
        except CannotOpenRegister as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(f"{reverse('interests:list')}#public")
    (group,) = groups_of([body], clock.today())
    context = {"body": body, "form": form, "group": group}
    return render(request, "allies/register_publication.html", context, status=422 if form.errors else 200)
