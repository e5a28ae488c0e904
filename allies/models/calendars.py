"""The address of somebody's own calendar feed: whoever knows it reads their calendar without signing in."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest

from django.db import models
from django.utils.crypto import salted_hmac

from allies import clock
from allies.models.accounts import Account


def new_seed() -> str:
    """A random text of 256 bits."""
    return secrets.token_hex(32)


class CalendarAddressManager(models.Manager["CalendarAddress"]):
    """Finds an address by its secret part."""

    def of_secret(self, secret: str) -> "CalendarAddress | None":
        """The address with this secret part, with account and person, while the account may be used; None otherwise.

        It is looked for by its digest, so that how long the search takes says nothing of the secret. One query.
        """
        digest = digest_of(secret)
        found = self.select_related("account__person").filter(digest=digest).first()
        if found is None or not compare_digest(found.digest, digest) or not found.account.is_active:
            return None
        return found


class CalendarAddress(models.Model):
    """One account's address. It ends with the account, when signing out everywhere, and when a new one is made.

    The secret part is worked out from `seed` and the site's SECRET_KEY, and found by its digest: the page can show
    it again, for a second phone, and yet nobody can read it from the database or a backup alone. No history is kept.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="calendar_address")
    seed = models.CharField(max_length=64, default=new_seed)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = CalendarAddressManager()

    def __str__(self) -> str:
        return f"The calendar address of account {self.account_id}"

    @property
    def secret(self) -> str:
        """The secret part, 43 letters, figures and dashes for 256 bits; empty where SECRET_KEY is another by now."""
        secret = secret_from(self.seed)
        return secret if compare_digest(digest_of(secret), self.digest) else ""


def secret_from(seed: str) -> str:
    """The secret part that belongs to a seed, under the site's SECRET_KEY."""
    worked_out = salted_hmac("allies.calendar", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(worked_out).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """What an address is found by."""
    return sha256(secret.encode()).hexdigest()
