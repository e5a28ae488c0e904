"""The page of a case says what brought it there and how it was answered; scoring says what it has opened."""

from datetime import date

import pytest

from allies.models import Account
from risks.correspondence import Answer
from risks.models import Case, CaseResponse, Risk
from risks.scheme import Impact
from risks.services.assessing import assess
from risks.services.cases import open_by_hand
from risks.services.corresponding import answer_proposal, propose
from risks.services.deciding import Decided
from risks.services.turning_keys import agree_substitutes, give_key, stand_down
from tests.factories import (
    OrganisationFactory,
    ProjectFactory,
    RiskFactory,
    RiskMatterFactory,
    WithholdingFactory,
)
from tests.risks.test_register_pages import words

RED = {"stage": "now", "likelihood": "3", "impact_team": "5", "reason": "The paint went flaky."}
OPENED = "This opened a case for the chairs to decide."


@pytest.fixture
def risk(today, group, lived, learnt) -> Risk:
    risk = RiskFactory(body=group, title="The <hall> is lost")
    RiskMatterFactory(risk=risk, about_project=ProjectFactory(name="Safer <Starts>"))
    return risk


@pytest.fixture
def scored(risk, team) -> Case:
    assess(by=team, risk=risk, likelihood=3, impacts={Impact.TEAM: 5}, reason=RED["reason"])
    return Case.objects.get()


def part(page: str, heading: str) -> str:
    """What stands below a heading, by its id."""
    return page.partition(f'id="{heading}"')[2].partition("<h2")[0]


def test_a_score_names_its_risk_and_its_reason(scored, risk, ally, signed_in):
    why = part(signed_in(ally).get(scored.get_absolute_url()).text, "why")
    assert "A score of 20 (high)" in why
    link = f'<a href="{risk.get_absolute_url()}">The &lt;hall&gt; is lost</a>: “The paint went flaky.”'
    assert why.count(link) == 1


def test_a_risk_that_somebody_is_kept_from_is_not_named_where_its_score_is(scored, risk, ally, signed_in):
    partner = OrganisationFactory()
    RiskMatterFactory(risk=risk, about_project=None, about_organisation=partner)
    WithholdingFactory(person=ally.person, about_project=None, about_organisation=partner)
    page = signed_in(ally).get(scored.get_absolute_url()).text
    assert part(page, "why").count("A score of 20 (high)") == 1
    assert ("is lost" in page, "flaky" in page) == (False, False)


def test_why_a_case_opened_by_hand_names_no_risk(risk, group, team, ally, signed_in):
    case = open_by_hand(by=team, body=group, about=risk.matters.get().about, because="Worried")
    why = part(signed_in(ally).get(case.get_absolute_url()).text, "why")
    assert ("Worried" in why, "is lost" in why) == (True, False)


def test_scoring_says_which_case_it_opened_and_says_it_once(risk, team, signed_in):
    client, address = signed_in(team), f"{risk.get_absolute_url()}score/"
    page = client.post(address, RED, follow=True).text
    case = Case.objects.get()
    link = f'{OPENED} <a href="{case.get_absolute_url()}">The case of Safer &lt;Starts&gt;</a>'
    assert page.count(link) == 1
    # As bad again, for another reason: the case is there already.
    assert OPENED not in client.post(address, RED | {"reason": "As bad."}, follow=True).text


def test_scoring_what_opens_no_case_says_nothing_of_one(risk, team, signed_in):
    mild = RED | {"likelihood": "1", "impact_team": "2"}
    page = signed_in(team).post(f"{risk.get_absolute_url()}score/", mild, follow=True).text
    assert ("opened a case" in page, risk.assessments.count()) == (False, 1)


def test_scoring_what_climbs_in_a_case_that_is_open_says_nothing_of_opening_it(risk, group, team, signed_in):
    open_by_hand(by=team, body=group, about=risk.matters.get().about, because="Worried")
    page = signed_in(team).post(f"{risk.get_absolute_url()}score/", RED, follow=True).text
    assert (OPENED in page, Case.objects.get().triggers.count()) == (False, 2)


def test_a_score_that_would_hit_within_days_opens_one_for_the_allies(risk, team, signed_in):
    soon = RED | {"velocity": "days"}
    page = signed_in(team).post(f"{risk.get_absolute_url()}score/", soon, follow=True).text
    assert page.count("This opened a case for the Allies to decide.") == 1


