"""A case waits for nobody: whoever leaves or comes to have an interest stands in no decision's way."""

from datetime import timedelta

import pytest

from allies.models import Account, Post, Seat
from allies.powers import Refused
from risks.models import Case, CaseResponse, Key
from risks.models.situation import situation_of
from risks.scheme import Level
from risks.services.cases import CaseRefused, open_by_hand
from risks.services.corresponding import propose
from risks.services.deciding import Decided
from risks.services.turning_keys import agree_substitutes, give_key, name_substitute, take_to_the_allies
from tests.factories import InterestFactory, ProjectFactory

PAUSE = Decided(CaseResponse.PAUSE, "We need to talk first.")
RED_LINE = Decided(CaseResponse.RED_LINE, "It crosses what we agreed.")


@pytest.fixture
def case(today, group, lived, learnt, team) -> Case:
    return open_by_hand(by=team, body=group, about=ProjectFactory(), because="People are worried.")


@pytest.fixture
def deputy(account_of, group, today, team) -> Account:
    account = account_of(group)
    until = today + timedelta(days=364)
    agree_substitutes(by=team, body=group, people=[account.person], agreed_on=today, until=until)
    return account


def test_a_key_of_somebody_who_then_registered_an_interest_stands_in_nobodys_way(
    case: Case, lived, learnt, deputy, today
):
    give_key(by=lived, case=case, decided=RED_LINE)
    InterestFactory(person=lived.person, about_project=case.about, declared_on=today)
    name_substitute(by=learnt, case=case, seat=Seat.LIVED, person=deputy.person)
    give_key(by=deputy, case=case, decided=PAUSE)
    decision = give_key(by=learnt, case=case, decided=PAUSE)
    assert decision is not None
    assert [key.counts for key in Key.objects.filter(person=lived.person)] == [False]


def test_a_case_whose_chairs_have_left_is_taken_to_the_allies_and_no_other(case: Case, lived, learnt, team):
    with pytest.raises(CaseRefused, match="Both keys can be held"):
        take_to_the_allies(by=team, case=case)
    for chair in (lived, learnt):
        chair.person.appointments.update(ends="2026-02-02")
    take_to_the_allies(by=team, case=case)
    case.refresh_from_db()
    assert (case.level, case.moves.last().because) == (Level.ALLIES, "Nobody can hold one of the keys")


def test_what_the_allies_decide_needs_no_press_before_it_where_nobody_holds_a_key(
    case: Case, lived, learnt, ally, team
):
    lived.person.appointments.update(ends="2026-02-02")
    proposal = propose(by=team, case=case, decided=PAUSE)
    case.refresh_from_db()
    assert (case.level, ally.person in proposal.counted.all()) == (Level.ALLIES, True)


def test_without_a_lead_anybody_of_the_core_team_names_the_substitute(
    case: Case, lived, learnt, deputy, account_of, core_team, today, team
):
    for chair in (lived, learnt):
        chair.person.appointments.update(ends="2026-02-02")
    lead = account_of(core_team, Post.LEAD)
    with pytest.raises(Refused, match="or else the core team’s lead"):
        name_substitute(by=team, case=case, seat=Seat.LIVED, person=deputy.person)
    lead.person.appointments.update(ends="2026-02-02")
    name_substitute(by=team, case=case, seat=Seat.LIVED, person=deputy.person)
    assert situation_of(case, today).seat_of(deputy.person.pk) == Seat.LIVED
