"""The invented people and bodies. Starts are years before the day of loading."""

from dataclasses import dataclass

from allies.models import Post, Seat


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a body: `since` and `until` count in years before today; None where nothing is known."""

    body: str
    post: str = Post.MEMBER
    seat: str = ""
    since: float | None = None
    until: float | None = None
    interim: bool = False
    only_year: bool = False


@dataclass(frozen=True, slots=True)
class Someone:
    name: str
    short: str = ""
    pronouns: str = ""
    others: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    account: bool = True
    access: str = ""


GROUP, TEAM, EQUITY, STRATEGY = "allies-group", "core-team", "equity-working-group", "strategy-working-group"

BODIES = {
    GROUP: (
        "Allies Group",
        "group",
        "Advises the Collective, holds its risks with it, and decides what it is asked to decide.",
        None,
    ),
    TEAM: ("Core team", "core_team", "Does the daily work, and keeps this record.", None),
    EQUITY: (
        "Equity working group",
        "working_group",
        "How we handle partners whose values pull away from ours.",
        GROUP,
    ),
    STRATEGY: (
        "Strategy working group",
        "working_group",
        "Plans the mid-point review of our strategy.",
        GROUP,
    ),
}

PEOPLE = (
    Someone(
        "Isobel Marsh",
        "Bel",
        "she/her",
        ("Bel Marsh",),
        (Place(TEAM, Post.LEAD, since=6), Place(EQUITY, since=0.4)),
    ),
    Someone("Devan Patel", "Dev", "he/him", places=(Place(TEAM, Post.CORE_TEAM, since=3),)),
    Someone(
        "Kit Sorensen", "Kit", "they/them", places=(Place(TEAM, Post.CORE_TEAM, since=1, only_year=True),)
    ),
    Someone(
        "Tomas Reid",
        "Tomas",
        "he/him",
        places=(
            Place(GROUP, since=2.7, until=1.2),
            Place(GROUP, Post.CO_CHAIR, Seat.LEARNT, since=1.2, interim=True),
        ),
    ),
    Someone(
        "Carys Lund",
        "Carys",
        "she/her",
        places=(Place(GROUP, Post.CO_CHAIR, Seat.LIVED, since=3.1, until=0.1, interim=True),),
        access="Breaks every forty minutes. Papers in large print.",
    ),
    Someone(
        "Ada Okafor",
        "Ada",
        "they/them",
        places=(Place(GROUP, since=2.6), Place(EQUITY, since=0.4)),
        access="Live captions, and papers three days before.",
    ),
    Someone("Femi Adeyemi", "Femi", "he/him", places=(Place(GROUP, since=2.8), Place(STRATEGY, since=0.5))),
    Someone("Esme Ward", "Esme", "she/her", places=(Place(GROUP, since=1.4), Place(EQUITY, since=0.4))),
    Someone("Grace Holt", "Grace", "she/her", places=(Place(GROUP, since=None),)),
    Someone("Grace Ilori", "Grace", "she/her", places=(Place(GROUP, since=0.8),)),
    Someone(
        "Hugh Bannerman",
        "Hugh",
        "he/him",
        places=(Place(GROUP, Post.CO_CHAIR, Seat.LEARNT, since=3.6, until=1.2), Place(GROUP, since=1.2)),
    ),
    Someone("Ines Duarte", "Ines", places=(Place(GROUP, since=0.8), Place(STRATEGY, since=0.5))),
    Someone("Joan Pike", "Joan", "she/her", places=(Place(GROUP, since=2.9, only_year=True),)),
    Someone("Lena Roth", "Lena", places=(Place(GROUP, since=1.4), Place(STRATEGY, Post.CHAIR, since=0.5))),
    Someone("Yusuf Aydin", "Yusuf", "he/him", places=(Place(GROUP, since=0.2),)),
    Someone("Moira Finch", "Moira", "she/her", places=(Place(GROUP, since=2.6, until=0.6),), account=False),
    Someone("Oskar Bright", "Oskar", places=(Place(GROUP, since=3.5, until=1.0),), account=False),
    Someone("Priya Nair", "Priya", account=False),
    Someone("Samir Haddad", "Samir", account=False),
)
