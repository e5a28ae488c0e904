"""Conflicts of interest: what kinds there are, who is asked when, who may read which words, and what follows.

The kinds and natures are NHS England's; the Charity Commission speaks of financial conflicts and conflicts of
loyalty (DOMAIN, Conflicts). Having an interest is normal: these rules say what is done about it.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from allies.partial_dates import PartialDate
from allies.powers import TABLE, Permission, Role

ONE_DAY = timedelta(days=1)


class InterestKind(StrEnum):
    """What sort of interest it is; all but the first are conflicts of loyalty."""

    FINANCIAL = "financial"
    PROFESSIONAL = "professional"
    PERSONAL = "personal"
    INDIRECT = "indirect"


class Nature(StrEnum):
    """How near a conflict is."""

    ACTUAL = "actual"
    POTENTIAL = "potential"
    PERCEIVED = "perceived"


class Handling(StrEnum):
    """What was done about a declaration at an item, mildest first."""

    NOTED = "noted"
    STAYED = "stayed"
    LEFT = "left"
    WITHHELD = "withheld"


HANDLING_IN_WORDS = {
    Handling.NOTED: "Noted",
    Handling.STAYED: "Stayed for the discussion, took no part in the decision",
    Handling.LEFT: "Left for the item",
    Handling.WITHHELD: "The matter is withheld from them",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has in a matter: a voice in the discussion, a part in the decision, sight of the record."""

    discusses: bool
    decides: bool
    sees: bool

    def __and__(self, other: "Standing") -> "Standing":
        """Give what is left where both hold."""
        return Standing(
            self.discusses and other.discusses, self.decides and other.decides, self.sees and other.sees
        )


# What each role brings to a matter of its group. A guest (no role) is heard in the room. The core team advises
# and writes; the group's decisions are the group's (DESIGN §6).
_BROUGHT: dict[Role | None, Standing] = {
    None: Standing(discusses=True, decides=False, sees=False),
    Role.ACCOUNT: Standing(discusses=True, decides=False, sees=False),
    Role.ALLY: Standing(discusses=True, decides=True, sees=True),
    Role.CORE_TEAM: Standing(discusses=True, decides=False, sees=True),
    Role.CHAIR: Standing(discusses=True, decides=True, sees=True),
}

# What each handling leaves. It takes away and never gives; no role stands above it.
_LEFT_BY = {
    Handling.NOTED: Standing(discusses=True, decides=True, sees=True),
    Handling.STAYED: Standing(discusses=True, decides=False, sees=True),
    Handling.LEFT: Standing(discusses=False, decides=False, sees=True),
    Handling.WITHHELD: Standing(discusses=False, decides=False, sees=False),
}


def standing_of(handlings: Iterable[Handling], role: Role | None = Role.ALLY) -> Standing:
    """Give what somebody of this role has in a matter, after all that was handled for them at it.

    Several handlings take away together; none leaves what the role brings. `role` None is a guest.
    Source: DOMAIN (Conflicts), DESIGN §4 and §6.
    """
    standing = _BROUGHT[role]
    for handling in handlings:
        standing &= _LEFT_BY[Handling(handling)]
    return standing


class PublicAnswer(StrEnum):
    """What a published register says of somebody, beside their entries that it shows."""

    NOT_ANSWERED = "not_answered"  # which is not the same as nothing
    NIL = "nil"
    ALL = "all"  # they answered; what is over, or is kept back for somebody's sake, is not shown


def public_answer(
    joined: PartialDate | None, answered: date | None, *, nil: bool, has_entries: bool
) -> PublicAnswer:
    """Give what a published register says of somebody's last answer, given on `answered`; None where there is none.

    `joined` is since when they sit with the group (None: nobody knows): what they answered before does not count.
    `has_entries` says whether any entry of theirs stands, shown or not: over one, nobody is said to have nothing.
    """
    if answered is None or (joined and answered < joined.first_day()):
        return PublicAnswer.NOT_ANSWERED
    return PublicAnswer.NIL if nil and not has_entries else PublicAnswer.ALL


class Sight(StrEnum):
    """How much of an entry in the register somebody reads, least first."""

    NOTHING = "nothing"
    OUTLINE = "outline"  # that it exists, with whom, and of which kind
    WORDS = "words"


def sight_of(roles: Iterable[Role], *, own: bool, private: bool) -> Sight:
    """Give what somebody who holds these roles reads of one entry.

    Its owner reads all of it, whatever they hold today; chairs too. Whoever reads the record reads what is
    not private. Everybody else reads nothing. Source: DESIGN §6, the row "read the register of interests".
    """
    allowed = frozenset[Permission]().union(*(TABLE[role] for role in roles))
    if own or Permission.READ_PRIVATE_INTERESTS in allowed:
        return Sight.WORDS
    if Permission.READ_RECORD not in allowed:
        return Sight.NOTHING
    return Sight.OUTLINE if private else Sight.WORDS


def unbroken_since(
    places: Iterable[tuple[PartialDate | None, PartialDate | None]], today: date
) -> PartialDate | None:
    """Give since when somebody has sat with the group without a gap; None where nobody knows.

    `places` are the starts and ends of their posts, inclusive, one of which at least holds on `today`.
    Another post from the day after the last, or before it, is no new joining. Raises ValueError where none holds.
    """
    known = sorted(places, key=lambda place: place[0].first_day() if place[0] else date.min, reverse=True)
    now = [place for place in known if is_held_on(*place, today)]
    if not now:
        raise ValueError("Nobody has joined what they do not sit on.")
    start = now[-1][0]
    for begun, until in known:
        if start and (begun is None or begun < start) and _reaches(until, start):
            start = begun
    return start


def is_held_on(begun: PartialDate | None, until: PartialDate | None, day: date) -> bool:
    """Answer whether a place holds on a day, both ends inclusive; an unknown start counts as begun."""
    return (begun is None or begun.first_day() <= day) and (until is None or day <= until.last_day())


def _reaches(until: PartialDate | None, start: PartialDate) -> bool:
    return until is None or until.last_day() + ONE_DAY >= start.first_day()


def asked_again_on(
    joined: PartialDate | None, answers: Iterable[date], every_months: int | None
) -> date | None:
    """Give the day from which somebody is asked for their interests: first on joining, then each so many months.

    `joined` is the start of their place, None where nobody knows it: then every answer counts, and without one
    they are asked from the beginning (`date.min`). Answers from before they joined do not count. `every_months`
    None or 0 asks on joining alone; then, once answered, the day is None: never again. Days are inclusive.
    """
    start = joined.first_day() if joined else date.min
    latest = max((day for day in answers if day >= start), default=None)
    if latest is None:
        return start
    return months_after(latest, every_months) if every_months else None


def due(joined: PartialDate | None, answers: Iterable[date], every_months: int | None, today: date) -> bool:
    """Answer whether somebody is asked for their interests on `today`; see `asked_again_on`."""
    asked_on = asked_again_on(joined, answers, every_months)
    return asked_on is not None and asked_on <= today


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later; the month's last day where it is shorter (31 January, 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
