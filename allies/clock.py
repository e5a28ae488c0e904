"""The one place that knows the time. Rules take `today` as an argument; services and views ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

_IMAGINED: ContextVar[date | None] = ContextVar("imagined", default=None)


@contextmanager
def imagined(day: date) -> Iterator[None]:
    """Let it be `day` within: for the invented group alone, whose past is written down as it is loaded."""
    token = _IMAGINED.set(day)
    try:
        yield
    finally:
        _IMAGINED.reset(token)


def today() -> date:
    """Today in the record's time zone, or the day a demonstration was told to call today."""
    return _told() or timezone.localdate()


def now() -> datetime:
    """This moment, on the day that `today` gives."""
    moment = timezone.now()
    if day := _told():
        local = timezone.localtime(moment)
        moment = datetime.combine(day, local.timetz(), local.tzinfo)
    return moment


def _told() -> date | None:
    day: date | None = _IMAGINED.get() or settings.ALLIES_TODAY
    return day


def begins_at(day: date, starts: time | None) -> datetime:
    """The moment a meeting begins: its start, or 00:00 of its day when no time is known (DESIGN §4)."""
    return timezone.make_aware(datetime.combine(day, starts or time()))


def day_of(moment: datetime) -> date:
    """The day a moment falls on, in the record's time zone."""
    return timezone.localtime(moment).date()
