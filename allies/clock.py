"""The one place that knows the time. Rules take `today` as an argument; services and views ask here."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in the record's time zone, or the day a demonstration was told to call today."""
    return settings.ALLIES_TODAY or timezone.localdate()


def now() -> datetime:
    """This moment, on the day that `today` gives."""
    moment = timezone.now()
    if settings.ALLIES_TODAY:
        local = timezone.localtime(moment)
        moment = datetime.combine(settings.ALLIES_TODAY, local.timetz(), local.tzinfo)
    return moment


def begins_at(day: date, starts: time | None) -> datetime:
    """The moment a meeting begins: its start, or 00:00 of its day when no time is known (DESIGN §4)."""
    return timezone.make_aware(datetime.combine(day, starts or time()))


def day_of(moment: datetime) -> date:
    """The day a moment falls on, in the record's time zone."""
    return timezone.localtime(moment).date()