def test_a_risk_that_is_entered_with_its_score_says_so_too(group, lived, learnt, team, today, signed_in):
    project = ProjectFactory()
    typed = {
        "title": "The roof leaks",
        "category": "operational",
        "review_months": "3",
        "concerns": f"project:{project.pk}",
        "score-likelihood": "3",
        "score-impact_team": "5",
        "score-reason": "It dripped.",
    }
    page = signed_in(team).post("/risks/new/", typed, follow=True).text
    assert page.count(OPENED) == 1


def test_a_view_on_a_value_that_opens_a_case_says_so_too(today, group, lived, learnt, ally, signed_in):
    project = ProjectFactory(name="Safer <Starts>")
    client, address = signed_in(ally), f"{project.get_absolute_url()}values/"
    against = {"position_human": "3", "evidence_human": "Nobody was asked."}
    # A second view of the same form joins the case, and says nothing more.
    both = against | {"position_inclusive": "3", "evidence_inclusive": "Nobody could come in."}
    page = client.post(address, both, follow=True).text
    case = Case.objects.get()
    assert (
        page.count(f'{OPENED} <a href="{case.get_absolute_url()}">The case of Safer &lt;Starts&gt;</a>') == 1
    )
    worse = {"position_human": "4", "evidence_human": "They said no."}
    assert "opened a case" not in client.post(address, worse, follow=True).text
    assert case.triggers.count() == 2


def test_a_view_that_opens_no_case_says_nothing_of_one(today, group, lived, learnt, ally, signed_in):
    address = f"{ProjectFactory().get_absolute_url()}values/"
    mild = {"position_human": "1", "evidence_human": "Mostly kind."}
    assert "opened a case" not in signed_in(ally).post(address, mild, follow=True).text
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("aside", "seat"), [("lived", "lived experience seat"), ("learnt", "learnt experience seat")]
)
def test_the_page_where_a_substitute_is_named_says_which_seat(
    scored, lived, learnt, ally, team, group, signed_in, aside, seat
):
    agree_substitutes(
        by=team, body=group, people=[ally.person], agreed_on=date(2026, 2, 3), until=date(2027, 2, 2)
    )
    chairs = {"lived": lived, "learnt": learnt}
    gone = chairs.pop(aside)
    stand_down(by=gone, case=scored, person=gone.person, why="conflict", words="A sister")
    [other] = chairs.values()
    said = words(signed_in(other).get(f"{scored.get_absolute_url()}substitute/"))
    assert f"For the {seat}. From the list that the group agreed" in said


# ---- Correspondence that is over


@pytest.fixture
def proposed(scored, lived, learnt, team, ally):
    """Put to the Allies, who are the two chairs and an Ally."""

    def differ(account: Account, response: CaseResponse) -> None:
        give_key(by=account, case=scored, decided=Decided(response, "Why"))

    differ(lived, CaseResponse.PAUSE)
    differ(learnt, CaseResponse.TALK)
    return propose(by=team, case=scored, decided=Decided(CaseResponse.PAUSE, "Pause until spring"))


def test_while_it_is_open_it_says_how_many_answered_and_not_how(proposed, scored, lived, ally, signed_in):
    answer_proposal(by=lived, proposal=proposed, answer=Answer.AGAINST)
    said = words(signed_in(ally).get(scored.get_absolute_url()))
    assert ("1 of 3 have answered." in said, "0 approved" in said) == (True, False)


def test_closed_correspondence_still_says_how_many_answered_and_how(
    proposed, scored, lived, learnt, ally, team, settings, signed_in
):
    answer_proposal(by=lived, proposal=proposed, answer=Answer.MORE_TIME, words="Not so fast")
    answer_proposal(by=ally, proposal=proposed, answer=Answer.APPROVE)
    settings.ALLIES_TODAY = date(2026, 2, 11)
    signed_in(team).post(f"{scored.get_absolute_url()}answer/close/")
    proposed.refresh_from_db()
    assert proposed.closed_on == date(2026, 2, 11)
    page = signed_in(learnt).get(scored.get_absolute_url()).text
    said = part(page, f"answered-{proposed.pk}")
    assert "closed on Wednesday 11 February 2026" in said
    assert "2 of 3 answered: 1 approved, 0 did not, 1 asked for time." in said
    assert (lived.person.full_name in said, "Not so fast" in page) == (False, False)


def test_one_that_was_approved_at_once_says_so_too(proposed, scored, lived, learnt, ally, signed_in):
    for each in (lived, learnt, ally):
        answer_proposal(by=each, proposal=proposed, answer=Answer.APPROVE)
    said = part(signed_in(ally).get(scored.get_absolute_url()).text, f"answered-{proposed.pk}")
    assert "3 of 3 answered: 3 approved, 0 did not, 0 asked for time." in said
