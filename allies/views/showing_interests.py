"""What a page says of entries in the register, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allies.models import Actor
from allies.policies import powers_of
from allies.powers import Permission


def prepare_entries(entries: Iterable[Any], actor: Actor, day: date) -> None:
    """Give each entry, as `visible_to` and `with_partners` gave it, what its line says on a day; no query.

    `stands` (then), `days` ("From 2023 until March 2025"), `partners` (who takes part in the project now), and
    `may_keep` (whether the reader may write to it).
    """
    powers = powers_of(actor)
    for_anyone = powers.may(Permission.ANSWER_FOR_ANYONE)
    for_oneself = powers.may(Permission.ANSWER_FOR_ONESELF)
    for entry in entries:
        entry.stands = not entry.withdrawn and not entry.is_over_by(day)
        entry.days = days_in_words(entry)
        entry.partners = _partners(entry)
        own = entry.person_id == powers.person_id
        entry.may_keep = not entry.withdrawn and (for_anyone or (own and for_oneself))


def days_in_words(entry: Any) -> str:
    """Say from when until when an entry holds: "From 2023 until March 2025"."""
    begun = f"From {entry.begun.in_words}" if entry.begun else ""
    until = f"{'until' if begun else 'Until'} {entry.until.in_words}" if entry.until else ""
    return " ".join(filter(None, (begun, until))) or "Since when is not known"


def _partners(entry: Any) -> str:
    if not entry.about_project_id:
        return ""
    return ", ".join(dict.fromkeys(part.organisation.name for part in entry.about_project.parts_now))
