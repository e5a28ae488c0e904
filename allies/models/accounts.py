"""Accounts: how a person signs in. Nobody has a password; a code comes by email."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from allies.models.people import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes and finds accounts by their address, whatever its capitals."""

    def create_user(self, email: str, person: Person | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), person=person)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """An address that can sign in, mostly somebody's. What it may do comes from the person's appointments."""

    email = models.EmailField("email address", unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_for_an_address")]

    def __str__(self) -> str:
        return self.person.full_name if self.person else self.email

    def sign_out_everywhere(self) -> None:
        """Give the account a new unusable password: every session's hash stops matching. The caller saves."""
        self.set_unusable_password()


class Operator:
    """Whoever sits at the server's command line. Holding the machine is holding the record."""

    pk = None
    person = None
    is_authenticated = True

    def __str__(self) -> str:
        return "the command line"


OPERATOR = Operator()
type Actor = Account | Operator | AnonymousUser
