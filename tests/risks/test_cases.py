"""A case through its life: the keys, standing aside, substitutes, the Allies, the university, and coming back."""

from datetime import date, timedelta

import pytest

from allies.models import Account, Post, Seat
from allies.powers import Refused
from risks.correspondence import Answer, Result
from risks.keys import Step, Why
from risks.models import Case, CaseResponse, DecidedBy, Key
from risks.models.situation import electorate, situation_of
from risks.scheme import Level
from risks.services.cases import CaseRefused, open_by_hand
from risks.services.corresponding import answer_proposal, close_proposal, propose
from risks.services.deciding import (
    Decided,
    decide_at_a_meeting,
    hand_back_to_the_chairs,
    host_answered,
    host_decided,
    tell_the_host,
)
from risks.services.sittings import begin_review, end_review, let_it_wait
from risks.services.turning_keys import (
    agree_substitutes,
    give_key,
    name_substitute,
    say_closed,
    stand_down,
)
from tests.factories import (
    InterestFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    WithholdingFactory,
)

PAUSE = Decided(CaseResponse.PAUSE, "We need to talk first.")
RED_LINE = Decided(CaseResponse.RED_LINE, "It crosses what we agreed.")


@pytest.fixture
def lead(account_of, core_team) -> Account:
    return account_of(core_team, Post.LEAD)


@pytest.fixture
def case(today, group, lived, learnt, team) -> Case:
    return open_by_hand(by=team, body=group, about=ProjectFactory(), because="People are worried.")


def on(settings, day: date) -> None:
    settings.ALLIES_TODAY = day


def substitute(account_of, group, today, team) -> Account:
    account = account_of(group)
    agree_substitutes(
        by=team, body=group, people=[account.person], agreed_on=today, until=today + timedelta(days=364)
    )
    return account


def test_a_case_has_five_working_days(case: Case):
    assert (case.level, case.opened_on, case.limit_on) == (Level.CHAIRS, date(2026, 2, 3), date(2026, 2, 10))


def test_days_on_which_the_host_is_closed_give_more_time(today, group, lived, learnt, team):
    say_closed(by=team, body=group, days=[date(2026, 2, 5), date(2026, 2, 6)])
    late = open_by_hand(by=team, body=group, about=ProjectFactory(), because="Worried")
    assert late.limit_on == date(2026, 2, 12)


def test_a_second_reason_joins_the_open_case(case: Case, team, group):
    same = open_by_hand(by=team, body=group, about=case.about, because="And again.")
    assert same.pk == case.pk
    assert [one.words for one in case.triggers.all()] == ["People are worried.", "And again."]


def test_a_case_needs_a_reason_and_somebody_who_may_open_it(today, group, team, ally):
    with pytest.raises(CaseRefused):
        open_by_hand(by=team, body=group, about=ProjectFactory(), because=" ")
    with pytest.raises(Refused):
        open_by_hand(by=ally, body=group, about=ProjectFactory(), because="Worried")


def test_two_keys_that_agree_decide_with_both_reasons(case: Case, lived, learnt, today):
    assert give_key(by=lived, case=case, decided=PAUSE) is None
    decision = give_key(by=learnt, case=case, decided=Decided(CaseResponse.PAUSE, "So that nobody is hurt."))
    assert decision is not None
    assert (decision.decided_by, decision.response, decision.on) == (
        DecidedBy.CHAIRS,
        CaseResponse.PAUSE,
        today,
    )
    assert decision.reason == (
        "Learnt experience seat: So that nobody is hurt.\nLived experience seat: We need to talk first."
    )
    case.refresh_from_db()
    assert (case.closed_on, case.limit_on) == (today, None)


def test_two_keys_that_differ_take_it_to_the_allies(case: Case, lived, learnt, today):
    give_key(by=lived, case=case, decided=PAUSE)
    assert give_key(by=learnt, case=case, decided=RED_LINE) is None
    case.refresh_from_db()
    assert (case.level, case.closed_on, case.limit_on) == (Level.ALLIES, None, today + timedelta(days=7))
    assert [str(one) for one in case.moves.all()] == [
        "The chairs: People are worried.",
        "The Allies: The two keys differ",
    ]


