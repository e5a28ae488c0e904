"""The pages of the escalation review: what they ask of whom, what they keep unseen, and that every form works."""

from datetime import date, timedelta

import pytest
from django.test import Client

from actions.models import Action
from actions.services.agreeing import change_matter
from allies.models import OPERATOR, Account, Matter, Post
from risks.correspondence import Answer
from risks.models import Case, CaseResponse, Key, Proposal, Review, StandDown, Substitute
from risks.models.situation import electorate
from risks.scheme import Level
from risks.services.cases import climb, open_by_hand
from risks.services.corresponding import answer_proposal, propose
from risks.services.deciding import Decided, ToDo, decide_at_a_meeting, hand_back_to_the_chairs
from risks.services.sittings import begin_review
from risks.services.turning_keys import add_actions_to, agree_substitutes, give_key
from tests.factories import (
    BodyFactory,
    InterestFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    WithholdingFactory,
)

PAUSE = {"response": "pause", "reason": "Quail eggs first."}
PAGE = "/escalations/"
# The core team's powers are read without their bodies.
LIST, CASE = 10, {False: 12, True: 11}


@pytest.fixture
def case(today, group, lived, learnt, team) -> Case:
    project = ProjectFactory(name="Safer Starts")
    return open_by_hand(by=team, body=group, about=project, because="People are worried.")


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def said(account: Account, address: str) -> str:
    return client_of(account).get(address).content.decode()


def differ(case: Case, lived: Account, learnt: Account) -> None:
    give_key(by=lived, case=case, decided=Decided(CaseResponse.PAUSE, "One"))
    give_key(by=learnt, case=case, decided=Decided(CaseResponse.TALK, "Two"))


def test_what_waits_says_whose_it_is_and_how_long_it_has(case, lived, ally):
    page = said(lived, PAGE)
    assert "You hold a key." in page
    assert "5 working days left, until Tuesday 10 February 2026" in page
    other = said(ally, PAGE)
    assert ("Safer Starts" in other, "You hold a key." in other) == (True, False)


def test_a_missed_limit_shows_and_decides_nothing(case, lived, settings):
    settings.ALLIES_TODAY = date(2026, 2, 12)
    page = said(lived, PAGE)
    assert "2 working days late: the Allies have been told" in page
    case.refresh_from_db()
    assert (case.level, case.closed_on) == (Level.CHAIRS, None)


def test_a_limit_over_the_early_may_bank_holiday_counts_no_holiday(lived, learnt, team, group, settings, db):
    settings.ALLIES_TODAY = date(2026, 4, 30)
    case = open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")
    assert case.limit_on == date(2026, 5, 8)
    settings.ALLIES_TODAY = date(2026, 5, 11)
    assert "1 working day late" in said(lived, case.get_absolute_url())


def test_both_chairs_decide_on_the_page_and_neither_reads_the_other_before(case, lived, learnt, ally, team):
    address = case.get_absolute_url()
    assert client_of(lived).post(address, PAUSE).status_code == 303
    for reader in (learnt, ally, team):
        for page in (PAGE, address, "/", "/search/?q=Quail", f"/projects/{case.about_project_id}/"):
            assert "Quail eggs" not in said(reader, page)
    assert "Quail eggs" in said(lived, address)
    client_of(learnt).post(address, {"response": "pause", "reason": "So do I."})
    case.refresh_from_db()
    assert case.closed_on == date(2026, 2, 3)
    page = said(ally, address)
    assert ("Quail eggs" in page, "The chairs, with both keys" in page) == (True, True)


def test_a_form_that_is_not_whole_says_what_it_needs_and_keeps_the_words(case, lived):
    answer = client_of(lived).post(case.get_absolute_url(), {"response": "accept", "reason": "For now"})
    page = answer.content.decode()
    assert (answer.status_code, "Say until when it is accepted" in page, "For now" in page) == (
        422,
        True,
        True,
    )
    assert not Key.objects.exists()


def test_nobody_else_gives_a_key(case, ally, team):
    for account in (ally, team):
        assert client_of(account).post(case.get_absolute_url(), PAUSE).status_code == 403


