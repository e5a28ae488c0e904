"""The page before a meeting tells the core team of keys that wait for a substitute, and of those nobody can hold."""

from datetime import date

import pytest

from allies.models import Account, Person, Post, Seat
from risks.correspondence import Answer
from risks.keys import Why
from risks.models import Case, CaseResponse
from risks.models.situation import situation_of, waiting_for_the_team
from risks.services.cases import open_by_hand
from risks.services.corresponding import answer_proposal, propose
from risks.services.deciding import Decided
from risks.services.turning_keys import agree_substitutes, give_key, name_substitute, stand_down
from tests.factories import InterestFactory, OrganisationFactory, ParticipationFactory, ProjectFactory
from tests.risks.test_register_pages import words

TO_NAME, STUCK = "A key in a case waits for a substitute.", "Nobody can hold a key in a case."


@pytest.fixture
def chairs(account_of, group) -> list[Account]:
    return [account_of(group, Post.CO_CHAIR, seat=seat) for seat in (Seat.LIVED, Seat.LEARNT)]


@pytest.fixture
def lead(account_of, core_team) -> Account:
    return account_of(core_team, Post.LEAD)


@pytest.fixture
def case(today, group, chairs, team, ally, account_of) -> Case:
    deputies = [ally.person, account_of(group).person]
    agree_substitutes(by=team, body=group, people=deputies, agreed_on=today, until=date(2027, 2, 2))
    return open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")


def test_the_lead_is_told_once_neither_chair_can_name_a_substitute(
    case, chairs, lead, team, ally, signed_in, today
):
    assert TO_NAME not in words(signed_in(lead).get("/"))
    stand_down(by=chairs[0], case=case, person=chairs[0].person, why=Why.CONFLICT)
    assert TO_NAME not in words(signed_in(lead).get("/"))  # the other chair names one
    partner = ParticipationFactory(project=case.about).organisation
    InterestFactory(person=chairs[1].person, about_organisation=partner, declared_on=today)
    page = signed_in(lead).get("/")
    assert TO_NAME in words(page)
    assert f'href="/escalations/{case.pk}/substitute/"' in page.content.decode()
    for other in (team, ally):
        assert TO_NAME not in words(signed_in(other).get("/"))
    for _ in Seat:
        waiting = situation_of(case, today).key_to_name(lead.person_id, leads=True)
        person = Person.objects.get(pk=waiting.candidates[0])
        name_substitute(by=lead, case=case, seat=waiting.seat, person=person)
    assert TO_NAME not in words(signed_in(lead).get("/"))


def test_the_team_is_told_of_a_case_whose_keys_nobody_can_hold(case, chairs, team, ally, signed_in):
    for account in (*chairs, ally):
        InterestFactory(person=account.person, about_project=case.about, declared_on=case.opened_on)
    assert STUCK not in words(signed_in(team).get("/"))
    chairs[0].person.appointments.update(ends="2026-02-01")
    case.body.substitutes.exclude(person=ally.person).delete()
    page = signed_in(team).get("/")
    assert STUCK in words(page)
    client = signed_in(team)
    client.post(f"/escalations/{case.pk}/to-the-allies/")
    case.refresh_from_db()
    assert case.get_level_display() == "The Allies"
    assert STUCK not in words(client.get("/"))


def test_a_substitute_is_told_of_the_key_until_it_is_given(case, chairs, ally, signed_in):
    words_of_it = "You were named to hold a key in a case."
    stand_down(by=chairs[0], case=case, person=chairs[0].person, why=Why.CONFLICT)
    assert words_of_it not in words(signed_in(ally).get("/"))
    name_substitute(by=chairs[1], case=case, seat=Seat.LIVED, person=ally.person)
    assert words_of_it in words(signed_in(ally).get("/"))
    give_key(by=ally, case=case, decided=Decided(CaseResponse.PAUSE, "Pause"))
    assert words_of_it not in words(signed_in(ally).get("/"))


def test_those_who_are_counted_are_asked_for_their_answer_until_they_gave_it(
    case, chairs, ally, team, signed_in
):
    words_of_it = "You are asked to answer a proposal about a case."
    for chair, response in zip(chairs, (CaseResponse.PAUSE, CaseResponse.TALK), strict=True):
        give_key(by=chair, case=case, decided=Decided(response, "Why"))
    assert words_of_it not in words(signed_in(ally).get("/"))
    proposal = propose(by=team, case=case, decided=Decided(CaseResponse.PAUSE, "Pause, then"))
    assert words_of_it in words(signed_in(ally).get("/"))
    assert words_of_it not in words(signed_in(team).get("/"))
    answer_proposal(by=ally, proposal=proposal, answer=Answer.MORE_TIME)
    assert words_of_it not in words(signed_in(ally).get("/"))


def test_it_says_the_same_as_reading_each_case_by_itself(case, chairs, group, team, lead, today):
    cases = [
        open_by_hand(by=team, body=group, about=about, because="Worried")
        for about in (OrganisationFactory(), ProjectFactory(), OrganisationFactory())
    ]
    InterestFactory(
        person=chairs[0].person, about_organisation=cases[0].about, declared_on=today, about_project=None
    )
    InterestFactory(
        person=chairs[1].person, about_organisation=cases[0].about, declared_on=today, about_project=None
    )
    stand_down(by=chairs[0], case=cases[1], person=chairs[0].person, why=Why.CONFLICT)
    found = waiting_for_the_team(lead, today)
    each = {
        one.pk: situation_of(one, today).key_to_name(lead.person_id, leads=True) for one in (case, *cases)
    }
    assert set(found.to_name) == {pk for pk, key in each.items() if key} == {cases[0].pk}
    assert found.stuck == ()


@pytest.mark.parametrize("many", [1, 8])
def test_one_query_however_many_wait(case, group, team, lead, today, many, django_assert_num_queries):
    for _ in range(many):
        open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")
    waiting_for_the_team(lead, today)
    with django_assert_num_queries(1):
        waiting_for_the_team(lead, today)
