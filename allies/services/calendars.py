"""The address of one's own calendar feed: making, renewing and ending it."""

from django.db import transaction

from allies import clock
from allies.models import Account, CalendarAddress
from allies.models.calendars import digest_of, new_seed, secret_from
from allies.policies import check
from allies.powers import Permission


@transaction.atomic
def renew_calendar_address(*, by: Account) -> CalendarAddress:
    """Make an address for one's own calendar; the one before, if any, works no more. Raises Refused."""
    check(by, Permission.KEEP_OWN_ACCOUNT)
    seed = new_seed()
    made = {"seed": seed, "digest": digest_of(secret_from(seed)), "made_at": clock.now()}
    address, _ = CalendarAddress.objects.update_or_create(account=by, defaults=made)
    return address


@transaction.atomic
def end_calendar_address(*, by: Account) -> None:
    """End the address of one's own calendar; without one, nothing happens. Raises Refused."""
    check(by, Permission.KEEP_OWN_ACCOUNT)
    CalendarAddress.objects.filter(account=by).delete()