def test_an_acceptance_until_another_day_is_another_response(case: Case, lived, learnt):
    give_key(by=lived, case=case, decided=Decided(CaseResponse.ACCEPT, "For now", date(2026, 5, 1)))
    give_key(by=learnt, case=case, decided=Decided(CaseResponse.ACCEPT, "For now", date(2026, 6, 1)))
    case.refresh_from_db()
    assert case.level == Level.ALLIES


def test_a_key_is_given_once_and_by_its_holder_alone(case: Case, lived, ally, team):
    give_key(by=lived, case=case, decided=PAUSE)
    with pytest.raises(CaseRefused, match="given already"):
        give_key(by=lived, case=case, decided=RED_LINE)
    for other in (ally, team):
        with pytest.raises(Refused, match="hold a key"):
            give_key(by=other, case=case, decided=PAUSE)
    assert Key.objects.count() == 1


@pytest.mark.parametrize(
    "decided",
    [
        Decided(CaseResponse.PAUSE, "  "),
        Decided(CaseResponse.ACCEPT, "For now"),
        Decided(CaseResponse.ACCEPT, "For now", date(2026, 2, 3)),
        Decided(CaseResponse.PAUSE, "Why", date(2026, 6, 1)),
    ],
)
def test_what_is_decided_must_be_whole(case: Case, lived, decided: Decided):
    with pytest.raises(CaseRefused):
        give_key(by=lived, case=case, decided=decided)
    assert not Key.objects.exists()


def test_a_chair_with_an_interest_in_a_partner_holds_no_key_and_the_other_names_a_substitute(
    case: Case, lived, learnt, account_of, group, today, team
):
    deputy = substitute(account_of, group, today, team)
    partner = OrganisationFactory()
    ParticipationFactory(project=case.about, organisation=partner)
    InterestFactory(person=lived.person, about_organisation=partner, declared_on=today)
    with pytest.raises(Refused, match="hold a key"):
        give_key(by=lived, case=case, decided=PAUSE)
    with pytest.raises(Refused, match="The other chair names"):
        name_substitute(by=lived, case=case, seat=Seat.LIVED, person=deputy.person)
    name_substitute(by=learnt, case=case, seat=Seat.LIVED, person=deputy.person)
    give_key(by=learnt, case=case, decided=PAUSE)
    decision = give_key(by=deputy, case=case, decided=PAUSE)
    assert decision is not None
    assert [(key.seat, key.person, key.substitute) for key in Key.objects.all()] == [
        (Seat.LEARNT, learnt.person, False),
        (Seat.LIVED, deputy.person, True),
    ]


def test_a_key_given_before_standing_aside_does_not_count(
    case: Case, lived, learnt, account_of, group, today, team
):
    deputy = substitute(account_of, group, today, team)
    give_key(by=lived, case=case, decided=RED_LINE)
    stand_down(by=lived, case=case, person=lived.person, why=Why.CONFLICT, words="A friend works there.")
    name_substitute(by=learnt, case=case, seat=Seat.LIVED, person=deputy.person)
    give_key(by=deputy, case=case, decided=PAUSE)
    decision = give_key(by=learnt, case=case, decided=PAUSE)
    assert decision is not None
    assert decision.response == CaseResponse.PAUSE
    assert list(Key.objects.order_by("pk").values_list("counts", flat=True)) == [False, True, True]


def test_where_both_stand_aside_the_lead_names_and_without_anybody_the_allies_decide(
    case: Case, lived, learnt, account_of, group, today, team, lead
):
    deputy = substitute(account_of, group, today, team)
    stand_down(by=lived, case=case, person=lived.person, why=Why.CONFLICT)
    stand_down(by=team, case=case, person=learnt.person, why=Why.ABSENT)
    case.refresh_from_db()
    assert case.level == Level.CHAIRS
    with pytest.raises(Refused):
        name_substitute(by=learnt, case=case, seat=Seat.LIVED, person=deputy.person)
    name_substitute(by=lead, case=case, seat=Seat.LIVED, person=deputy.person)
    case.refresh_from_db()
    assert case.level == Level.ALLIES
    assert case.moves.last().because == "Nobody can hold one of the keys"


