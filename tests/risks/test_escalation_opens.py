"""What opens a case, what joins one, and what does not: scores, views on values, concerns that are taken up."""

from datetime import date

import pytest

from allies.models import Account, Post, Project, Seat
from risks.models import Case, ConcernState, TriggerKind
from risks.scheme import Impact, Level, Velocity
from risks.services.assessing import assess
from risks.services.concerns import look_into, raise_concern
from risks.services.deciding import Decided
from risks.services.positions import take_position
from risks.services.turning_keys import give_key
from tests.factories import OrganisationFactory, ProjectFactory, RiskMatterFactory

AMBER, RED = (1, 4), (3, 4)


@pytest.fixture
def chairs(account_of, group) -> list[Account]:
    return [account_of(group, Post.CO_CHAIR, seat=seat) for seat in (Seat.LIVED, Seat.LEARNT)]


@pytest.fixture
def project(today, group, chairs) -> Project:
    return ProjectFactory()


@pytest.fixture
def weigh(group, project, team):
    risk = RiskMatterFactory(risk__body=group, about_project=project).risk

    def weigh(steps: tuple[int, int], reason: str = "Why", **more):
        likelihood, impact = steps
        return assess(
            by=team, risk=risk, likelihood=likelihood, impacts={Impact.TEAM: impact}, reason=reason, **more
        )

    weigh.risk = risk
    return weigh


def test_amber_opens_nothing_and_red_opens_one_case_which_red_again_leaves_alone(weigh, project):
    weigh(AMBER)
    assert not Case.objects.exists()
    weigh(RED, "Worse")
    weigh(RED, "As bad")
    case = Case.objects.get()
    assert (case.about, case.level) == (project, Level.CHAIRS)
    assert [(one.kind, one.words) for one in case.triggers.all()] == [
        (TriggerKind.SCORE, "A score of 16 (high)")
    ]


def test_red_that_would_hit_within_days_goes_to_the_allies(weigh):
    weigh(RED, velocity=Velocity.DAYS)
    assert Case.objects.get().level == Level.ALLIES


def test_a_later_higher_trigger_climbs_the_open_case(weigh):
    weigh(RED)
    weigh(RED, "Soon", velocity=Velocity.DAYS)
    case = Case.objects.get()
    assert [one.level for one in case.moves.all()] == [Level.CHAIRS, Level.ALLIES]


def test_a_position_of_three_opens_one(project, group, team):
    position = {"by": team, "body": group, "about": project, "value": "human", "evidence": "Seen"}
    take_position(**position, position=2)
    assert not Case.objects.exists()
    row = take_position(**position, position=3)
    assert Case.objects.get().triggers.get().position == row


def test_a_concern_that_is_taken_up_opens_one_in_the_chairs_words(project, group, chairs, ally):
    concern = raise_concern(by=ally, body=group, about=project, words="My own words")
    look_into(by=chairs[0], concern=concern, state=ConcernState.LOOKED_AT)
    assert not Case.objects.exists()
    for _ in range(2):
        look_into(by=chairs[0], concern=concern, state=ConcernState.TAKEN_UP, summary="Terms")
    assert [str(one) for one in Case.objects.get().triggers.all()] == ["Terms"]


def test_a_closed_case_of_what_is_still_red_opens_by_something_new_alone(weigh, chairs):
    weigh(RED)
    for chair in chairs:
        give_key(by=chair, case=Case.objects.get(), decided=Decided("let_go", "It passes."))
    weigh(RED, "As bad")
    assert Case.objects.count() == 1
    weigh(RED, "Soon", velocity=Velocity.DAYS)
    assert [one.level for one in Case.objects.open()] == [Level.ALLIES]


def test_a_risk_about_two_things_opens_two(weigh):
    partner = OrganisationFactory()
    RiskMatterFactory(risk=weigh.risk, about_project=None, about_organisation=partner)
    weigh(RED)
    assert {one.about for one in Case.objects.all()} == {weigh.risk.matters.first().about, partner}


def test_a_score_for_an_earlier_day_counts_on_that_day(weigh, today):
    weigh((1, 2), on=date(2026, 1, 20))
    weigh(RED, "At the time", on=date(2026, 1, 12))
    case = Case.objects.get()
    assert (case.opened_on, case.limit_on) == (date(2026, 1, 12), date(2026, 1, 19))
