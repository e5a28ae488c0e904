"""One's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from allies.access import requires
from allies.powers import Permission
from allies.services import accounts


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the address one signs in with, and the way to sign out everywhere."""
    return render(request, "account/account.html")


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every sign-in of one's account, this one too."""
    accounts.sign_out_everywhere(by=request.user)
    request.session.flush()
    messages.info(request, "You are signed out on every computer and phone.")
    return HttpResponseRedirect(reverse("account_login"))