def test_only_they_themselves_declare_an_interest(case: Case, lived, team):
    with pytest.raises(Refused, match="Only they themselves"):
        stand_down(by=team, case=case, person=lived.person, why=Why.CONFLICT)
    stand_down(by=lived, case=case, person=lived.person, why=Why.CONFLICT)
    case.refresh_from_db()
    assert case.level == Level.ALLIES  # nobody is on the list of substitutes
    with pytest.raises(CaseRefused):
        stand_down(by=lived, case=case, person=lived.person, why=Why.CONFLICT)


def test_an_acceptance_rests_and_comes_back_by_itself(case: Case, lived, learnt, settings, today):
    until = date(2026, 3, 31)
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "Until spring", until))
    assert (Case.objects.waiting_on(until).count(), Case.objects.resting_on(until).count()) == (0, 1)
    back = until + timedelta(days=1)
    assert (Case.objects.waiting_on(back).count(), Case.objects.resting_on(back).count()) == (1, 0)
    on(settings, date(2026, 4, 2))
    assert situation_of(Case.objects.get(), date(2026, 4, 2)).step is Step.WAITS
    give_key(by=lived, case=case, decided=PAUSE)
    case.refresh_from_db()
    # Good Friday and Easter Monday do not count.
    assert (case.round, case.accepted_until, case.limit_on) == (2, None, date(2026, 4, 10))
    decision = give_key(by=learnt, case=case, decided=PAUSE)
    assert decision is not None
    assert [str(one.response) for one in case.decisions.all()] == ["accept", "pause"]


def test_days_of_closure_lengthen_a_limit_that_does_not_run_yet(case: Case, lived, learnt, group, team):
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "Spring", date(2026, 3, 31)))
    case.refresh_from_db()
    assert case.limit_on == date(2026, 4, 10)
    say_closed(by=team, body=group, days=[date(2026, 4, 7)])
    case.refresh_from_db()
    assert case.limit_on == date(2026, 4, 13)


def test_what_was_accepted_waits_again_where_it_climbs(case: Case, lived, learnt, team):
    for chair in (lived, learnt):
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "Spring", date(2026, 3, 31)))
    open_by_hand(by=team, body=case.body, about=case.about, because="Worried still")
    case.refresh_from_db()
    assert case.accepted_until == date(2026, 3, 31)
    tell_the_host(by=team, case=case, words="A letter came.", told="The secretary")
    case.refresh_from_db()
    assert (case.level, case.accepted_until, case.limit_on) == (Level.HOST, None, date(2026, 2, 3))


def test_the_allies_decide_at_their_meeting_and_not_before_it_is_theirs(
    case: Case, lived, learnt, team, today
):
    with pytest.raises(CaseRefused, match="with the chairs"):
        decide_at_a_meeting(by=team, case=case, decided=PAUSE, on=today)
    give_key(by=lived, case=case, decided=PAUSE)
    give_key(by=learnt, case=case, decided=RED_LINE)
    decision = decide_at_a_meeting(by=team, case=case, decided=PAUSE, on=today)
    assert decision.decided_by == DecidedBy.MEETING
    with pytest.raises(CaseRefused, match="closed"):
        decide_at_a_meeting(by=team, case=case, decided=PAUSE, on=today)


def test_it_comes_down_by_a_decision_alone_and_the_keys_are_turned_anew(
    case: Case, lived, learnt, team, today
):
    give_key(by=lived, case=case, decided=PAUSE)
    give_key(by=learnt, case=case, decided=RED_LINE)
    with pytest.raises(CaseRefused, match="stepping down"):
        hand_back_to_the_chairs(by=team, case=case, because="", on=today)
    hand_back_to_the_chairs(by=team, case=case, because="The group asks the chairs to talk.", on=today)
    case.refresh_from_db()
    assert (case.level, case.round) == (Level.CHAIRS, 2)
    give_key(by=lived, case=case, decided=PAUSE)
    assert give_key(by=learnt, case=case, decided=PAUSE) is not None