def test_a_chair_stands_aside_the_other_names_a_substitute_who_decides(
    case, lived, learnt, ally, group, team
):
    agree_substitutes(
        by=team, body=group, people=[ally.person], agreed_on=date(2026, 2, 3), until=date(2027, 2, 2)
    )
    address = case.get_absolute_url()
    client_of(lived).post(f"{address}aside/", {"words": "My sister works there."})
    for reader, reads in ((ally, False), (team, False), (learnt, True)):
        page = said(reader, address)
        assert f"{lived.person.full_name} stood aside" in page
        assert ("My sister works there." in page) == reads
    assert "You name a substitute." in said(learnt, PAGE)
    client_of(learnt).post(f"{address}substitute/", {"person": ally.person.pk})
    assert "You hold a key." in said(ally, PAGE)
    for account in (ally, learnt):
        client_of(account).post(address, PAUSE)
    case.refresh_from_db()
    assert case.closed_on == date(2026, 2, 3)


def test_somebody_who_cannot_be_reached_is_written_down(case, lived, team):
    client_of(team).post(f"{case.get_absolute_url()}unreachable/", {"person": lived.person.pk})
    assert StandDown.objects.get().why == "absent"


def test_two_that_differ_go_to_the_allies_who_answer_a_proposal(case, lived, learnt, ally, team):
    differ(case, lived, learnt)
    address = case.get_absolute_url()
    client_of(team).post(f"{address}propose/", PAUSE)
    assert "You are asked to answer a proposal." in said(ally, PAGE)
    client = client_of(ally)
    assert client.post(f"{address}answer/", {"answer": "approve"}).status_code == 303
    assert "You are asked" not in said(ally, PAGE)
    client_of(team).post(
        f"{address}answer/", {"answer": "approve", "person": lived.person.pk, "words": "By phone"}
    )
    client_of(learnt).post(f"{address}answer/", {"answer": "approve"})
    case.refresh_from_db()
    assert case.closed_on == date(2026, 2, 3)


def test_what_is_with_the_allies_comes_down_at_their_meeting_and_by_no_press_here(case, lived, learnt, team):
    differ(case, lived, learnt)
    for account in (lived, team):
        assert "There they decide about it, or hand it back to the chairs." in said(
            account, case.get_absolute_url()
        )
        gone = client_of(account).post(f"{case.get_absolute_url()}hand-back/", {"because": "Talk once more"})
        assert gone.status_code == 404
    case.refresh_from_db()
    assert case.get_level_display() == "The Allies"


def test_with_the_allies_the_page_names_those_who_decide_and_counts_the_others(
    case, lived, learnt, ally, team, account_of, group, today
):
    tied = account_of(group)
    InterestFactory(person=tied.person, about_project=case.about_project)
    differ(case, lived, learnt)
    page = said(ally, case.get_absolute_url()).partition('id="keys"')[2].partition("<h2")[0]
    assert "The group, at its next meeting or by correspondence." in page
    names = [one.full_name for one in electorate(group, case, today)]
    assert len(names) == 3
    assert f"{', '.join(names)}. 1 member has an interest in it or stood aside, and is not counted." in page
    assert tied.person.full_name not in page


def test_a_case_that_never_was_with_the_chairs_shows_no_keys(case, lived, ally):
    taken_to_the_allies(case)
    page = said(lived, case.get_absolute_url())
    assert ("Lived experience seat" in page, "this is you" in page) == (False, False)


def test_it_is_told_to_the_university_and_decided_there(case, lived, learnt, team):
    differ(case, lived, learnt)
    address, client = case.get_absolute_url(), client_of(team)
    told = {"words": "All of it", "told": "The secretary"}
    assert "nothing is sent from here" in client.get(f"{address}university/").text
    for _ in range(2):  # pressed twice, it is written down once
        assert client.post(f"{address}university/", told).status_code == 303
    assert case.notices.count() == 1
    # It was told the same day: no limit of ours runs any more.
    for page in (said(lived, PAGE), said(lived, address)):
        assert ("4 The host university" in page, "last day" in page, "Decide by" in page) == (
            True,
            False,
            False,
        )
    assert "What did the university decide?" in client.get(f"{address}university/decision/").text
    client.post(f"{address}university/answer/", {"answer": "We look at it."})
    assert "We look at it." in said(lived, address)
    client.post(f"{address}university/decision/", PAUSE)
    client.post(f"{address}actions/", {"text": "Write to the partner", "owner": lived.person.pk})
    decision = case.decisions.get()
    assert (decision.decided_by, [one.text for one in decision.actions.all()]) == (
        "host",
        ["Write to the partner"],
    )
    assert "Write to the partner" in said(lived, address)


