"""Writing the register: what each service takes, keeps and refuses."""

from datetime import date

import pytest
import time_machine

from actions.models import Action
from allies.powers import Refused
from meetings.services.adopting import adopt_by_decision
from risks.models import Assessment, Risk, RiskStatus, SchemeVersion, Stage
from risks.scheme import FIRST, Impact
from risks.scheme import SchemeRefused as SchemeContradicts
from risks.services.assessing import assess, say_it_still_stands
from risks.services.registering import (
    RiskRefused,
    change_risk,
    close_risk,
    enter_risk,
    no_longer_treats,
    open_again,
    treat,
    treat_anew,
    watch,
)
from risks.services.schemes import SchemeRefused, adopt_scheme, propose_scheme, scheme_on, withdraw_scheme
from tests.conftest import TODAY
from tests.factories import (
    ActionFactory,
    DecisionFactory,
    MeetingFactory,
    OrganisationFactory,
    ProjectFactory,
    RiskFactory,
)

pytestmark = pytest.mark.usefixtures("today")
FOUR = {Impact.COMMUNITY: 4}


@pytest.fixture
def risk(group) -> Risk:
    return RiskFactory(body=group)


# ---- Entering and changing


def test_a_risk_is_entered_with_what_it_concerns_and_its_next_look(team, group):
    project, partner = ProjectFactory(), OrganisationFactory()
    risk = enter_risk(
        by=team,
        body=group,
        title=" The hall is lost ",
        category="operational",
        concerns=[project, partner],
        review_months=3,
        on=date(2025, 11, 30),
    )
    assert (risk.title, risk.entered_on, risk.review_on) == (
        "The hall is lost",
        date(2025, 11, 30),
        date(2026, 2, 28),
    )
    assert [one.about for one in risk.matters.all()] == [project, partner]
    assert risk.history.get().history_user == team


def test_a_risk_says_what_might_happen(team, group):
    with pytest.raises(RiskRefused, match="Say what might happen"):
        enter_risk(by=team, body=group, title=" ", category="operational")


def test_an_ally_enters_none(ally, group):
    with pytest.raises(Refused):
        enter_risk(by=ally, body=group, title="The hall", category="operational")


def test_what_a_risk_concerns_is_replaced_and_the_rest_stays(team, risk):
    kept, new = ProjectFactory(), ProjectFactory()
    change_risk(by=team, risk=risk, concerns=[kept])
    row = risk.matters.get()
    assert change_risk(by=team, risk=risk, concerns=[kept, new], title="The roof leaks")
    assert [one.about for one in risk.matters.all()] == [kept, new]
    assert risk.matters.first() == row
    assert not change_risk(by=team, risk=risk, concerns=[kept, new], title="The roof leaks")


def test_a_closed_risk_is_not_changed_watched_or_scored(team, risk):
    close_risk(by=team, risk=risk, because="The lease was renewed.")
    for write in (
        lambda: change_risk(by=team, risk=risk, title="The roof"),
        lambda: watch(by=team, risk=risk),
        lambda: assess(by=team, risk=risk, likelihood=1, impacts=FOUR, reason="Still."),
    ):
        with pytest.raises(RiskRefused, match="closed"):
            write()


def test_closing_and_opening_again_say_why_and_history_keeps_both(team, risk):
    with pytest.raises(RiskRefused, match="Say why"):
        close_risk(by=team, risk=risk, because=" ")
    close_risk(by=team, risk=risk, because="The lease was renewed.", on=date(2026, 1, 9))
    risk.refresh_from_db()
    assert (risk.status, risk.closed_on, risk.closed_because) == (
        RiskStatus.CLOSED,
        date(2026, 1, 9),
        "The lease was renewed.",
    )
    with pytest.raises(RiskRefused, match="Say why"):
        open_again(by=team, risk=risk, reason="")
    open_again(by=team, risk=risk, reason="It was only for a year.")
    risk.refresh_from_db()
    assert (risk.status, risk.closed_on, risk.closed_because) == (RiskStatus.OPEN, None, "")
    newest = risk.history.latest()
    assert (newest.history_change_reason, newest.prev_record.closed_because) == (
        "It was only for a year.",
        "The lease was renewed.",
    )


