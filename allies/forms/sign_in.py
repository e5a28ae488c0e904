"""Signing in: an address, then the code that came to it."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms

from allies.models import Account


class AddressForm(RequestLoginCodeForm):
    """Which address to send a code to. An unknown one gets the same answer: nobody learns who is in the group."""

    mark_optional = False
    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Give your email address",
            "invalid": "Give an email address such as ada@example.org",
        },
    )

    def clean_email(self) -> str:
        """Find the account, within the limits for one address and one connection."""
        email: str = self.cleaned_data["email"].strip().lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("rate_limited")
        account = Account.objects.select_related("person").filter(email__iexact=email).first()
        self._user = account if account and account.is_active else None
        self.is_closed = account is not None and not account.is_active
        return email


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail; spaces, dashes and capitals do not matter."""

    mark_optional = False
    code = forms.CharField(
        label="The code from the mail",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 10, "class": "code"}
        ),
        error_messages={"required": "Type the code that we sent you"},
    )
