"""An invented register: risks with two years of scores, where the group and the team differ, and two schemes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from actions.services import Owner
from allies.models import OPERATOR, Organisation, Project
from allies.services.keeping import change
from meetings.example.people import GROUP
from meetings.models import AgendaItem, Decision, Meeting
from meetings.services.adopting import adopt_by_decision
from meetings.services.recording import record_decision
from risks.models import Category, Response, Risk, SchemeVersion, Stage
from risks.scheme import FIRST, Impact, Velocity
from risks.services.assessing import assess, say_it_still_stands
from risks.services.registering import close_risk, enter_risk, treat, treat_anew, watch
from risks.services.schemes import propose_scheme, scheme_on

if TYPE_CHECKING:
    from meetings.example.loading import Example

COMMUNITY, TEAM, HOST = Impact.COMMUNITY, Impact.TEAM, Impact.HOST
FUNDERS, PUBLIC = Impact.FUNDERS_AND_PARTNERS, Impact.PUBLIC
NOW, BEFORE, TARGET = Stage.NOW, Stage.BEFORE, Stage.TARGET
DAYS, WEEKS, MONTHS = Velocity.DAYS, Velocity.WEEKS, Velocity.MONTHS


@dataclass(frozen=True, slots=True)
class Score:
    """One weighing, so many days ago. Without a likelihood it says that the last one still stands."""

    days_ago: int
    by: str
    reason: str
    likelihood: int = 0
    impacts: tuple[tuple[Impact, int], ...] = ()
    stage: Stage = NOW
    velocity: Velocity | None = None
    evidence: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Worry:
    """A risk, entered so many days ago."""

    title: str
    because: str
    effect: str
    category: Category
    days_ago: int
    looked_after_by: str = ""
    response: Response | None = None
    concerns: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    months: int = 3
    watched: bool = False
    closed: tuple[int, str] | None = None
    # Words of actions that exist already are found; others are written down anew, with who carries them.
    treatments: tuple[tuple[str, str], ...] = ()


REGISTER = (
    Worry(
        "We lose people because nobody knows whether there is money next year",
        "Posts end with grants, and news of the next grant comes late.",
        "What colleagues know goes with them, and promises to community members are broken.",
        Category.OPERATIONAL,
        720,
        "Bel",
        Response.TREAT,
        scores=(
            Score(720, "Bel", "Three of five posts end together.", 5, ((TEAM, 4), (COMMUNITY, 3)), BEFORE),
            Score(718, "Bel", "Two posts are safe until spring.", 4, ((TEAM, 4), (COMMUNITY, 3))),
            Score(540, "Bel", "One post was made permanent.", 3, ((TEAM, 4), (COMMUNITY, 3))),
            Score(350, "Bel", "nothing new has been promised, and nothing was taken back."),
            Score(
                180, "Dev", "A bridge of six months was agreed.", 2, ((TEAM, 4), (COMMUNITY, 2)), NOW, MONTHS
            ),
            Score(178, "Bel", "With a reserve of six months.", 1, ((TEAM, 3),), TARGET),
            Score(60, "Dev", "the bridge holds until summer, and no longer."),
        ),
        treatments=(
            ("Ask each funder for six months’ notice before a post ends", "Bel"),
            ("Write down how each project is run, so that it can be handed on", "Dev"),
        ),
    ),
    Worry(
        "Our core funding ends and nothing follows it",
        "One funder pays for more than half of what we do.",
        "The group could not meet, and no project would have a home.",
        Category.FINANCIAL,
        715,
        "Bel",
        Response.TREAT,
        scores=(
            Score(715, "Bel", "There is no second funder in sight.", 5, ((COMMUNITY, 5), (TEAM, 5)), BEFORE),
            Score(714, "Bel", "Talks with two others have begun.", 4, ((COMMUNITY, 5), (TEAM, 5))),
            Score(420, "Bel", "One of them asked for a proposal.", 3, ((COMMUNITY, 5), (TEAM, 5))),
            Score(
                200,
                "Bel",
                "The proposal is in; we hear in summer.",
                3,
                ((COMMUNITY, 5), (TEAM, 5), (HOST, 2)),
                NOW,
                MONTHS,
                "A letter from the funder says when it decides.",
                "Without the group nobody would pay community members for their time here.",
            ),
            Score(195, "Bel", "With two funders of like size.", 1, ((COMMUNITY, 5),), TARGET),
            Score(40, "Bel", "we still wait for the answer, as we knew we would."),
        ),
        treatments=(("Bring a second core funder into the conversation by summer", "Bel"),),
    ),
    Worry(
        "A partner’s conduct pulls away from our values, and it shows in public",
        "We come to know partners by their words first, and by their deeds later.",
        "People who trusted us with their stories feel used, and say so.",
        Category.EXTERNAL,
        500,
        "Kit",
        Response.TREAT,
        ("Streets We Share", "Tidewater Council"),
        (
            Score(
                500,
                "Kit",
                "Nothing in our agreements speaks of values.",
                4,
                ((COMMUNITY, 4), (PUBLIC, 4)),
                BEFORE,
            ),
            Score(495, "Kit", "We ask about values before we sign.", 3, ((COMMUNITY, 3), (PUBLIC, 3))),
            Score(
                240,
                "Kit",
                "A session was cut short, and residents noticed.",
                3,
                ((COMMUNITY, 4), (PUBLIC, 3)),
            ),
            Score(
                40,
                "Kit",
                "Drawings were decided before residents met.",
                3,
                ((COMMUNITY, 3), (PUBLIC, 4), (FUNDERS, 3)),
                NOW,
                WEEKS,
                "Minutes of the street forum.",
                "Three streets would lose the one place where they are asked at all.",
            ),
            Score(
                38,
                "Grace Holt",
                "From the street it looks worse: people are already writing about it.",
                4,
                ((COMMUNITY, 4), (PUBLIC, 4)),
                NOW,
                DAYS,
                "Two posts on the residents’ page, and what my neighbour said.",
            ),
            Score(36, "Kit", "With a values clause in every agreement.", 2, ((PUBLIC, 3),), TARGET),
        ),
        treatments=(("Ask the council for a meeting with residents before anything else is drawn", "Kit"),),
    ),
    Worry(
        "Hardly anybody inside the university commissions our work",
        "Few departments know that we exist, or how to pay us.",
        "We depend on outside grants, and the host learns little from us.",
        Category.FINANCIAL,
        700,
        "Dev",
        Response.TREAT,
        scores=(
            Score(700, "Dev", "One commission in two years.", 5, ((FUNDERS, 2), (HOST, 2)), BEFORE),
            Score(698, "Dev", "It is a slow leak and not a flood.", 5, ((FUNDERS, 2), (HOST, 2))),
            Score(400, "Dev", "Two departments asked for a price.", 4, ((FUNDERS, 2), (HOST, 2))),
            Score(120, "Dev", "one said yes and one said no."),
            Score(118, "Dev", "With a price list and three regular clients.", 2, ((FUNDERS, 2),), TARGET),
        ),
        treatments=(("Write a price list that a department can say yes to", "Dev"),),
    ),
    Worry(
        "Nobody is sure which group decides what",
        "Working groups grew beside this one, and their roles were never written down.",
        "Things are decided twice or not at all, and people tire of asking.",
        Category.GOVERNANCE,
        690,
        "Tomas",
        Response.TREAT,
        scores=(
            Score(
                690, "Tomas", "Three groups spoke of the same matter.", 4, ((COMMUNITY, 3), (TEAM, 3)), BEFORE
            ),
            Score(688, "Tomas", "Terms of reference are drafted.", 3, ((COMMUNITY, 3), (TEAM, 3))),
            Score(300, "Tomas", "Two of three have their terms.", 2, ((COMMUNITY, 3), (TEAM, 2))),
            Score(
                90,
                "Ada",
                "Members still ask me who decides. It happens more than the team sees.",
                3,
                ((COMMUNITY, 3),),
            ),
            Score(
                85, "Bel", "It is better than it was, if not for everybody.", 2, ((COMMUNITY, 3), (TEAM, 2))
            ),
            Score(84, "Bel", "When all three have their terms.", 1, ((TEAM, 2),), TARGET),
        ),
        treatments=(("Write the terms of the third group with its members", "Tomas"),),
    ),
    Worry(
        "Somebody who takes part in a project is not safe, and we hear of it late",
        "Safety is each project’s own business, and nobody looks across them.",
        "A person is harmed whom we had asked to come.",
        Category.COMPLIANCE,
        480,
        "Dev",
        Response.TREAT,
        ("Safe to Say", "The Long Wait", "Keys to the Door"),
        (
            Score(480, "Dev", "Only one project had a plan.", 3, ((COMMUNITY, 5), (HOST, 4)), BEFORE),
            Score(478, "Dev", "Four of eight have a plan now.", 3, ((COMMUNITY, 5), (HOST, 4))),
            Score(210, "Dev", "Every lead was trained.", 2, ((COMMUNITY, 5), (HOST, 4)), NOW, DAYS),
            Score(206, "Dev", "With a plan in each, tried once a year.", 1, ((COMMUNITY, 4),), TARGET),
            Score(55, "Bel", "two new projects began, and both have their plan."),
        ),
        treatments=(
            ("Read every project’s safety plan side by side, once a year", "Dev"),
            ("Agree whom to ring out of hours, and print it on each invitation", "Dev"),
        ),
    ),
    Worry(
        "Team members are singled out for naming what is wrong",
        "Whoever raises something is the one whom people remember.",
        "Nobody raises anything any more.",
        Category.OPERATIONAL,
        360,
        "Bel",
        Response.TREAT,
        scores=(
            Score(360, "Bel", "It happened twice.", 4, ((TEAM, 4),), BEFORE),
            Score(358, "Bel", "It happened twice within a year.", 4, ((TEAM, 4), (COMMUNITY, 2))),
            Score(
                170, "Bel", "The group now holds what is raised.", 3, ((TEAM, 4), (COMMUNITY, 2)), NOW, DAYS
            ),
            Score(168, "Bel", "When nobody can be named at all.", 1, ((TEAM, 4),), TARGET),
            Score(
                30, "Esme", "I would say it has become quieter, but not rarer.", 4, ((TEAM, 4),), NOW, DAYS
            ),
        ),
        treatments=(("Let the group, and no person, put its name to what is raised with partners", "Carys"),),
    ),
    Worry(
        "Those who work with us are paid late, or give up asking",
        "The host’s forms were made for firms.",
        "People on low incomes pay for us, in effect.",
        Category.OPERATIONAL,
        620,
        "Kit",
        Response.TREAT,
        scores=(
            Score(620, "Kit", "A third waited more than two months.", 5, ((COMMUNITY, 4),), BEFORE),
            Score(615, "Kit", "A third waited more than two months.", 4, ((COMMUNITY, 3), (TEAM, 2))),
            Score(330, "Kit", "A tenth did, this quarter.", 3, ((COMMUNITY, 3), (TEAM, 2))),
            Score(75, "Kit", "this quarter it was a tenth again."),
            Score(74, "Kit", "When all are paid within a month.", 1, ((COMMUNITY, 3),), TARGET),
        ),
        treatments=(("Try vouchers for those who cannot wait for the host’s payment run", "Kit"),),
    ),
    Worry(
        "There is no settled pair of co-chairs by the summer",
        "Both chairs are interim, and few have said that they would stand.",
        "The chairs’ keys cannot be turned, and decisions wait.",
        Category.GOVERNANCE,
        310,
        "Tomas",
        Response.TREAT,
        scores=(
            Score(310, "Tomas", "One seat will be empty.", 4, ((COMMUNITY, 3), (TEAM, 2))),
            Score(100, "Tomas", "It is empty now.", 4, ((COMMUNITY, 3), (TEAM, 3)), NOW, WEEKS),
            Score(98, "Tomas", "With both seats filled, and deputies.", 1, ((COMMUNITY, 3),), TARGET),
        ),
        watched=True,
        treatments=(("Ask members one by one whether they would chair with support", "Tomas"),),
    ),
    Worry(
        "What people tell the waiting study is sold on by the firm that keeps it",
        "Its terms allow it, and we did not read them as they would be read in court.",
        "Those who wait are sold twice over, and never told.",
        Category.COMPLIANCE,
        35,
        "Kit",
        Response.TREAT,
        ("The Long Wait", "Corvid Analytics"),
        (
            Score(
                34,
                "Kit",
                "The terms say so in their ninth paragraph.",
                4,
                ((COMMUNITY, 5), (PUBLIC, 4), (HOST, 4)),
                NOW,
                DAYS,
                "The firm’s terms, as it sent them.",
                "The study asks what nobody else asks. Those who wait would lose their say in it.",
            ),
            Score(
                26,
                "Lena",
                "It would be the end of trust in us where I live.",
                4,
                ((COMMUNITY, 5), (PUBLIC, 5)),
                NOW,
                DAYS,
                "I asked four who take part. None of them knew.",
            ),
            Score(25, "Kit", "With our own terms signed.", 1, ((COMMUNITY, 4),), TARGET),
        ),
        months=1,
        treatments=(("Have the host’s lawyers read the firm’s terms before the next session", "Kit"),),
    ),
    Worry(
        "The links that people need to join us fail on the day",
        "Each meeting has another link, sent by another person.",
        "Whoever cannot get in is not heard, and may not come again.",
        Category.OPERATIONAL,
        600,
        "Kit",
        Response.TOLERATE,
        scores=(
            Score(600, "Kit", "Twice in a row.", 5, ((COMMUNITY, 2),), BEFORE),
            Score(598, "Kit", "Twice in a row.", 4, ((COMMUNITY, 2),)),
            Score(250, "Kit", "One link for all meetings.", 2, ((COMMUNITY, 1),)),
            Score(65, "Kit", "it failed once, for ten minutes, and all got in."),
        ),
        months=12,
    ),
    Worry(
        "The university moves us to other rooms, and we are told last",
        "A review of buildings is under way.",
        "A place that people know, and can reach by wheelchair, is gone.",
        Category.EXTERNAL,
        20,
        "Bel",
    ),
    Worry(
        "The course in pairs stops half way for want of a room",
        "Rooms were lent to us from term to term.",
        "Pairs that had begun to trust each other part.",
        Category.OPERATIONAL,
        660,
        "Dev",
        Response.TREAT,
        ("Research for Two",),
        (
            Score(660, "Dev", "It nearly happened.", 3, ((COMMUNITY, 3),)),
            Score(380, "Dev", "A library lends us a room.", 2, ((COMMUNITY, 2),)),
        ),
        closed=(170, "The course has ended, and every pair finished it."),
    ),
)

# A word in the title of an item, and the risk that it spoke of.
SPOKE_OF = (
    ("fund", "Our core funding ends and nothing follows it"),
    ("chair", "There is no settled pair of co-chairs by the summer"),
    ("safe", "Somebody who takes part in a project is not safe, and we hear of it late"),
    ("partner", "A partner’s conduct pulls away from our values, and it shows in public"),
    ("values", "A partner’s conduct pulls away from our values, and it shows in public"),
    ("pay", "Those who work with us are paid late, or give up asking"),
)


def load_risks(example: "Example") -> None:
    """Fill the register, through the services that people use, in the order in which things happened."""
    _begin_with_a_scheme(example)
    risks = {worry.title: _enter(example, worry) for worry in REGISTER}
    _say_where_they_were_spoken_of(risks)
    _adopt_and_propose(example)


def _enter(example: "Example", worry: Worry) -> Risk:
    lead, body = example.actor("Bel"), example.bodies[GROUP]
    day = example.today - timedelta(days=worry.days_ago)
    risk = enter_risk(
        by=lead,
        body=body,
        title=worry.title,
        because=worry.because,
        effect=worry.effect,
        category=worry.category,
        response=worry.response,
        looked_after_by=example.people[worry.looked_after_by] if worry.looked_after_by else None,
        concerns=[_thing(example, name) for name in worry.concerns],
        review_months=worry.months,
        on=day,
    )
    for score in worry.scores:
        _score(example, risk, score)
    for text, carried_by in worry.treatments:
        _treat(example, risk, text, carried_by)
    if worry.watched:
        watch(by=lead, risk=risk)
    if worry.closed:
        days_ago, because = worry.closed
        close_risk(by=lead, risk=risk, because=because, on=example.today - timedelta(days=days_ago))
    return risk


def _score(example: "Example", risk: Risk, score: Score) -> None:
    by, on = example.actor(score.by), example.today - timedelta(days=score.days_ago)
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


def _begin_with_a_scheme(example: "Example") -> SchemeVersion:
    return scheme_on(example.bodies[GROUP], example.today - timedelta(days=730))


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


def _thing(example: "Example", name: str) -> Project | Organisation:
    return example.matters.get(name) or example.organisations[name]