def test_an_acceptance_rests_and_comes_back(case, lived, learnt, settings):
    until = date(2026, 3, 31)
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "Until spring", until))
    assert "Until Tuesday 31 March 2026" in said(lived, PAGE)
    assert "A case waits for the chairs." not in said(lived, "/")
    settings.ALLIES_TODAY = until + timedelta(days=1)
    assert "You hold a key." in said(lived, PAGE)
    assert "A case waits for the chairs." in said(lived, "/")


def test_what_ran_out_shows_its_limit_before_anybody_acts(case, lived, learnt, ally, settings):
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "Until spring", date(2026, 3, 31)))
    # Five working days after Wednesday 1 April, over Easter.
    settings.ALLIES_TODAY = date(2026, 4, 1)
    for address in (PAGE, case.get_absolute_url()):
        assert "5 working days left, until Friday 10 April 2026" in said(lived, address)
    assert "The chairs have not decided" not in said(ally, "/")
    settings.ALLIES_TODAY = date(2026, 4, 13)
    for address in (PAGE, case.get_absolute_url()):
        assert "1 working day late: the Allies have been told" in said(lived, address)
    assert "The chairs have not decided about a case in time." in said(ally, "/")


def test_a_sitting_takes_several_cases_and_ends_with_a_reason_for_each(case, lived, group, team):
    other = open_by_hand(by=team, body=group, about=OrganisationFactory(), because="Worried")
    client = client_of(lived)
    client.post("/escalations/sittings/begin/", {"case": [case.pk, other.pk]})
    review = Review.objects.get()
    address = f"/escalations/sittings/{review.pk}/"
    client.post(f"{address}end/")
    review.refresh_from_db()
    assert review.ended_on is None
    for one in (case, other):
        client.post(f"{address}wait/{one.pk}/", {"because": "They answer on Friday."})
    assert "They answer on Friday." in client.get(address).content.decode()
    client.post(f"{address}end/")
    review.refresh_from_db()
    assert review.ended_on == date(2026, 2, 3)


def test_a_case_is_opened_by_hand_and_lists_are_set(today, lived, learnt, team, ally, group):
    project = ProjectFactory()
    client = client_of(team)
    client.post("/escalations/new/", {"about": f"project-{project.pk}", "because": "Worried"})
    assert Case.objects.get().about == project
    day = {"_day": "4", "_month": "2", "_year": "2026"}
    typed = {f"agreed_on{key}": value for key, value in day.items()}
    typed |= {f"until{key}": value for key, value in (day | {"_year": "2027"}).items()}
    client.post("/escalations/settings/", typed | {"which": "substitutes", "people": ally.person.pk})
    assert Substitute.objects.get().person == ally.person
    client.post("/escalations/settings/", {f"first{key}": value for key, value in day.items()})
    assert [one.day for one in group.closure_days.all()] == [date(2026, 2, 4)]


def test_the_chair_of_a_working_group_is_not_offered_what_is_for_the_chairs_of_the_group(
    case, account_of, group, lived
):
    below = BodyFactory(name="Strategy working group", slug="strategy", parent=group)
    chair = account_of(below, Post.CHAIR)
    begin_review(by=lived, body=group, cases=[case])
    page = said(chair, PAGE)
    offered = [
        words for words in ("Begin a sitting", "Go on with the sitting", "Open a case") if words in page
    ]
    assert offered == []
    assert client_of(chair).get("/escalations/new/").status_code == 403