def test_watching_is_put_on_and_taken_off(team, risk):
    assert watch(by=team, risk=risk)
    assert not watch(by=team, risk=risk)
    assert watch(by=team, risk=risk, watched=False)
    risk.refresh_from_db()
    assert risk.status == RiskStatus.OPEN


# ---- Treatments


def test_an_action_treats_a_risk_once_and_stays_when_taken_off(team, risk, group):
    action = ActionFactory(body=group)
    treatment = treat(by=team, risk=risk, action=action)
    assert treat(by=team, risk=risk, action=action) == treatment
    no_longer_treats(by=team, treatment=treatment)
    assert (risk.treatments.count(), Action.objects.count()) == (0, 1)


def test_a_new_action_is_about_the_one_thing_that_the_risk_concerns(team, risk):
    project = ProjectFactory()
    change_risk(by=team, risk=risk, concerns=[project])
    action = treat_anew(by=team, risk=risk, text="Ask the landlord").action
    assert (action.text, action.body, action.about, action.agreed_on) == (
        "Ask the landlord",
        risk.body,
        project,
        TODAY,
    )


# ---- Weighing


def test_a_score_keeps_what_the_scheme_of_its_day_made_of_it(team, risk):
    row = assess(
        by=team,
        risk=risk,
        likelihood=3,
        impacts={Impact.TEAM: 2, Impact.PUBLIC: 4, Impact.HOST: None},
        reason="It is talked about.",
    )
    assert (row.number, row.band, row.impact, row.on_host, row.on, row.by) == (
        16,
        "red",
        4,
        None,
        TODAY,
        team.person,
    )
    assert row.score.drivers == (Impact.PUBLIC,)


def test_a_score_says_why_and_scores_an_impact(team, risk):
    with pytest.raises(RiskRefused, match="Say why"):
        assess(by=team, risk=risk, likelihood=3, impacts=FOUR, reason=" ")
    with pytest.raises(RiskRefused, match="at least one"):
        assess(by=team, risk=risk, likelihood=3, impacts={Impact.TEAM: None}, reason="Why not.")
    assert Assessment.objects.count() == 0


def test_the_same_score_sent_twice_within_a_minute_is_one(team, risk):
    with time_machine.travel("2026-02-03 10:00:00+00:00", tick=False) as clock:
        first = assess(by=team, risk=risk, likelihood=3, impacts=FOUR, reason="Because.")
        clock.shift(59)
        assert assess(by=team, risk=risk, likelihood=3, impacts=FOUR, reason="Because.") == first
        clock.shift(120)
        assert assess(by=team, risk=risk, likelihood=3, impacts=FOUR, reason="Because.") != first
    assert Assessment.objects.count() == 2


def test_whose_side_a_score_is_on_follows_from_who_gave_it(team, ally, chair, risk):
    sides = [
        assess(by=one, risk=risk, likelihood=3, impacts=FOUR, reason=f"Says {one.pk}.").from_team
        for one in (team, ally, chair)
    ]
    assert sides == [True, False, False]


def test_the_core_team_writes_a_score_down_for_an_ally_who_stays_its_author(team, ally, risk):
    row = assess(by=team, risk=risk, likelihood=2, impacts=FOUR, reason="She rang.", scored_by=ally.person)
    assert (row.by, row.from_team) == (ally.person, False)
    with pytest.raises(Refused):
        assess(by=ally, risk=risk, likelihood=2, impacts=FOUR, reason="No.", scored_by=team.person)


def test_a_score_of_now_moves_the_next_look_and_one_of_the_target_does_not(team, group):
    risk = RiskFactory(body=group, review_months=3, review_on=date(2026, 2, 1))
    assess(by=team, risk=risk, likelihood=1, impacts=FOUR, reason="Aim.", stage=Stage.TARGET)
    risk.refresh_from_db()
    assert risk.review_on == date(2026, 2, 1)
    assess(by=team, risk=risk, likelihood=1, impacts=FOUR, reason="Now.")
    risk.refresh_from_db()
    assert risk.review_on == date(2026, 5, 3)


