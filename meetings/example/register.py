"""The invented group's register of interests: everybody's answer, but for one who has not answered yet.

The group opens it to the public.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from allies.interests import InterestKind, Nature
from allies.models import Account, Organisation, Project
from allies.partial_dates import PartialDate
from allies.policies import can_declare_for
from allies.services.interests import Entry, answer_about_interests, declare_interest
from allies.services.public_register import open_register
from meetings.example.people import GROUP

if TYPE_CHECKING:
    from meetings.example.loading import Example

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Tie:
    """One entry: whose, with whom (a project or a partner by name, or somebody else), and since and until when.

    `declared`, `since` and `until` count in years before today.
    """

    who: str
    about: str
    kind: InterestKind
    nature: Nature
    words: str
    declared: float
    since: float | None = None
    until: float | None = None
    private: bool = False


TIES = (
    Tie(
        "Grace Holt",
        "Tidewater Council",
        InterestKind.FINANCIAL,
        Nature.ACTUAL,
        "Works two days a week in the council’s planning department.",
        0.6,
        since=4.2,
    ),
    Tie(
        "Femi",
        "Northbank Health Trust",
        InterestKind.INDIRECT,
        Nature.POTENTIAL,
        "A cousin works for the trust.",
        1.6,
        since=2.0,
    ),
    Tie(
        "Esme",
        "Northbank Health Trust",
        InterestKind.PERSONAL,
        Nature.ACTUAL,
        "Has a complaint open with the trust about her own care.",
        0.4,
        since=0.5,
        private=True,
    ),
    Tie(
        "Ada",
        "Safe to Say",
        InterestKind.PROFESSIONAL,
        Nature.POTENTIAL,
        "Is a trustee of a youth charity that may use the guide.",
        0.7,
        since=1.1,
    ),
    Tie(
        "Hugh",
        "Fenwick University",
        InterestKind.FINANCIAL,
        Nature.ACTUAL,
        "Was paid to teach on a course there.",
        2.4,
        since=3.0,
        until=0.6,
    ),
    Tie(
        "Lena",
        "Saltmarsh Writers",
        InterestKind.PERSONAL,
        Nature.PERCEIVED,
        "Founded the group, and still writes with it.",
        0.8,
        since=9.0,
    ),
    Tie(
        "Moira",
        "Open Hearing Charity",
        InterestKind.PROFESSIONAL,
        Nature.PERCEIVED,
        "Sat on its advisory board.",
        1.8,
        since=3.0,
    ),
)
# In years before today. Yusuf has not answered yet; Joan answered longer ago than a year.
ANSWERS = {
    "Bel": 0.7,
    "Dev": 0.7,
    "Kit": 0.7,
    "Tomas": 0.6,
    "Ada": 0.5,
    "Femi": 0.7,
    "Esme": 0.4,
    "Grace Holt": 0.6,
    "Grace Ilori": 0.6,
    "Hugh": 0.5,
    "Ines": 0.5,
    "Joan": 1.2,
    "Lena": 0.8,
}


def fill_register(example: "Example") -> None:
    """Enter what everybody declared, and their answers; whoever has no account is written for by the team."""
    matters = {one.name: one for model in (Project, Organisation) for one in model.objects.all()}
    for tie in TIES:
        about = matters.get(tie.about)
        declare_interest(
            by=_by(example, tie.who),
            person=example.people[tie.who],
            entry=Entry(
                tie.kind,
                tie.nature,
                tie.words,
                about=about,
                with_whom="" if about else tie.about,
                private=tie.private,
                begun=_month(example, tie.since),
                until=_month(example, tie.until),
            ),
            declared_on=example.today - timedelta(days=round(tie.declared * YEAR)),
        )
    for name, years in ANSWERS.items():
        person = example.people[name]
        on = example.today - timedelta(days=round(years * YEAR))
        standing = person.interests.standing_on(on).exists()
        answer_about_interests(by=_by(example, name), person=person, nil=not standing, on=on)
    last = example.held_on(1)
    open_register(
        by=example.actor("Tomas"),
        body=example.bodies[GROUP],
        because=f"Agreed by the group on {last.day} {last:%B %Y}.",
    )
    example.bodies[GROUP].refresh_from_db()


def _by(example: "Example", name: str) -> Account:
    """Their own account, where they may still write; else that of the team's lead."""
    account = Account.objects.filter(person=example.people[name]).first()
    if account and can_declare_for(account, example.people[name]):
        return account
    return Account.objects.get(person=example.people["Bel"])


def _month(example: "Example", years: float | None) -> PartialDate | None:
    if years is None:
        return None
    day = example.today - timedelta(days=round(years * YEAR))
    return PartialDate(day.year, day.month)
