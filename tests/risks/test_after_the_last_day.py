"""After the last day of a proposal nobody is asked: every page and the service say the same, and the team closes it."""

from datetime import date, timedelta

import pytest

from risks.correspondence import Answer, last_day
from risks.models import Case, CaseResponse, Proposal
from risks.services.cases import CaseRefused, open_by_hand
from risks.services.corresponding import answer_proposal, propose
from risks.services.deciding import Decided, tell_the_host
from risks.services.turning_keys import give_key
from tests.factories import ProjectFactory, WithholdingFactory
from tests.risks.test_register_pages import words

LAST, AFTER = date(2026, 2, 10), date(2026, 2, 11)
ASKED_AT_HOME = "You are asked to answer a proposal about a case."
ASKED, TO_CLOSE = "You are asked to answer a proposal.", "The time for answers is over."
REMINDED = "The time to answer a proposal about a case is over."
REFUSED = (
    "The last day for answers was Tuesday 10 February 2026. The core team or a chair writes down what they have "
    "come to."
)


@pytest.fixture
def case(today, group, lived, learnt, team) -> Case:
    case = open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")
    for chair, response in ((lived, CaseResponse.PAUSE), (learnt, CaseResponse.TALK)):
        give_key(by=chair, case=case, decided=Decided(response, "Why"))
    case.refresh_from_db()
    return case


@pytest.fixture
def proposal(case, ally, team) -> Proposal:
    return propose(by=team, case=case, decided=Decided(CaseResponse.PAUSE, "Pause until spring"))


@pytest.mark.parametrize("opened_on", [date(2026, 2, 3), date(2028, 2, 27), date(2026, 12, 30)])
@pytest.mark.parametrize("days", [1, 7, 45])
def test_the_database_knows_the_same_last_day_as_the_rule(case, opened_on, days):
    row = Proposal.objects.create(case=case, words="Pause", response="pause", opened_on=opened_on, days=days)
    last = last_day(opened_on, days)
    for day, is_over in ((opened_on, False), (last, False), (last + timedelta(days=1), True)):
        found = (list(Proposal.objects.asking_on(day)), list(Proposal.objects.over_on(day)))
        assert found == (([], [row]) if is_over else ([row], []))
        assert row.is_over(day) is is_over
    row.closed_on = opened_on
    row.save()
    assert (Proposal.objects.asking_on(opened_on).count(), Proposal.objects.over_on(AFTER).count()) == (0, 0)
    assert row.is_over(date(2030, 1, 1)) is False


def test_on_the_last_day_everybody_who_is_counted_is_still_asked(proposal, case, ally, settings, signed_in):
    settings.ALLIES_TODAY = LAST
    client = signed_in(ally)
    assert ASKED_AT_HOME in words(client.get("/"))
    assert ASKED in words(client.get("/escalations/"))
    said = words(client.get(case.get_absolute_url()))
    assert "0 of 3 have answered. The last day is Tuesday 10 February 2026." in said
    assert client.get(f"{case.get_absolute_url()}answer/").status_code == 200


def test_after_it_nobody_is_asked_on_any_page(proposal, case, ally, settings, signed_in):
    settings.ALLIES_TODAY = AFTER
    client = signed_in(ally)
    assert ASKED_AT_HOME not in words(client.get("/"))
    assert ASKED not in words(client.get("/escalations/"))
    page = client.get(case.get_absolute_url())
    assert "0 of 3 have answered. The last day was Tuesday 10 February 2026. " in words(page)
    assert "Nobody is asked any more. The core team or a chair has to close it" in words(page)
    assert f"{case.get_absolute_url()}answer/" not in page.text


def test_an_answer_that_comes_too_late_is_refused_in_a_sentence(proposal, case, ally, settings, signed_in):
    settings.ALLIES_TODAY = AFTER
    with pytest.raises(CaseRefused) as refused:
        answer_proposal(by=ally, proposal=proposal, answer=Answer.APPROVE)
    assert str(refused.value) == REFUSED
    client, address = signed_in(ally), f"{case.get_absolute_url()}answer/"
    page = client.get(address, follow=True)
    assert page.redirect_chain == [(case.get_absolute_url(), 303)]
    assert REFUSED in words(page)
    late = client.post(address, {"answer": "against", "words": "Not so fast"})
    assert (late.status_code, REFUSED in words(late), "Not so fast" in late.text) == (422, True, True)
    assert proposal.answers.count() == 0


def test_those_who_keep_the_cases_see_that_they_have_to_close_it(
    proposal, case, team, learnt, settings, signed_in
):
    settings.ALLIES_TODAY = AFTER
    for account in (team, learnt):
        assert TO_CLOSE in words(signed_in(account).get("/escalations/"))
        page = signed_in(account).get(case.get_absolute_url())
        assert "It waits for you to close it: it is then decided, or goes to the meeting." in words(page)
        assert "by phone" not in words(page)
        assert f'action="{case.get_absolute_url()}answer/close/"' in page.text
    signed_in(team).post(f"{case.get_absolute_url()}answer/close/")
    assert TO_CLOSE not in words(signed_in(team).get("/escalations/"))
    assert "0 of 3 answered" in words(signed_in(team).get(case.get_absolute_url()))


def test_home_reminds_the_team_and_nobody_else_until_it_is_closed(
    proposal, case, team, ally, settings, signed_in
):
    settings.ALLIES_TODAY = LAST
    assert REMINDED not in words(signed_in(team).get("/"))
    settings.ALLIES_TODAY = AFTER
    page = signed_in(team).get("/")
    assert REMINDED in words(page)
    assert f'href="{case.get_absolute_url()}#proposal"' in page.text
    assert REMINDED not in words(signed_in(ally).get("/"))
    signed_in(team).post(f"{case.get_absolute_url()}answer/close/")
    assert REMINDED not in words(signed_in(team).get("/"))


def test_home_does_not_tell_of_it_whoever_is_kept_from_the_matter(proposal, case, team, settings, signed_in):
    settings.ALLIES_TODAY = AFTER
    WithholdingFactory(person=team.person, about_project=case.about_project)
    assert REMINDED not in words(signed_in(team).get("/"))


def test_once_the_university_is_told_nobody_is_asked_either(proposal, case, team, ally, today, signed_in):
    assert ASKED_AT_HOME in words(signed_in(ally).get("/"))
    tell_the_host(by=team, case=case, words="All of it", told="The secretary")
    proposal.refresh_from_db()
    assert (proposal.closed_on, proposal.result) == (today, "others_decide")
    assert ASKED_AT_HOME not in words(signed_in(ally).get("/"))
    with pytest.raises(CaseRefused, match="closed"):
        answer_proposal(by=ally, proposal=proposal, answer=Answer.APPROVE)
    typed = {"answer": "against", "words": "Not so fast"}
    late = signed_in(ally).post(f"{case.get_absolute_url()}answer/", typed)
    assert (late.status_code, "This proposal is closed." in words(late)) == (422, True)
    assert "Not so fast" in late.text
