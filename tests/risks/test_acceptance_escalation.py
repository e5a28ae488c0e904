"""The lines of ACCEPTANCE about escalation, one test each: what the group asked for, on the pages."""

import re
from datetime import date

import pytest

from allies.models import Account
from risks.models import Case, CaseResponse, ConcernState
from risks.scheme import Impact, Level, Velocity
from risks.services.assessing import assess
from risks.services.cases import open_by_hand
from risks.services.concerns import look_into, raise_concern
from risks.services.deciding import Decided
from risks.services.registering import enter_risk
from risks.services.turning_keys import give_key
from tests.factories import OrganisationFactory, ParticipationFactory, ProjectFactory
from tests.risks.test_register_pages import words

pytestmark = pytest.mark.usefixtures("today")


def both(case: Case, lived: Account, learnt: Account, response: CaseResponse, why: str) -> None:
    """Let both chairs decide the same."""
    until = date(2026, 6, 30) if response is CaseResponse.ACCEPT else None
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(response, why, until))


def what_was_decided(page: str) -> str:
    """The part of a case's page between its decision and who held its keys."""
    [said, _] = re.split(
        r"Who (?:may decide|held the keys)", page.partition("What was decided")[2], maxsplit=1
    )
    return said


def test_26_the_allies_are_brought_in_in_extreme_cases_alone(signed_in, ally, team, group, lived, learnt):
    weights = {"Mild": (3, 2, None), "Bad": (4, 4, None), "Extreme": (4, 4, Velocity.DAYS)}
    for name, (likelihood, impact, velocity) in weights.items():
        risk = enter_risk(
            by=team, body=group, title=name, category="external", concerns=[ProjectFactory(name=name)]
        )
        impacts = {Impact.PUBLIC: impact}
        assess(by=team, risk=risk, likelihood=likelihood, impacts=impacts, reason="Seen.", velocity=velocity)
    page = words(signed_in(ally).get("/escalations/"))
    assert [name in page for name in weights] == [False, True, True]
    assert {str(case.about): case.level for case in Case.objects.all()} == {
        "Bad": Level.CHAIRS,
        "Extreme": Level.ALLIES,
    }


@pytest.mark.parametrize("response", CaseResponse)
def test_27_each_case_has_its_own_answer_from_letting_go_to_a_red_line(
    signed_in, ally, team, group, lived, learnt, response
):
    case = open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")
    page = words(signed_in(lived).get(case.get_absolute_url()))
    assert all(label in page for label in CaseResponse.labels)
    both(case, lived, learnt, response, "Because of what we saw.")
    page = words(signed_in(ally).get(case.get_absolute_url()))
    decided = what_was_decided(page)
    assert str(response.label) in decided
    assert "Lived experience seat: Because of what we saw." in decided
    assert "The chairs, with both keys" in decided


def test_28_the_agreement_and_its_values_clause_stand_where_the_chairs_decide(
    signed_in, team, group, lived, learnt
):
    project = ProjectFactory()
    for name, agreement in (("Harbour Trust", "values_clause"), ("Tern Trust", "signed")):
        partner = OrganisationFactory(name=name)
        ParticipationFactory(project=project, organisation=partner, agreement=agreement)
    case = open_by_hand(by=team, body=group, about=project, because="Worried")
    agreed = words(signed_in(lived).get(case.get_absolute_url())).partition("The agreement")[2]
    assert "Harbour Trust: signed, with a values clause" in agreed
    assert "Tern Trust: signed, without a values clause" in agreed


def test_29_what_would_be_lost_by_stopping_stands_beside_the_score(signed_in, team, group, lived, learnt):
    project = ProjectFactory()
    risk = enter_risk(by=team, body=group, title="The hall", category="external", concerns=[project])
    assess(
        by=team,
        risk=risk,
        likelihood=4,
        impacts={Impact.PUBLIC: 4},
        reason="Seen.",
        lost_by_stopping="The only warm room.",
    )
    page = words(signed_in(lived).get(Case.objects.get().get_absolute_url()))
    assert "The only warm room." in page.partition("What would be lost by stopping")[2]


def test_30_who_raised_it_is_on_no_case_and_the_decision_is_the_chairs(
    signed_in, ally, account_of, group, team, lived, learnt
):
    raiser = account_of(group)
    concern = raise_concern(by=raiser, body=group, about=ProjectFactory(), words="The kestrel words.")
    look_into(by=lived, concern=concern, state=ConcernState.TAKEN_UP, summary="How people were spoken to.")
    case = Case.objects.get()
    both(case, lived, learnt, CaseResponse.TALK, "Let us listen.")
    page = words(signed_in(ally).get(case.get_absolute_url()))
    decided = what_was_decided(page)
    assert "How people were spoken to." in page
    assert not any(secret in page for secret in (raiser.person.full_name, "kestrel"))
    assert not any(chair.person.full_name in decided for chair in (lived, learnt))
