"""Loading the invented group, through the same services that people use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db import transaction

from actions.deadlines import read_deadline
from actions.models import Action, OwnerRole
from actions.policies import can_update_action
from actions.services import Owner, agree, merge, record_update
from actions.statuses import Status
from allies import clock
from allies.models import (
    OPERATOR,
    AccessNeeds,
    Account,
    Actor,
    Appointment,
    Body,
    Organisation,
    OtherName,
    Person,
    Project,
)
from allies.partial_dates import PartialDate
from allies.services.keeping import keep
from meetings.example.coming import plan_what_comes
from meetings.example.conflicts import handle_conflicts
from meetings.example.escalations import events_of_cases
from meetings.example.first_year import FIRST_YEAR
from meetings.example.people import BODIES, EQUITY, GROUP, PEOPLE, Place, Someone
from meetings.example.projects import load_matters
from meetings.example.published import publish_something
from meetings.example.register import fill_register
from meetings.example.risks import events_of_risks, finish_risks
from meetings.example.second_year import SECOND_YEAR
from meetings.example.shapes import Agreed, Held, Item, Said
from meetings.example.third_year import THIRD_YEAR
from meetings.example.timeline import let_happen
from meetings.example.withheld import withhold_something
from meetings.example.working_group import SESSIONS
from meetings.example.worries import events_of_worries
from meetings.models import AgendaItem, Meeting
from meetings.notes.document import Capacity, Presence
from meetings.services.agenda_items import ItemWords, add_item, write_item_notes
from meetings.services.conflicts import nobody_declared
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.planning import Arrangements, begin_notes, plan_meeting
from meetings.services.recording import (
    Seen,
    announce_next,
    record_attendance,
    record_decision,
)

BETWEEN_MEETINGS = timedelta(weeks=13)
YEAR = 365.25


@dataclass
class Example:
    """What has been loaded so far, by the names that the history uses."""

    today: date
    next_on: date
    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    matters: dict[str, Project] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)

    def held_on(self, before: int) -> date:
        """The day of the meeting so many before the next one; 0 is the next one itself."""
        return self.next_on - before * BETWEEN_MEETINGS

    def ago(self, years: float | None, *, only_year: bool = False) -> PartialDate | None:
        """So many years before today, as people remember it: the month, or only the year."""
        if years is None:
            return None
        day = self.today - timedelta(days=round(years * YEAR))
        return PartialDate(day.year) if only_year else PartialDate(day.year, day.month)

    def thing(self, name: str) -> Project | Organisation:
        """A project or a partner by its name."""
        return self.matters.get(name) or self.organisations[name]

    def actor(self, name: str) -> Actor:
        """The account of somebody by their name in conversation; whoever has none is written for by the lead."""
        person = self.people.get(name)
        account = Account.objects.filter(person=person).first() if person else None
        return account or Account.objects.get(person=self.people["Bel"])


@transaction.atomic
def load_example() -> Example:
    """Load the whole invented group into an empty record."""
    today = clock.today()
    # The next meeting is a Tuesday, between five and eleven days away.
    example = Example(today, today + timedelta(days=5 + (1 - today.weekday() - 5) % 7))
    _load_people(example)
    load_matters(example)
    for held in (*FIRST_YEAR, *SECOND_YEAR, *THIRD_YEAR):
        _hold(example, held, GROUP, example.held_on(held.before), example.held_on(held.before - 1))
    for weeks_ago, held in SESSIONS:
        day = example.next_on - timedelta(weeks=weeks_ago, days=1)
        _hold(example, held, EQUITY, day, None)
    fill_register(example)
    plan_what_comes(example)
    withhold_something(example)
    let_happen([*events_of_risks(example), *events_of_worries(example), *events_of_cases(example)])
    finish_risks(example)
    handle_conflicts(example)
    for body in example.bodies.values():
        bring_up_to_date(body)
    publish_something(example)
    return example


def _load_people(example: Example) -> None:
    for slug, (name, kind, purpose, parent) in BODIES.items():
        body = Body(
            slug=slug,
            name=name,
            kind=kind,
            purpose=purpose,
            parent=example.bodies.get(parent or ""),
            co_chaired=slug == GROUP,
            quorum=6 if slug == GROUP else None,
        )
        keep(body, by=OPERATOR)
        example.bodies[slug] = body
    for someone in PEOPLE:
        person = _load_person(someone, example)
        example.people[someone.name] = person
        example.people.setdefault(someone.short, person)
        for place in someone.places:
            _appoint(person, place, example)


def _load_person(someone: Someone, example: Example) -> Person:
    address = ".".join(someone.name.lower().split()) + "@example.org"
    person = Person(
        full_name=someone.name,
        short_name=someone.short,
        pronouns=someone.pronouns,
        email=address if someone.account else "",
        first_seen_on=example.held_on(12) if not someone.places or someone.places[-1].since is None else None,
    )
    keep(person, by=OPERATOR)
    for name in someone.others:
        keep(OtherName(person=person, name=name), by=OPERATOR)
    if someone.access:
        AccessNeeds.objects.create(person=person, words=someone.access)
    if someone.account:
        Account.objects.create_user(address, person)
    return person


def _appoint(person: Person, place: Place, example: Example) -> None:
    appointment = Appointment(
        person=person,
        body=example.bodies[place.body],
        post=place.post,
        seat=place.seat,
        starts=example.ago(place.since, only_year=place.only_year),
        ends=example.ago(place.until),
        first_evidenced=example.held_on(4) if place.since is None else None,
        interim=place.interim,
    )
    keep(appointment, by=OPERATOR)


def _hold(example: Example, held: Held, slug: str, day: date, following: date | None) -> None:
    """Hold one meeting: who was there, what was said, agreed and decided, and what the notes announce."""
    body = example.bodies[slug]
    by = example.actor(held.notes_by)
    words = _Words(example.today, day, following)
    meeting = plan_meeting(
        by=by,
        body=body,
        arrangements=Arrangements(day, time(11), time(13), place=held.place),
        with_standing_items=False,
    )
    begin_notes(by=by, meeting=meeting)
    record_attendance(by=by, meeting=meeting, seen=_seen(example, held))
    for item in held.items:
        _item(example, meeting, item, words, by)
    if held.interests != "nothing":
        nobody_declared(by=by, meeting=meeting)
    for text, reached in held.decisions:
        kind = "advice" if reached == "advice" else "decision"
        record_decision(by=by, meeting=meeting, text=text, kind=kind, reached=reached)
    agreed = [_agree(example, body, one, words, by) for one in held.actions]
    _mention(meeting, agreed)
    if following:
        announce_next(
            by=by,
            meeting=meeting,
            as_written=f"{following:%A} {following.day} {following:%B %Y}, 11:00–13:00",
            day=PartialDate.of(following),
            starts=time(11),
            ends=time(13),
        )


def _seen(example: Example, held: Held) -> Iterable[Seen]:
    for names, presence in ((held.present, Presence.PRESENT), (held.apologies, Presence.APOLOGIES)):
        for name in filter(None, (part.strip() for part in names.split(","))):
            called, _, named = name.removesuffix(")").partition(" (")
            capacities = [Capacity(kind) for kind in named.split()]
            if called == held.chair and presence == Presence.PRESENT:
                capacities.append(Capacity.CHAIR)
            if called == held.notes_by and presence == Presence.PRESENT:
                capacities.append(Capacity.NOTETAKER)
            person = example.people.get(called) or next(
                one for full, one in example.people.items() if full.split()[0] == called
            )
            yield Seen(presence, tuple(capacities), person=person)


def _item(example: Example, meeting: Meeting, item: Item, words: "_Words", by: Actor) -> AgendaItem:
    row = add_item(
        by=by,
        meeting=meeting,
        words=ItemWords(
            item.title,
            item.kind,
            item.purpose,
            item.minutes,
            (example.people[item.by].full_name,) if item.by else (),
            example.matters.get(item.about),
        ),
    )
    write_item_notes(by=by, item=row, notes=words.fill(item.notes))
    return row


def _agree(example: Example, body: Body, one: Agreed, words: "_Words", by: Actor) -> Action:
    due = words.fill(one.due)
    action = agree(
        by=by,
        body=body,
        text=one.text,
        agreed_on=words.day,
        details=one.details,
        deadline=read_deadline(due, meeting_date=words.day) if due else None,
        owners=list(_owners(example, one.owners)),
        parent=example.actions.get(one.part_of),
        about=example.matters.get(one.about),
    )
    example.actions[one.text] = action
    for said in one.said:
        _say(example, action, one, said, body)
    return action


def _say(example: Example, action: Action, one: Agreed, said: Said, body: Body) -> None:
    at_meeting = said.before is not None
    on = (
        example.held_on(said.before or 0)
        if at_meeting
        else example.today - timedelta(days=said.days_ago or 0)
    )
    by = example.actor(said.by)
    if not can_update_action(by, action):
        by = example.actor("Bel")
    if said.status == Status.MERGED:
        merge(by=by, action=action, into=example.actions[one.same_as], note=said.note, on=on)
        return
    record_update(
        by=by,
        action=action,
        status=Status(said.status) if said.status else None,
        note=said.note,
        on=on,
        at_meeting_of=body if at_meeting else None,
    )


def _owners(example: Example, written: str) -> Iterable[Owner]:
    leads, _, supports = written.partition(" with support from ")
    for names, role in ((leads, OwnerRole.LEAD), (supports, OwnerRole.SUPPORT)):
        for name in filter(None, (part.strip() for part in re.split(r"[/,]", names))):
            bodies = {"All Allies": GROUP, "Team": "core-team", "Equity working group": EQUITY}
            body = example.bodies.get(bodies.get(name, ""))
            person = None if body else example.people.get(name)
            yield Owner(name, role, person=person, body=body)


def _mention(meeting: Meeting, agreed: list[Action]) -> None:
    """Say which action each marked line of the notes speaks of, matched by the words they share."""
    for mention in meeting.mentions.in_notes().actions():
        mention.action = max(
            agreed, key=lambda one: len(_stems(one.text) & _stems(mention.text)), default=None
        )
        mention.answered = mention.text
        keep(mention, by=OPERATOR)


def _stems(text: str) -> set[str]:
    return {word[:5].lower() for word in re.findall(r"\w{4,}", text)}


@dataclass(frozen=True, slots=True)
class _Words:
    """Fills days into words: `{+40}`, `{next}`, `{month}`, and days counted from today."""

    today: date
    day: date
    following: date | None

    def fill(self, text: str) -> str:
        return re.sub(r"\{([^}]+)\}", self._one, text)

    def _one(self, found: re.Match[str]) -> str:
        word = found[1]
        if word == "month":
            return f"{self.day + timedelta(days=70):%b %Y}"
        if word == "next":
            return self._short(self.following or self.day + BETWEEN_MEETINGS)
        number, _, start = word.partition(" ")
        return self._short((self.today if start == "today" else self.day) + timedelta(days=int(number)))

    @staticmethod
    def _short(day: date) -> str:
        return f"{day.day} {day:%b %Y}"
