"""How allauth fits our accounts: closed sign-up, codes by email, people loaded with their account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from allies.models import Account


class AccountBackend(AuthenticationBackend):
    """Loads the account together with its person: one query for a request, not two."""

    def get_user(self, user_id: Any) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and account.is_active else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: the core team invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
