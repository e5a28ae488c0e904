"""One's own calendar: the page that says how to have it in a calendar app, and the feed itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from allies import clock
from allies.access import public, requires
from allies.models import Account, CalendarAddress
from allies.powers import Permission
from allies.services.calendars import end_calendar_address, renew_calendar_address
from meetings.exporting.calendar import etag_of, write_calendar
from meetings.models.calendar import calendar_of


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Say what is in one's calendar, and give the address to copy, if there is one."""
    found = CalendarAddress.objects.filter(account=request.user).first()
    path = reverse("calendar:feed", args=[found.secret]) if found and found.secret else ""
    address = request.build_absolute_uri(path) if path else ""
    return render(
        request,
        "meetings/calendar.html",
        {
            "address": address,
            "subscribe": address.replace("https://", "webcal://").replace("http://", "webcal://"),
            "made_at": found.made_at if path else None,
            "stopped": bool(found) and not path,
        },
    )


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make the address, or another in its place."""
    renew_calendar_address(by=request.user)
    messages.info(request, "Here is your new address. One that you had before works no more.")
    return HttpResponseRedirect(reverse("calendar:calendar"))


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    end_calendar_address(by=request.user)
    messages.info(request, "Your calendar has no address now. Calendars that used it get nothing more.")
    return HttpResponseRedirect(reverse("calendar:calendar"))


@requires(Permission.READ_RECORD)
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar as a file, for those signed in."""
    return _answer(request, request.user)


@require_safe
@public(
    reason="A calendar app cannot sign in: the address is the key. It is 256 bits long, shows its owner's calendar "
    "alone, and ends when they renew it, switch it off, or lose their account."
)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has this address; no session is read and no cookie set."""
    found = CalendarAddress.objects.of_secret(secret)
    if found is None:
        raise Http404("Nobody's calendar.")
    return _answer(request, found.account)


def _answer(request: HttpRequest, account: Account) -> HttpResponse:
    content = write_calendar(
        calendar_of(account, clock.today()),
        name=settings.ALLIES_SITE["group_name"],
        host=request.get_host().partition(":")[0],
        address=request.build_absolute_uri,
    )
    response = HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "ETag": etag_of(content),
            "Cache-Control": "private, max-age=0, must-revalidate",
            "Content-Disposition": 'inline; filename="calendar.ics"',
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        },
    )
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    return conditional
