"""Whatever happens to cases, in whatever order: four promises hold after every step (issue 6).

No case is ever without a possible decider, no conflicted person's key ever counts, no case steps down without a
decision, and every decision can be reproduced from what was frozen with it.
"""

from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from allies import clock
from allies.models import Account, Interest, Post, Seat
from allies.powers import Refused
from risks import keys
from risks.correspondence import Answer
from risks.ladder import Weighed, reached
from risks.models import Case, CaseDecision, CaseResponse, DecidedBy, Key, Proposal
from risks.models.situation import electorate, in_conflict, situation_of
from risks.scheme import Band, Impact, Level, Scheme, Velocity
from risks.scoring import Score
from risks.services.assessing import assess
from risks.services.cases import CaseRefused, open_by_hand, rung_of
from risks.services.corresponding import answer_proposal, close_proposal, propose
from risks.services.deciding import (
    Decided,
    decide_at_a_meeting,
    hand_back_to_the_chairs,
    host_decided,
    tell_the_host,
)
from risks.services.positions import take_position
from risks.services.turning_keys import (
    agree_substitutes,
    give_key,
    name_substitute,
    stand_down,
    take_to_the_allies,
)
from tests.factories import (
    AccountFactory,
    AlliesGroupFactory,
    AppointmentFactory,
    CoreTeamFactory,
    InterestFactory,
    ParticipationFactory,
    ProjectFactory,
    RiskMatterFactory,
)

FIRST_DAY = date(2026, 2, 3)
PEOPLE = st.sampled_from(["lived", "learnt", "deputy", "second deputy", "ally"])
CHAIRS = st.sampled_from(["lived", "learnt"])
RESPONSES = st.sampled_from([CaseResponse.LET_GO, CaseResponse.PAUSE, CaseResponse.ACCEPT])