def test_a_review_that_changes_nothing_says_why_it_still_stands(team, risk):
    with pytest.raises(RiskRefused, match="Nobody has scored it yet"):
        say_it_still_stands(by=team, risk=risk, reason="It does.")
    first = assess(by=team, risk=risk, likelihood=3, impacts=FOUR, reason="It leaks.", on=date(2025, 11, 3))
    again = say_it_still_stands(by=team, risk=risk, reason="Nobody mended it.")
    assert (again.number, again.still_stands, again.reason, again.on) == (
        first.number,
        True,
        "Nobody mended it.",
        TODAY,
    )
    with pytest.raises(RiskRefused, match="Say why"):
        say_it_still_stands(by=team, risk=risk, reason="")


# ---- The scheme


@pytest.fixture
def first(group) -> SchemeVersion:
    return scheme_on(group, date(2024, 1, 1))


def test_a_group_that_never_spoke_of_one_scores_under_the_first(group, first):
    assert (first.version, first.scheme) == (1, FIRST)
    assert scheme_on(group, date(2023, 1, 1)) == first


def test_a_decision_of_the_group_adopts_a_proposal_from_its_day_on(team, group, first, risk):
    old = assess(
        by=team, risk=risk, likelihood=2, impacts={Impact.TEAM: 5}, reason="Then.", on=date(2025, 3, 4)
    )
    version = propose_scheme(
        by=team, body=group, content=FIRST.as_data() | {"red_from": 16}, why="15 is rare."
    )
    decision = DecisionFactory(meeting=MeetingFactory(body=group, date=date(2025, 6, 3)))
    adopt_by_decision(by=team, decision=decision, version=version)
    decision.refresh_from_db()
    assert decision.scheme == version
    assert [scheme_on(group, day) for day in (date(2025, 6, 2), date(2025, 6, 3))] == [first, version]
    new = assess(by=team, risk=risk, likelihood=2, impacts={Impact.TEAM: 5}, reason="Now.")
    old.refresh_from_db()
    assert [(one.number, one.band, one.scheme) for one in (old, new)] == [
        (15, "red", first),
        (15, "amber", version),
    ]


def test_advice_another_group_s_decision_and_one_that_adopted_already_adopt_nothing(team, group, first):
    content = FIRST.as_data() | {"red_from": 16}
    version = propose_scheme(by=team, body=group, content=content, why="15 is rare.")
    meeting = MeetingFactory(body=group)
    for decision in (
        DecisionFactory(meeting=meeting, kind="advice"),
        DecisionFactory(meeting=meeting, withdrawn="By mistake."),
        DecisionFactory(meeting=meeting, scheme=first),
        DecisionFactory(meeting__body__slug="another"),
    ):
        with pytest.raises(SchemeRefused):
            adopt_by_decision(by=team, decision=decision, version=version)
    version.refresh_from_db()
    assert version.adopted_on is None


def test_a_proposal_is_taken_back_with_the_reason_and_then_adopted_no_more(team, ally, group, first):
    content = FIRST.as_data() | {"red_from": 16}
    with pytest.raises(Refused):
        propose_scheme(by=ally, body=group, content=content, why="Because.")
    with pytest.raises(ValueError, match="Say why"):
        propose_scheme(by=team, body=group, content=content, why="")
    with pytest.raises(SchemeContradicts):
        propose_scheme(by=team, body=group, content=content | {"amber_from": 20}, why="Because.")
    version = propose_scheme(by=team, body=group, content=content, why="15 is rare.")
    with pytest.raises(SchemeRefused, match="Say why"):
        withdraw_scheme(by=team, version=version, reason=" ")
    withdraw_scheme(by=team, version=version, reason="Nobody wanted it.")
    with pytest.raises(SchemeRefused, match="no longer a proposal"):
        adopt_scheme(by=team, version=version, on=TODAY)
    assert scheme_on(group, TODAY) == first
