"""Cases of the escalation review, as the contract has them. Nobody's name is in them, and no key before its time."""

from collections import defaultdict
from typing import Any

from allies.models import Seat
from meetings.exporting.worries import about
from risks.models import Case, Key

SEATS = set(Seat.values)


def cases() -> list[dict[str, Any]]:
    """Every case with where it stands, what the seats decided once both had, and what it has come to. Three queries."""
    return [
        {
            "id": case.pk,
            "about": about(case),
            "body": case.body_id,
            "level": case.level,
            "opened_on": case.opened_on.isoformat(),
            "closed_on": case.closed_on.isoformat() if case.closed_on else None,
            "limit": case.limit_on.isoformat() if case.limit_on else None,
            "accepted_until": case.accepted_until.isoformat() if case.accepted_until else None,
            "keys": [_key(key) for key in _shown(case)],
            "outcome": _outcome(case),
        }
        for case in Case.objects.prefetch_related("keys", "decisions").order_by("pk")
    ]


def _shown(case: Case) -> list[Key]:
    """The keys of the rounds in which both seats have given theirs: before that, neither reads the other's."""
    rounds: dict[int, list[Key]] = defaultdict(list)
    for key in case.keys.all():
        if key.counts:
            rounds[key.round].append(key)
    return [key for keys in rounds.values() if {one.seat for one in keys} == SEATS for key in keys]


def _key(key: Key) -> dict[str, Any]:
    return {
        "round": key.round,
        "seat": key.seat,
        "substitute": key.substitute,
        "response": key.response,
        "until": key.until.isoformat() if key.until else None,
        "reason": key.reason,
        "on": key.on.isoformat(),
    }


def _outcome(case: Case) -> dict[str, Any] | None:
    """The last decision, or None while there is none."""
    decisions = list(case.decisions.all())
    if not decisions:
        return None
    last = decisions[-1]
    return {
        "decided_by": last.decided_by,
        "response": last.response,
        "until": last.until.isoformat() if last.until else None,
        "reason": last.reason,
        "on": last.on.isoformat(),
    }
