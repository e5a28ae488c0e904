"""Time limits, two keys, and deciding by correspondence: the rules behind an escalation review."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.correspondence import Answer, Result, result
from risks.keys import Held, Nobody, Open, Step, Why, outcome, who_holds
from risks.limits import after_working_days, is_working_day, limit_of
from risks.scheme import FIRST, Level

FRIDAY_BEFORE_EASTER_WEEK = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 2), True),  # Thursday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 4), False),  # Saturday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 8, 31), False),  # the late summer bank holiday of England and Wales
        (date(2026, 8, 3), True),  # Scotland's summer bank holiday is a working day here
        (date(2026, 12, 28), False),  # for Boxing Day, which is a Saturday
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date, works: bool):
    assert is_working_day(day) is works


def test_five_working_days_over_a_bank_holiday_weekend():
    assert after_working_days(date(2026, 4, 1), 5) == date(2026, 4, 10)
    assert after_working_days(date(2026, 5, 1), 5) == date(2026, 5, 11)


def test_the_hosts_closure_days_do_not_count():
    closed = [date(2026, 12, day) for day in (24, 29, 30, 31)]
    assert after_working_days(date(2026, 12, 22), 5, closed=closed) == date(2027, 1, 7)


def test_a_limit_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one working day"):
        after_working_days(date(2026, 4, 1), 0)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 30))
def test_the_limit_is_a_working_day_and_never_sooner_than_that_many_days(day: date, count: int):
    found = after_working_days(day, count)
    assert is_working_day(found)
    between = [day + timedelta(days=one) for one in range(1, (found - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == count


@pytest.mark.parametrize(
    ("level", "meeting", "limit"),
    [
        (Level.ROUTINE, date(2026, 5, 1), None),
        (Level.WATCH, date(2026, 5, 1), date(2026, 5, 1)),
        (Level.WATCH, None, None),
        (Level.CHAIRS, None, date(2026, 4, 10)),
        (Level.ALLIES, None, date(2026, 4, 8)),
        (Level.ALLIES, date(2026, 4, 3), date(2026, 4, 3)),
        (Level.ALLIES, date(2026, 5, 1), date(2026, 4, 8)),
        (Level.ALLIES, date(2026, 3, 1), date(2026, 4, 8)),
        (Level.HOST, None, date(2026, 4, 1)),
    ],
)
def test_each_level_has_its_limit(level: Level, meeting: date | None, limit: date | None):
    assert limit_of(level, date(2026, 4, 1), scheme=FIRST, next_meeting=meeting) == limit


LIVED, LEARNT = "lived", "learnt"
ANN, BO, CY, DEE, ED = 1, 2, 3, 4, 5
KEYS = [
    ("both chairs", {LIVED: ANN, LEARNT: BO}, (), (), [CY], {}, (Held(LIVED, ANN), Held(LEARNT, BO))),
    (
        "one stands down, and the other names",
        {LIVED: ANN, LEARNT: BO},
        (ANN,),
        (),
        [CY, DEE],
        {},
        (Open(LIVED, Why.CONFLICT, (CY, DEE), BO), Held(LEARNT, BO)),
    ),
    (
        "the substitute holds the seat’s key",
        {LIVED: ANN, LEARNT: BO},
        (ANN,),
        (),
        [CY],
        {LIVED: CY},
        (Held(LIVED, CY, substitute=True), Held(LEARNT, BO)),
    ),
    (
        "an empty seat",
        {LIVED: None, LEARNT: BO},
        (),
        (),
        [CY],
        {},
        (Open(LIVED, Why.EMPTY, (CY,), BO), Held(LEARNT, BO)),
    ),
    (
        "an absent chair",
        {LIVED: ANN, LEARNT: BO},
        (),
        (BO,),
        [CY],
        {},
        (Held(LIVED, ANN), Open(LEARNT, Why.ABSENT, (CY,), ANN)),
    ),
    (
        "both stand down, and the lead names",
        {LIVED: ANN, LEARNT: BO},
        (ANN, BO),
        (),
        [CY, DEE],
        {},
        (Open(LIVED, Why.CONFLICT, (CY, DEE), None), Open(LEARNT, Why.CONFLICT, (CY, DEE), None)),
    ),
    (
        "nobody holds two keys",
        {LIVED: ANN, LEARNT: BO},
        (ANN, BO),
        (),
        [CY],
        {LIVED: CY, LEARNT: CY},
        (Held(LIVED, CY, substitute=True), Nobody(LEARNT, Why.CONFLICT)),
    ),
    (
        "a substitute in conflict is no substitute",
        {LIVED: ANN, LEARNT: BO},
        (ANN, CY),
        (),
        [CY],
        {LIVED: CY},
        (Nobody(LIVED, Why.CONFLICT), Held(LEARNT, BO)),
    ),
    (
        "a chair is nobody’s substitute",
        {LIVED: ANN, LEARNT: BO},
        (ANN,),
        (),
        [BO],
        {LIVED: BO},
        (Nobody(LIVED, Why.CONFLICT), Held(LEARNT, BO)),
    ),
    (
        "one who is not on the list is not named",
        {LIVED: None, LEARNT: BO},
        (),
        (),
        [CY],
        {LIVED: ED},
        (Open(LIVED, Why.EMPTY, (CY,), BO), Held(LEARNT, BO)),
    ),
    (
        "one person in both seats holds one key",
        {LIVED: ANN, LEARNT: ANN},
        (),
        (),
        [],
        {},
        (Held(LIVED, ANN), Nobody(LEARNT, Why.ABSENT)),
    ),
]


@pytest.mark.parametrize(
    ("seats", "conflicted", "absent", "substitutes", "named", "expected"),
    [row[1:] for row in KEYS],
    ids=[row[0] for row in KEYS],
)
def test_who_holds_the_keys(seats, conflicted, absent, substitutes, named, expected):
    found = who_holds(seats, conflicted=conflicted, absent=absent, substitutes=substitutes, named=named)
    assert found == expected


people = st.integers(1, 6)


@given(
    lived=st.none() | people,
    learnt=st.none() | people,
    conflicted=st.sets(people),
    absent=st.sets(people),
    substitutes=st.lists(people),
    named=st.dictionaries(st.sampled_from([LIVED, LEARNT]), people),
)
def test_no_conflicted_person_holds_a_key_and_nobody_holds_two(
    lived, learnt, conflicted, absent, substitutes, named
):
    keys = who_holds(
        {LIVED: lived, LEARNT: learnt},
        conflicted=conflicted,
        absent=absent,
        substitutes=substitutes,
        named=named,
    )
    holders = [one.person for one in keys if isinstance(one, Held)]
    assert not set(holders) & (conflicted | absent)
    assert len(holders) == len(set(holders))
    assert {one.seat for one in keys} == {LIVED, LEARNT}
    # A key waits for somebody who can be named, or the case goes on to the Allies: never neither.
    assert all(one.candidates for one in keys if isinstance(one, Open))
    assert (outcome(keys, {}) is Step.NO_KEY) is any(isinstance(one, Nobody) for one in keys)


BOTH = (Held(LIVED, ANN), Held(LEARNT, BO))


@pytest.mark.parametrize(
    ("keys", "given_", "step"),
    [
        (BOTH, {}, Step.WAITS),
        (BOTH, {LIVED: "pause"}, Step.WAITS),
        (BOTH, {LIVED: "pause", LEARNT: "pause"}, Step.AGREED),
        (BOTH, {LIVED: "pause", LEARNT: "let_go"}, Step.DIFFER),
        ((Held(LIVED, ANN), Open(LEARNT, Why.ABSENT, (CY,), ANN)), {LIVED: "pause"}, Step.WAITS),
        (
            (Held(LIVED, ANN), Open(LEARNT, Why.ABSENT, (CY,), ANN)),
            {LIVED: "pause", LEARNT: "pause"},
            Step.WAITS,
        ),
        ((Held(LIVED, ANN), Nobody(LEARNT, Why.EMPTY)), {LIVED: "pause"}, Step.NO_KEY),
    ],
)
def test_what_follows_from_two_keys(keys, given_, step):
    assert outcome(keys, given_) is step


OPENED = date(2026, 2, 2)
A, X, T = Answer.APPROVE, Answer.AGAINST, Answer.MORE_TIME


@pytest.mark.parametrize(
    ("answers", "day", "expected"),
    [
        ([], 0, Result.OPEN),
        ([A, A, A], 0, Result.OPEN),  # three of four is not more than three quarters
        ([A, A, A, A], 0, Result.APPROVED),
        ([A, A, A, T], 0, Result.OPEN),
        ([A, A], 7, Result.OPEN),  # the last day counts
        ([A, A], 8, Result.TO_THE_MEETING),  # half is not more than half
        ([A, A, A], 8, Result.APPROVED),
        ([A, A, X], 8, Result.TO_THE_MEETING),
        ([A, A, A, X], 8, Result.TO_THE_MEETING),
        ([A, A, T], 8, Result.TO_THE_MEETING),
        ([], 8, Result.TO_THE_MEETING),
    ],
)
def test_four_people_decide_by_correspondence(answers: list[Answer], day: int, expected: Result):
    said = dict(enumerate(answers, 1))
    today = OPENED + timedelta(days=day)
    assert result(said, counted={1, 2, 3, 4}, opened_on=OPENED, days=7, today=today) is expected


def test_answers_of_those_who_are_not_counted_do_not_count():
    said = {1: A, 2: A, 3: A, 9: X}
    assert result(said, counted={1, 2, 3}, opened_on=OPENED, days=7, today=OPENED) is Result.APPROVED
    assert result({9: A}, counted=set(), opened_on=OPENED, days=7, today=OPENED) is Result.OPEN


@given(st.dictionaries(st.integers(1, 8), st.sampled_from(Answer)), st.integers(0, 20))
def test_what_was_approved_at_once_stays_approved_as_time_goes(answers, day):
    counted = range(1, 6)
    now = result(answers, counted=counted, opened_on=OPENED, days=7, today=OPENED + timedelta(days=day))
    later = result(answers, counted=counted, opened_on=OPENED, days=7, today=OPENED + timedelta(days=day + 1))
    assert now is Result.OPEN or later is now
