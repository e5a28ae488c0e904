"""How allauth fits our accounts: closed sign-up, codes by email, people loaded with their account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from allies.models import Account

TOO_MANY_TRIES = (
    "That was three codes that did not fit. For your safety that code no longer works. Ask for another."
)
CODE_TOO_OLD = "This code is older than ten minutes. We can send another."
MAIL_NOT_SENT = "We could not send the mail just now. Try again in a few minutes, or ask the team."


class AccountBackend(AuthenticationBackend):
    """Loads the account together with its person: one query for a request, not two."""

    def get_user(self, user_id: Any) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and account.is_active else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: the core team invites. And our own words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "This is not the code that we sent. Look at the newest mail from us",
        "rate_limited": "That was many tries in a short time. Wait a few minutes, then try again",
        "too_many_login_attempts": TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say what happened where it happened."""