class Histories(RuleBasedStateMachine):
    """A group with both seats held, two substitutes and a lead, and one project with a partner and a risk."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.today = FIRST_DAY
        self.day = self.stack.enter_context(ExitStack())
        self.day.enter_context(clock.imagined(self.today))
        group, team = AlliesGroupFactory(), CoreTeamFactory()
        self.group = group
        self.accounts = {
            "lived": self._account(group, Post.CO_CHAIR, seat=Seat.LIVED),
            "learnt": self._account(group, Post.CO_CHAIR, seat=Seat.LEARNT),
            "deputy": self._account(group),
            "second deputy": self._account(group),
            "ally": self._account(group),
            "lead": self._account(team, Post.LEAD),
        }
        self.team = self.accounts["lead"]
        deputies = [self.accounts[name].person for name in ("deputy", "second deputy")]
        agree_substitutes(
            by=self.team, body=group, people=deputies, agreed_on=FIRST_DAY, until=date(2027, 2, 2)
        )
        self.project = ProjectFactory()
        self.partner = ParticipationFactory(project=self.project).organisation
        self.risk = RiskMatterFactory(risk__body=group, about_project=self.project).risk
        self.levels: dict[int, tuple[int, int]] = {}
        self.rungs: dict[int, tuple[int, tuple[str, ...]]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    # ---- What may happen

    @rule(
        steps=st.tuples(st.integers(1, 5), st.integers(1, 5)), velocity=st.none() | st.sampled_from(Velocity)
    )
    def weigh(self, steps: tuple[int, int], velocity: Velocity | None) -> None:
        likelihood, impact = steps
        reason = f"Weighed {self.risk.assessments.count()}"
        impacts = {Impact.TEAM: impact}
        self.do(
            assess,
            risk=self.risk,
            likelihood=likelihood,
            impacts=impacts,
            reason=reason,
            velocity=velocity,
        )

    @rule(who=PEOPLE, step=st.integers(0, 4))
    def view(self, who: str, step: int) -> None:
        self.do(
            take_position,
            who,
            body=self.group,
            about=self.project,
            value="human",
            position=step,
            evidence="Seen",
        )

    @rule()
    def open(self) -> None:
        self.do(open_by_hand, body=self.group, about=self.project, because="Worried")

    @precondition(lambda self: self.case)
    @rule(who=PEOPLE, response=RESPONSES)
    def give(self, who: str, response: CaseResponse) -> None:
        self.do(give_key, who, case=self.case, decided=self.decided(response))

    @precondition(lambda self: self.case)
    @rule(response=RESPONSES)
    def whoever_holds_a_key_gives_it(self, response: CaseResponse) -> None:
        case = self.case
        assert case is not None
        for one in situation_of(case, self.today).held:
            if isinstance(one, keys.Held):
                name = next(name for name, held in self.accounts.items() if held.person_id == one.person)
                self.do(give_key, name, case=case, decided=self.decided(response))

    @precondition(lambda self: self.case)
    @rule(who=PEOPLE)
    def stands_down(self, who: str) -> None:
        person = self.accounts[who].person
        self.do(stand_down, who, case=self.case, person=person, why=keys.Why.CONFLICT)

    @precondition(lambda self: self.case)
    @rule(who=PEOPLE)
    def cannot_be_reached(self, who: str) -> None:
        self.do(stand_down, case=self.case, person=self.accounts[who].person, why=keys.Why.ABSENT)

    @rule(who=PEOPLE, of_the_partner=st.booleans())
    def registers_an_interest(self, who: str, of_the_partner: bool) -> None:
        about = {"about_project": None, "about_organisation": self.partner}
        InterestFactory(
            person=self.accounts[who].person,
            declared_on=self.today,
            begun="",
            until="",
            **(about if of_the_partner else {"about_project": self.project}),
        )

    @rule(who=CHAIRS)
    def leaves(self, who: str) -> None:
        for place in self.accounts[who].person.appointments.filter(ends=""):
            place.ends = self.today.isoformat()
            place.save()

    @precondition(lambda self: self.case)
    @rule(by=st.sampled_from(["lived", "learnt", "lead"]), who=PEOPLE, seat=st.sampled_from(Seat))
    def name(self, by: str, who: str, seat: Seat) -> None:
        self.do(name_substitute, by, case=self.case, seat=seat, person=self.accounts[who].person)

    @precondition(lambda self: self.case)
    @rule()
    def take_on(self) -> None:
        self.do(take_to_the_allies, case=self.case)

    @precondition(lambda self: self.case)
    @rule(response=RESPONSES)
    def propose(self, response: CaseResponse) -> None:
        self.do(propose, case=self.case, decided=self.decided(response))

    @precondition(lambda self: self.proposal)
    @rule(who=PEOPLE, answer=st.sampled_from(Answer))
    def answer(self, who: str, answer: Answer) -> None:
        self.do(answer_proposal, who, proposal=self.proposal, answer=answer)

    @precondition(lambda self: self.proposal)
    @rule()
    def close_proposal(self) -> None:
        self.do(close_proposal, proposal=self.proposal)

    @precondition(lambda self: self.case)
    @rule(response=RESPONSES)
    def decide_at_a_meeting(self, response: CaseResponse) -> None:
        self.do(decide_at_a_meeting, case=self.case, decided=self.decided(response), on=self.today)

    @precondition(lambda self: self.case)
    @rule()
    def hand_back(self) -> None:
        self.do(hand_back_to_the_chairs, case=self.case, because="Talk once more", on=self.today)

    @precondition(lambda self: self.case)
    @rule(response=RESPONSES)
    def tell_the_host(self, response: CaseResponse) -> None:
        self.do(tell_the_host, case=self.case, words="All of it", told="The secretary")
        self.do(host_decided, case=self.case, decided=self.decided(response), on=self.today)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.day.close()
        self.day.enter_context(clock.imagined(self.today))
        self.accounts = {name: Account.objects.get(pk=one.pk) for name, one in self.accounts.items()}

    # ---- What holds after every step

    @invariant()
    def no_case_is_without_a_possible_decider(self) -> None:
        for case in Case.objects.waiting_on(self.today):
            assert self.who_can_move(case), (case.level, situation_of(case, self.today))

    @invariant()
    def no_conflicted_persons_key_counts(self) -> None:
        for case in Case.objects.waiting_on(self.today):
            counted = {key.person_id for key in situation_of(case, self.today).counted.values()}
            aside = set(case.stand_downs.values_list("person_id", flat=True))
            assert not counted & (in_conflict(case, counted, self.today) | aside)

    @invariant()
    def nobody_holds_two_keys(self) -> None:
        for case in Case.objects.waiting_on(self.today):
            holders = [
                one.person for one in situation_of(case, self.today).held if isinstance(one, keys.Held)
            ]
            assert len(holders) == len(set(holders))

    @invariant()
    def no_case_steps_down_without_a_decision(self) -> None:
        for case in Case.objects.prefetch_related("moves", "decisions"):
            level, moves = self.levels.get(case.pk, (0, 0))
            said = list(case.moves.all())
            assert said[-1].level == case.level
            if case.level < level:
                assert [one.because for one in said[moves:]][-1] == "Talk once more"
            self.levels[case.pk] = (case.level, len(said))
            last = case.decisions.last()
            if case.closed_on is not None:
                assert (last.on, last.response != CaseResponse.ACCEPT) == (case.closed_on, True)
            if case.accepted_until is not None:
                assert (last.response, last.until) == (CaseResponse.ACCEPT, case.accepted_until)

    @invariant()
    def nothing_is_asked_about_a_case_that_is_not_with_the_allies(self) -> None:
        for proposal in Proposal.objects.filter(closed_on=None).select_related("case"):
            assert (proposal.case.level, proposal.case.waits_on(self.today)) == (Level.ALLIES, True)

    @invariant()
    def every_decision_is_reproduced_from_what_was_frozen(self) -> None:
        for decision in CaseDecision.objects.all():
            frozen = decision.frozen
            scores = [
                Weighed(
                    Score(one["number"], Band(one["band"]), one["likelihood"], one["impact"], ()),
                    Velocity(one["velocity"]) if one["velocity"] else None,
                )
                for one in frozen["scores"]
            ]
            positions = [(one["value"], one["position"]) for one in frozen["positions"]]
            rung = reached(scores, positions, scheme=Scheme.from_data(frozen["scheme"]["content"]))
            then = self.rungs.setdefault(decision.pk, self.rung_now())
            assert (rung.level, set(rung.because)) == (then[0], set(then[1]))
            if decision.decided_by == DecidedBy.CHAIRS:
                assert self.two_keys_say(decision)

    # ---- Hands

    @property
    def case(self) -> Case | None:
        """The newest case that is not closed."""
        return Case.objects.open().order_by("-pk").first()

    @property
    def proposal(self) -> Proposal | None:
        return Proposal.objects.filter(closed_on=None).first()

    def decided(self, response: CaseResponse) -> Decided:
        until = self.today + timedelta(days=5) if response is CaseResponse.ACCEPT else None
        return Decided(response, "Because", until)

    def rung_now(self) -> tuple[int, tuple[str, ...]]:
        rung = rung_of(self.project, self.today)
        return rung.level, rung.because

    def two_keys_say(self, decision: CaseDecision) -> bool:
        """Whether both seats gave this very response on that day or before, by two people."""
        given = Key.objects.filter(
            case=decision.case, response=decision.response, on__lte=decision.on, counts=True
        )
        return len(set(given.values_list("seat", flat=True))) == len(Seat)

    def who_can_move(self, case: Case) -> bool:
        """Whether somebody there is can decide the case, or bring it to those who can."""
        if case.level != Level.CHAIRS:
            # The university, or the group: where nobody of it is free, the university is told.
            return (
                case.level == Level.HOST or bool(electorate(self.group, case, self.today)) or bool(self.team)
            )
        situation = situation_of(case, self.today)
        if situation.step is keys.Step.NO_KEY:
            return self.is_done(take_to_the_allies, case=case)
        holders = {one.person_id for one in self.accounts.values()}
        for one in situation.held:
            if isinstance(one, keys.Held) and one.seat not in situation.counted and one.person in holders:
                holder = self._by_person(one.person)
                return self.is_done(give_key, holder, case=case, decided=self.decided(CaseResponse.PAUSE))
            if isinstance(one, keys.Open) and (one.named_by is None or one.named_by in holders):
                namer = self.team if one.named_by is None else self._by_person(one.named_by)
                person = self._by_person(one.candidates[0]).person
                return self.is_done(name_substitute, namer, case=case, seat=one.seat, person=person)
        return False

    def is_done(self, act: Any, by: Account | None = None, **values: Any) -> bool:
        """Whether something could be done now; it is undone again."""
        with transaction.atomic():
            try:
                act(by=by or self.team, **values)
            except (CaseRefused, Refused):
                return False
            finally:
                transaction.set_rollback(True)
        return True

    def do(self, act: Any, who: str = "lead", **values: Any) -> None:
        """Do it; what is refused changes nothing."""
        try:
            with transaction.atomic():
                act(by=self.accounts[who], **values)
        except (CaseRefused, Refused):
            pass

    def _account(self, body: Any, post: str = Post.MEMBER, **more: Any) -> Account:
        account = AccountFactory()
        AppointmentFactory(person=account.person, body=body, post=post, **more)
        return account

    def _by_person(self, person: int) -> Account:
        return next(one for one in self.accounts.values() if one.person_id == person)


@pytest.mark.long
@pytest.mark.django_db
def test_the_promises_hold_through_any_history():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
    assert not Interest.objects.exists()
