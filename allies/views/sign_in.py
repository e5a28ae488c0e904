"""Signing in with a code that comes by email, and out again.

allauth keeps the codes, their ten minutes and the limits; the addresses and the pages are ours.
"""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allies import sign_in as words
from allies.access import public
from allies.forms.sign_in import AddressForm, CodeForm
from allies.services import accounts


class _OurPages:
    """What both steps share: our group's words in the templates, and 422 for what must be mended."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.pop("site", None)  # allauth's; ours comes with every page
        return context | {"next": self.get_next_url() or ""}  # type: ignore[attr-defined]

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[attr-defined]


class _AskForAddress(_OurPages, RequestLoginCodeView):
    form_class = AddressForm
    template_name = "account/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Whoever comes back to this page mistyped their address: let them give another."""

    def form_valid(self, form: AddressForm) -> HttpResponse:
        try:
            if form.is_closed:
                accounts.tell_that_it_is_closed(address=form.cleaned_data["email"])
            return super().form_valid(form)
        except OSError:
            form.add_error(None, words.MAIL_NOT_SENT)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"examples": accounts.example_people()}


class _AskForCode(_OurPages, ConfirmLoginCodeView):
    form_class = CodeForm
    template_name = "account/enter_code.html"
    refused = ""

    def form_invalid(self, form: Form) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return super().form_invalid(form)
        self.refused = words.TOO_MANY_TRIES
        return HttpResponseRedirect(reverse("account_login"))


@public(reason="Whoever signs in is not signed in yet.")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a code to it."""
    return _AskForAddress.as_view()(request)


@public(reason="Whoever signs in is not signed in yet.")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then open the page that was asked for. A code that no longer serves leads back."""
    was_waiting = LOGIN_SESSION_KEY in request.session
    view = _AskForCode()
    view.setup(request)
    response = view.dispatch(request)
    if response.status_code == 302 and response["Location"] == reverse("account_login"):
        if was_waiting:
            messages.error(request, view.refused or words.CODE_TOO_OLD)
        return HttpResponseRedirect(_keeping_next(request, reverse("account_login")))
    return response


def _keeping_next(request: HttpRequest, address: str) -> str:
    view = RequestLoginCodeView()
    view.setup(request)
    return str(view.passthrough_next_url(address))


@public(reason="Signing out works for everybody, also twice.")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out by POST; GET asks first."""
    return LogoutView.as_view(template_name="account/sign_out.html")(request)


@public(reason="It is for those who can no longer sign in.")
def closed_account(request: HttpRequest) -> HttpResponse:
    """Say that an account is closed, and who can open it again."""
    return render(request, "account/closed.html", status=403)
