"""How the invented partners and projects fit the group's values, in whose view; and two concerns."""

from datetime import timedelta
from typing import TYPE_CHECKING

from allies import clock
from allies.models import OPERATOR
from allies.services.keeping import keep
from meetings.example.people import GROUP
from meetings.example.timeline import Event
from risks.models import Concern, ConcernState
from risks.services.concerns import look_into, raise_concern
from risks.services.positions import take_position

if TYPE_CHECKING:
    from meetings.example.loading import Example

# Where to turn: an invented address and a number that rings nowhere.
TURN_TO = (
    "The host university’s safeguarding lead: safeguarding@example.org, Monday to Friday, 9:00 to 17:00.\n"
    "At any hour: the duty line, 01632 960 123."
)

ALIGNED, MOSTLY, TENSION, AGAINST, LINE = range(5)

# About what, which value, how far it fits, in whose view, so many days ago, and what it rests on.
VIEWS = (
    (
        "First Appointments",
        "human",
        ALIGNED,
        "Esme",
        200,
        "The clinic moved its hours so that carers could come.",
    ),
    (
        "First Appointments",
        "inclusive",
        MOSTLY,
        "Dev",
        190,
        "Interpreters were booked for all but one session.",
    ),
    ("Safe to Say", "inclusive", ALIGNED, "Ada", 150, "Young people chair their own meetings."),
    ("Safe to Say", "transparent", MOSTLY, "Kit", 140, "The budget is shared, if late."),
    ("Safe to Say", "human", ALIGNED, "Joan", 130, "Two who left were rung up and thanked."),
    (
        "Streets We Share",
        "transparent",
        AGAINST,
        "Grace Holt",
        40,
        "The drawings were decided before residents met.",
    ),
    ("Streets We Share", "transparent", TENSION, "Kit", 45, "Minutes come, three weeks late."),
    ("Streets We Share", "challenging", TENSION, "Kit", 45, "They listen, then nothing changes."),
    (
        "Streets We Share",
        "inclusive",
        MOSTLY,
        "Femi",
        38,
        "Evening sessions, with childcare from the second on.",
    ),
    (
        "The Long Wait",
        "anti_racism",
        AGAINST,
        "Ada",
        3,
        "Ethnicity was left out of the questions, to save room.",
    ),
    (
        "The Long Wait",
        "anti_racism",
        TENSION,
        "Dev",
        2,
        "They agreed to talk about it, and have set no day.",
    ),
    ("The Long Wait", "transparent", TENSION, "Lena", 22, "Nobody can say who will own the answers."),
    (
        "Keys to the Door",
        "challenging",
        ALIGNED,
        "Bel",
        90,
        "Officers asked to be told where the rules hurt.",
    ),
    ("Keys to the Door", "human", MOSTLY, "Ines", 85, "Kind in the room; letters are another matter."),
    ("Research for Two", "inclusive", ALIGNED, "Hugh", 260, "Pairs were paid alike."),
    ("Tidewater Council", "challenging", TENSION, "Bel", 44, "Questions in writing go unanswered."),
    ("Corvid Analytics", "transparent", AGAINST, "Kit", 3, "Their terms let them sell what is learnt."),
    ("Corvid Analytics", "human", TENSION, "Esme", 2, "People are called data points, in front of them."),
    ("Lantern Youth Network", "human", ALIGNED, "Dev", 150, "They pay travel before it is spent."),
)


def events_of_worries(example: "Example") -> list[Event]:
    """The views on values, a concern that was taken up, and one that was just raised; and where to turn."""
    body = example.bodies[GROUP]
    body.turn_to = TURN_TO
    keep(body, by=OPERATOR)
    return [
        *(_view(example, *view) for view in VIEWS),
        *_taken_up(example),
        _concern(
            example,
            "Yusuf",
            "Brightwater Housing",
            1,
            "A tenant who spoke up in our session had a letter about her tenancy the week after.",
        ),
    ]


def _view(
    example: "Example", about: str, value: str, position: int, name: str, days_ago: int, evidence: str
) -> Event:
    on = example.today - timedelta(days=days_ago)
    return Event(
        on,
        lambda: take_position(
            by=example.actor(name),
            body=example.bodies[GROUP],
            about=example.thing(about),
            value=value,
            position=position,
            evidence=evidence,
            on=on,
        ),
    )


def _concern(example: "Example", name: str, about: str, days_ago: int, words: str) -> Event:
    on = example.today - timedelta(days=days_ago)
    return Event(
        on,
        lambda: raise_concern(
            by=example.actor(name),
            body=example.bodies[GROUP],
            about=example.thing(about),
            words=words,
            on=on,
        ),
    )


def _taken_up(example: "Example") -> list[Event]:
    words = (
        "On Thursday one of them told us that the answers are theirs to sell. Two of us have stopped coming."
    )
    on = example.today - timedelta(days=2)

    def take_up() -> None:
        with clock.imagined(on):
            look_into(
                by=example.actor("Tomas"),
                concern=Concern.objects.get(raiser__words=words),
                state=ConcernState.TAKEN_UP,
                summary="Those who take part are not sure who owns what they tell the study, or who may sell it.",
                outcome="We ask the partner for its terms in writing before the next session.",
            )

    return [_concern(example, "Esme", "The Long Wait", 16, words), Event(on, take_up)]
