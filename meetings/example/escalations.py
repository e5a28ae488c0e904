"""What the invented group did with what climbed its ladder: six cases, four of them decided.

Safe to Say went from amber to red, and both chairs agreed. In Keys to the Door a chair stood aside and a substitute
decided. About Streets We Share the chairs differed, and the group decided at its meeting with one member out of the
room; its council is accepted until a date. The Long Wait waits for the chairs now, and a firm that takes part in it
for the group.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from actions.deadlines import read_deadline
from actions.services import Owner
from allies import clock
from allies.interests import Handling as How
from allies.models import Interest, Seat
from meetings.example.people import GROUP
from meetings.example.timeline import Event
from meetings.models import Meeting
from meetings.services.agenda_items import write_item_notes
from meetings.services.cases import Group, decide_case, take_up
from meetings.services.handling import Declaring, declare_and_handle
from risks.keys import Why
from risks.models import Case, CaseResponse
from risks.services.deciding import Decided
from risks.services.deciding import ToDo as Asked
from risks.services.turning_keys import agree_substitutes, give_key, name_substitute, stand_down

if TYPE_CHECKING:
    from meetings.example.loading import Example

TERMS, TALK, PAUSE, ACCEPT = CaseResponse.TERMS, CaseResponse.TALK, CaseResponse.PAUSE, CaseResponse.ACCEPT
YEAR = timedelta(days=365)
LAST, LIST_OF = 1, {4: ("Ada", "Hugh", "Joan"), 1: ("Hugh", "Ines", "Joan")}
NOTES = """- Tomas said that the chairs had decided differently: one for a pause, one for terms.
    - Both reasons were read out.
- Ada asked what residents lose if the work stops. Three streets would not be asked at all.
- Hugh said that terms without a day are no terms.
- The group agreed to go on under terms, and to look at them again at its next meeting."""


def events_of_cases(example: "Example") -> list[Event]:
    """What was done with each case, after the scores, views and concerns that opened it."""
    return [
        *_substitutes(example),
        # The score of 215 days ago opens these two.
        _key(example, 213, "Carys", "Safe to Say", TERMS, "No session without somebody trained in the room."),
        _key(example, 212, "Tomas", "Safe to Say", TERMS, "Terms, with a day: trained leads by the summer."),
        *_a_chair_stands_aside(example),
        *_the_chairs_differ(example),
        *_the_group_decides(example),
        _substitute(example, 1, "Tomas", "The Long Wait", Seat.LIVED, "Joan"),
    ]


def _substitutes(example: "Example") -> list[Event]:
    def agree(day: date, names: tuple[str, ...]) -> None:
        people = [example.people[name] for name in names]
        agree_substitutes(
            by=example.actor("Bel"),
            body=example.bodies[GROUP],
            people=people,
            agreed_on=day,
            until=day + YEAR,
        )

    days = {example.held_on(before): names for before, names in LIST_OF.items()}
    return [Event(day, lambda day=day, names=names: agree(day, names)) for day, names in days.items()]


def _a_chair_stands_aside(example: "Example") -> list[Event]:
    def stand_aside() -> None:
        stand_down(
            by=example.actor("Carys"),
            case=_case(example, "Keys to the Door"),
            person=example.people["Carys"],
            why=Why.CONFLICT,
            words="I rent from Brightwater Housing.",
        )

    why = "They have listened so far. Let us sit down with the officers first."
    return [
        _on(example, 214, stand_aside),
        _substitute(example, 213, "Tomas", "Keys to the Door", Seat.LIVED, "Ada"),
        _key(example, 211, "Ada", "Keys to the Door", TALK, why),
        _key(
            example,
            210,
            "Tomas",
            "Keys to the Door",
            TALK,
            "A conversation, with a tenant from the group there.",
        ),
    ]


def _the_chairs_differ(example: "Example") -> list[Event]:
    """Of the two cases that the same score opened before the last meeting, they agree on one."""
    before = (example.today - example.held_on(LAST)).days
    until = example.today + timedelta(days=45)
    why = "The council gets a new head of planning in spring. Until then nothing would change."
    return [
        _key(
            example,
            before + 9,
            "Carys",
            "Streets We Share",
            PAUSE,
            "Residents are tired of being shown drawings.",
        ),
        _key(example, before + 8, "Carys", "Tidewater Council", ACCEPT, why, until),
        _key(
            example,
            before + 7,
            "Tomas",
            "Tidewater Council",
            ACCEPT,
            "As it is, and then we look again.",
            until,
        ),
        _key(
            example,
            before + 7,
            "Tomas",
            "Streets We Share",
            TERMS,
            "With terms they would have to ask first.",
        ),
    ]


def _the_group_decides(example: "Example") -> list[Event]:
    day = example.held_on(LAST)

    def decide() -> None:
        by, grace = example.actor("Kit"), example.people["Grace Holt"]
        meeting = Meeting.objects.select_related("body").get(body=example.bodies[GROUP], date=day)
        case = _case(example, "Streets We Share")
        item = take_up(by=by, meeting=meeting, case=case)
        write_item_notes(by=by, item=item, notes=NOTES)
        declare_and_handle(
            by=by,
            item=item,
            declaring=Declaring(person=grace, interest=Interest.objects.get(person=grace)),
            how=How.LEFT,
            reason="She works for the council that this is about.",
            decided_by=example.people["Tomas"],
            left=time(12, 10),
            back=time(12, 30),
        )
        decide_case(
            by=by,
            item=item,
            case=case,
            decided=Decided(
                TERMS, "Nothing is drawn before residents have met, and minutes come within a week."
            ),
            group=Group("agreed"),
            to_do=[
                _asked(
                    example,
                    "Write the terms down, and take them to the council",
                    "Kit",
                    "At next meeting",
                    day,
                ),
                _asked(
                    example, "Find two residents who read each set of minutes first", "Femi", "Once able", day
                ),
            ],
        )

    return [_on(example, (example.today - day).days, decide)]


def _asked(example: "Example", text: str, name: str, deadline: str, day: date) -> Asked:
    person = example.people[name]
    return Asked(text, [Owner(person.full_name, person=person)], read_deadline(deadline, meeting_date=day))


def _key(
    example: "Example",
    days_ago: int,
    name: str,
    about: str,
    response: CaseResponse,
    reason: str,
    until: date | None = None,
) -> Event:
    def give() -> None:
        give_key(by=example.actor(name), case=_case(example, about), decided=Decided(response, reason, until))

    return _on(example, days_ago, give)


def _substitute(example: "Example", days_ago: int, by: str, about: str, seat: Seat, name: str) -> Event:
    def name_them() -> None:
        name_substitute(
            by=example.actor(by), case=_case(example, about), seat=seat, person=example.people[name]
        )

    return _on(example, days_ago, name_them)


def _on(example: "Example", days_ago: int, happen: Callable[[], object]) -> Event:
    """Something that is done on that very day: whoever does it may do it then."""
    day = example.today - timedelta(days=days_ago)

    def on_that_day() -> None:
        with clock.imagined(day):
            happen()

    return Event(day, on_that_day)


def _case(example: "Example", about: str) -> Case:
    cases = Case.objects.open().select_related("body", "about_project", "about_organisation")
    thing = example.thing(about)
    return next(case for case in cases if case.about == thing)