def test_the_university_is_told_and_decides(case: Case, team, today):
    with pytest.raises(CaseRefused, match="has not been told"):
        host_decided(by=team, case=case, decided=PAUSE, on=today)
    tell_the_host(by=team, case=case, words="What we know so far.", told="The head of governance")
    case.refresh_from_db()
    assert (case.level, case.limit_on) == (Level.HOST, today)
    for act in (
        lambda: decide_at_a_meeting(by=team, case=case, decided=PAUSE, on=today),
        lambda: hand_back_to_the_chairs(by=team, case=case, because="Talk once more", on=today),
    ):
        with pytest.raises(CaseRefused, match="with the university, which decides"):
            act()
    for day, why in (
        (today - timedelta(days=1), "told on Tuesday 3 February"),
        (date(2026, 2, 4), "to come"),
    ):
        with pytest.raises(CaseRefused, match=why):
            host_decided(by=team, case=case, decided=PAUSE, on=day)
        with pytest.raises(CaseRefused, match=why):
            host_answered(by=team, notice=case.notices.get(), answer="We look at it.", on=day)
    assert host_decided(by=team, case=case, decided=PAUSE, on=today).decided_by == DecidedBy.HOST


@pytest.fixture
def with_the_allies(case: Case, lived, learnt) -> Case:
    give_key(by=lived, case=case, decided=PAUSE)
    give_key(by=learnt, case=case, decided=RED_LINE)
    case.refresh_from_db()
    return case


def test_by_correspondence_more_than_three_quarters_approve_at_once(
    with_the_allies: Case, account_of, group, team, today, lived, learnt
):
    members = [account_of(group) for _ in range(3)]
    proposal = propose(by=team, case=with_the_allies, decided=PAUSE)
    assert proposal.counted.count() == 5
    for account in (lived, learnt, members[0]):
        assert answer_proposal(by=account, proposal=proposal, answer=Answer.APPROVE) is None
    decision = answer_proposal(
        by=team, proposal=proposal, answer=Answer.APPROVE, person=members[1].person, words="By phone"
    )
    assert decision is not None
    assert (decision.decided_by, decision.reason) == (DecidedBy.CORRESPONDENCE, "We need to talk first.")
    assert proposal.answers.get(person=members[1].person).recorded_by == team.person
    with pytest.raises(CaseRefused, match="closed"):
        answer_proposal(by=members[2], proposal=proposal, answer=Answer.AGAINST)


def test_after_a_week_with_a_voice_against_it_goes_to_the_meeting(
    with_the_allies: Case, team, lived, learnt, settings, today
):
    proposal = propose(by=team, case=with_the_allies, decided=PAUSE)
    answer_proposal(by=lived, proposal=proposal, answer=Answer.AGAINST)
    assert close_proposal(by=team, proposal=proposal) is None
    proposal.refresh_from_db()
    assert proposal.result == Result.OPEN
    on(settings, today + timedelta(days=8))
    with pytest.raises(CaseRefused):
        answer_proposal(by=learnt, proposal=proposal, answer=Answer.APPROVE)
    close_proposal(by=team, proposal=proposal)
    proposal.refresh_from_db()
    assert (proposal.result, proposal.closed_on) == (Result.TO_THE_MEETING, today + timedelta(days=8))


def test_the_core_team_and_whoever_has_an_interest_are_not_counted(
    with_the_allies: Case, account_of, group, team, today, lived, learnt
):
    torn = account_of(group)
    InterestFactory(person=torn.person, about_project=with_the_allies.about_project, declared_on=today)
    assert electorate(group, with_the_allies, today) == sorted(
        [lived.person, learnt.person], key=lambda one: one.full_name
    )
    proposal = propose(by=team, case=with_the_allies, decided=PAUSE)
    for account in (torn, team):
        with pytest.raises(Refused, match="are counted"):
            answer_proposal(by=account, proposal=proposal, answer=Answer.AGAINST)