def test_a_case_of_what_somebody_is_kept_from_is_not_there_for_them(case, ally, team):
    WithholdingFactory(person=ally.person, about_project=case.about_project)
    assert "Safer Starts" not in said(ally, PAGE)
    assert client_of(ally).get(case.get_absolute_url()).status_code == 404


def test_as_many_queries_for_one_case_as_for_many(case, lived, group, team, ally, django_assert_num_queries):
    client = client_of(lived)
    with django_assert_num_queries(LIST):
        client.get(PAGE)
    for _ in range(4):
        project = ProjectFactory()
        ParticipationFactory(project=project, organisation=OrganisationFactory())
        InterestFactory(person=ally.person, about_project=project)
        open_by_hand(by=team, body=group, about=project, because="Worried")
    with django_assert_num_queries(LIST):
        client.get(PAGE)


def with_a_long_life(case: Case, lived: Account, learnt: Account, team: Account, ally: Account) -> None:
    """Let a case of a project go through everything that its page tells of, twice."""
    partner = OrganisationFactory(name="Tern Trust")
    for one in (partner, OrganisationFactory()):
        ParticipationFactory(project=case.about_project, organisation=one)
        InterestFactory(person=ally.person, about_organisation=one)
    for _ in range(2):
        other = ProjectFactory()
        ParticipationFactory(project=other, organisation=partner)
        earlier = open_by_hand(by=team, body=case.body, about=other, because="Worried before")
        for chair in (lived, learnt):
            give_key(by=chair, case=earlier, decided=Decided(CaseResponse.TALK, "Talk"))
        open_by_hand(by=team, body=case.body, about=case.about, because="Worried again")
        differ(case, lived, learnt)
        proposal = propose(by=team, case=case, decided=Decided(CaseResponse.PAUSE, "Pause, then"))
        answer_proposal(by=lived, proposal=proposal, answer=Answer.MORE_TIME)
        answer_proposal(by=learnt, proposal=proposal, answer=Answer.AGAINST)
        hand_back_to_the_chairs(by=team, case=case, because="Talk once more", on=date(2026, 2, 3))
        Proposal.objects.filter(case=case).update(closed_on=date(2026, 2, 3))
    decision = decide_at_a_meeting(
        by=team, case=taken_to_the_allies(case), decided=PAUSED, on=date(2026, 2, 3)
    )
    words = ["Write to them", "Meet them"]
    add_actions_to(by=team, decision=decision, to_do=[ToDo(one) for one in words])


PAUSED = Decided(CaseResponse.PAUSE, "Until we have talked")


def taken_to_the_allies(case: Case) -> Case:
    climb(case, Level.ALLIES, because="By hand", on=date(2026, 2, 3), by=OPERATOR)
    case.refresh_from_db()
    return case


def test_the_page_of_a_case_asks_as_much_after_a_long_life(
    case, lived, learnt, team, ally, django_assert_num_queries
):
    for reader in (lived, ally, team):
        client = client_of(reader)
        with django_assert_num_queries(CASE[reader is team]):
            client.get(case.get_absolute_url())
    with_a_long_life(case, lived, learnt, team, ally)
    for reader in (lived, ally, team):
        client = client_of(reader)
        with django_assert_num_queries(CASE[reader is team]):
            page = client.get(case.get_absolute_url()).content.decode()
        for words in ("Worried again", "Pause, then", "Until we have talked", "Write to them", "Meet them"):
            assert words in page
        assert ("Tern Trust" in page, page.count("Talk and learn together, 3 February 2026")) == (True, 2)


def test_an_action_that_is_withheld_by_itself_is_not_named_on_the_page_of_its_case(
    case, lived, learnt, team, ally
):
    with_a_long_life(case, lived, learnt, team, ally)
    matter = Matter.objects.create(name="Who meets them")
    change_matter(by=team, action=Action.objects.get(text="Meet them"), matter=matter)
    WithholdingFactory(person=ally.person, about_project=None, about_matter=matter)
    for reader, reads in ((ally, False), (lived, True)):
        page = said(reader, case.get_absolute_url())
        assert ("Write to them" in page, "Meet them" in page) == (True, reads)
