"""How the invented register came about: two years of scores, where the group and the team differ, and two schemes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from actions.services import Owner
from allies.models import OPERATOR
from allies.services.keeping import change
from meetings.example.people import GROUP
from meetings.example.risk_shapes import Score, Worry
from meetings.example.risks_of_partners import OF_PARTNERS
from meetings.example.risks_of_the_group import OF_THE_GROUP
from meetings.example.timeline import Event
from meetings.models import AgendaItem, Decision, Meeting
from meetings.services.adopting import adopt_by_decision
from meetings.services.recording import record_decision
from risks.models import Risk
from risks.scheme import FIRST
from risks.services.assessing import assess, say_it_still_stands
from risks.services.registering import close_risk, enter_risk, treat, treat_anew, watch
from risks.services.schemes import propose_scheme, scheme_on

if TYPE_CHECKING:
    from meetings.example.loading import Example

# A word in the title of an item, and the risk that it spoke of.
SPOKE_OF = (
    ("fund", "Our core funding ends and nothing follows it"),
    ("chair", "There is no settled pair of co-chairs by the summer"),
    ("safe", "Somebody who takes part in a project is not safe, and we hear of it late"),
    ("partner", "A partner’s conduct pulls away from our values, and it shows in public"),
    ("values", "A partner’s conduct pulls away from our values, and it shows in public"),
    ("pay", "Those who work with us are paid late, or give up asking"),
)


def events_of_risks(example: "Example") -> list[Event]:
    """How the register was filled: what was entered, weighed and closed, through the services that people use."""
    scheme_on(example.bodies[GROUP], example.today - timedelta(days=730))
    return [event for worry in (*OF_THE_GROUP, *OF_PARTNERS) for event in _events(example, worry)]


def finish_risks(example: "Example") -> None:
    """Write down what is done about each risk, where it was spoken of, and the schemes."""
    risks = {risk.title: risk for risk in Risk.objects.all()}
    lead = example.actor("Bel")
    for worry in (*OF_THE_GROUP, *OF_PARTNERS):
        risk = risks[worry.title]
        for text, carried_by in worry.treatments:
            _treat(example, risk, text, carried_by)
        if worry.watched:
            watch(by=lead, risk=risk)
    _say_where_they_were_spoken_of(risks)
    _adopt_and_propose(example)


def _events(example: "Example", worry: Worry) -> Iterator[Event]:
    def find() -> Risk:
        return Risk.objects.select_related("body").get(title=worry.title)

    entered = example.today - timedelta(days=worry.days_ago)
    yield Event(entered, lambda: _enter(example, worry, entered))
    for score in worry.scores:
        start = example.held_on(score.before) if score.before else example.today
        on = start - timedelta(days=score.days_ago)
        yield Event(on, lambda score=score, on=on: _score(example, find(), score, on))
    if worry.closed:
        days_ago, because = worry.closed
        closed = example.today - timedelta(days=days_ago)
        yield Event(
            closed, lambda: close_risk(by=example.actor("Bel"), risk=find(), because=because, on=closed)
        )


def _enter(example: "Example", worry: Worry, on: date) -> Risk:
    return enter_risk(
        by=example.actor("Bel"),
        body=example.bodies[GROUP],
        title=worry.title,
        because=worry.because,
        effect=worry.effect,
        category=worry.category,
        response=worry.response,
        looked_after_by=example.people[worry.looked_after_by] if worry.looked_after_by else None,
        concerns=[example.thing(name) for name in worry.concerns],
        review_months=worry.months,
        on=on,
    )


def _score(example: "Example", risk: Risk, score: Score, on: date) -> None:
    by = example.actor(score.by)
    if not score.likelihood:
        say_it_still_stands(by=by, risk=risk, reason=score.reason, on=on)
        return
    assess(
        by=by,
        risk=risk,
        likelihood=score.likelihood,
        impacts=dict(score.impacts),
        reason=score.reason,
        stage=score.stage,
        velocity=score.velocity,
        evidence=score.evidence,
        lost_by_stopping=score.lost,
        on=on,
    )


def _treat(example: "Example", risk: Risk, text: str, carried_by: str) -> None:
    lead = example.actor("Bel")
    known = example.actions.get(text)
    if known is not None:
        treat(by=lead, risk=risk, action=known)
        return
    person = example.people[carried_by]
    treat_anew(by=lead, risk=risk, text=text, owners=[Owner(carried_by, person=person)])


def _say_where_they_were_spoken_of(risks: dict[str, Risk]) -> None:
    for item in AgendaItem.objects.filter(meeting__body__slug=GROUP, risk=None).order_by("pk"):
        title = next((title for word, title in SPOKE_OF if word in item.title.lower()), "")
        if title and risks[title].entered_on <= item.meeting.date:
            change(item, by=OPERATOR, risk=risks[title])


def _adopt_and_propose(example: "Example") -> None:
    """A second version was adopted at the last meeting but one, and a third is proposed."""
    lead, body = example.actor("Bel"), example.bodies[GROUP]
    content: dict[str, Any] = FIRST.as_data() | {
        "bands": {"green": "Low", "amber": "Watch", "red": "High"},
        "impacts": [
            *FIRST.impacts[:3],
            "Major: people who matter to us no longer trust us",
            FIRST.impacts[4],
        ],
    }
    second = propose_scheme(
        by=lead, body=body, content=content, why="“Major” should say whose trust it is that we lose."
    )
    decision = _decision(example, example.held_on(2))
    adopt_by_decision(by=lead, decision=decision, version=second)
    propose_scheme(
        by=lead,
        body=body,
        content=content | {"red_from": 16, "level_of_position": [0, 0, 1, 2, 3]},
        why="At 15 a remote chance of great harm stands beside what happens weekly. The team proposes 16.",
    )


def _decision(example: "Example", day: date) -> Decision:
    meeting = Meeting.objects.get(body=example.bodies[GROUP], date=day)
    return record_decision(
        by=example.actor("Bel"),
        meeting=meeting,
        text="The group agreed to word the fourth step of impact anew, and to score under it from now on.",
        kind="decision",
        reached="agreed",
    )