def test_whoever_is_kept_from_the_matter_since_answers_nothing_for_themself_or_others(
    with_the_allies: Case, team, lived, learnt
):
    proposal = propose(by=team, case=with_the_allies, decided=PAUSE)
    for account in (lived, team):
        WithholdingFactory(person=account.person, about_project=with_the_allies.about_project)
    for by in (lived, team):
        by = Account.objects.get(pk=by.pk)
        with pytest.raises(Refused, match="withheld from you"):
            answer_proposal(by=by, proposal=proposal, answer=Answer.APPROVE, person=lived.person)
    assert proposal.answers.count() == 0
    answer_proposal(by=learnt, proposal=proposal, answer=Answer.MORE_TIME)
    assert proposal.answers.count() == 1


def test_whoever_is_kept_from_the_matter_does_nothing_with_its_case(
    with_the_allies: Case, team, lived, learnt, settings, today
):
    case, about = with_the_allies, with_the_allies.about_project
    told = tell_the_host(
        by=team,
        case=open_by_hand(by=team, body=case.body, about=OrganisationFactory(), because="Worried"),
        words="All of it",
        told="The office",
    )
    proposal = propose(by=team, case=case, decided=PAUSE)
    for account in (lived, team):
        WithholdingFactory(person=account.person, about_project=about)
    WithholdingFactory(
        person=team.person, about_project=None, about_organisation=told.case.about_organisation
    )
    chair, keeper = Account.objects.get(pk=lived.pk), Account.objects.get(pk=team.pk)
    on(settings, today + timedelta(days=8))
    for act in (
        lambda: propose(by=keeper, case=case, decided=PAUSE),
        lambda: close_proposal(by=keeper, proposal=proposal),
        lambda: open_by_hand(by=keeper, body=case.body, about=about, because="Worried"),
        lambda: decide_at_a_meeting(by=keeper, case=case, decided=PAUSE, on=today),
        lambda: hand_back_to_the_chairs(by=keeper, case=case, because="Talk", on=today),
        lambda: tell_the_host(by=keeper, case=case, words="All of it", told="The office"),
        lambda: host_answered(by=keeper, notice=told, answer="Thank you", on=today),
        lambda: host_decided(by=keeper, case=told.case, decided=PAUSE, on=today),
        lambda: give_key(by=chair, case=case, decided=PAUSE),
        lambda: begin_review(by=chair, body=case.body, cases=[case]),
    ):
        with pytest.raises(Refused, match="withheld from you"):
            act()
    case.refresh_from_db()
    proposal.refresh_from_db()
    told.refresh_from_db()
    assert (case.level, proposal.closed_on, told.answer) == (Level.ALLIES, None, "")


def test_a_sitting_ends_when_each_case_is_decided_or_waits_for_a_reason(
    case: Case, lived, learnt, group, team, today
):
    other = open_by_hand(by=team, body=group, about=OrganisationFactory(), because="Worried")
    review = begin_review(by=lived, body=group, cases=[case, other])
    with pytest.raises(CaseRefused, match="has no decision yet"):
        end_review(by=lived, review=review)
    give_key(by=lived, case=case, decided=PAUSE)
    give_key(by=learnt, case=case, decided=PAUSE)
    let_it_wait(by=lived, reviewed=review.reviewed.get(case=other), because="The partner answers on Friday.")
    end_review(by=lived, review=review)
    review.refresh_from_db()
    assert review.ended_on == today
    assert [bool(one.decision) for one in review.reviewed.all()] == [True, False]


def test_that_a_sitting_cannot_end_yet_names_no_case_to_a_chair_who_is_kept_from_it(
    case: Case, lived, learnt, group
):
    review = begin_review(by=lived, body=group, cases=[case])
    WithholdingFactory(person=learnt.person, about_project=case.about_project)
    with pytest.raises(CaseRefused) as refused:
        end_review(by=learnt, review=review)
    assert str(refused.value) == "Something in this sitting still waits. Another chair ends it."


def test_a_chair_is_no_substitute_for_a_chair(group, team, lived, today):
    with pytest.raises(CaseRefused, match="is a chair and holds a key already"):
        agree_substitutes(by=team, body=group, people=[lived.person], agreed_on=today, until=date(2027, 1, 1))
