"""Who may do what, by date: powers begin and end with appointments, both ends included."""

from datetime import date

import pytest

from allies import policies
from allies.models import OPERATOR, Post, Seat
from allies.policies import can, powers_of
from allies.powers import TABLE, WHO_CAN, Permission, Powers, Refused, Role, with_those_below
from tests.factories import AccountFactory, AppointmentFactory, BodyFactory, PersonFactory

P = Permission

# DESIGN §6, line by line.
TABLE_IN_THE_DESIGN = {
    P.KEEP_OWN_ACCOUNT: {"account", "ally", "core_team", "chair"},
    P.READ_RECORD: {"ally", "core_team", "chair"},
    P.READ_PRIVATE_INTERESTS: {"chair"},
    P.UPDATE_OWN_ACTIONS: {"ally", "core_team", "chair"},
    P.UPDATE_ANY_ACTION: {"core_team"},
    P.SEE_WHO_IS_ASKED: {"core_team", "chair"},
    P.ANSWER_FOR_ONESELF: {"ally", "core_team", "chair"},
    P.ANSWER_FOR_ANYONE: {"core_team"},
    P.WRITE_NOTES: {"core_team", "chair"},
    P.PUBLISH: {"core_team", "chair"},
    P.RAISE_CONCERN: {"ally", "core_team", "chair"},
    P.SCORE_RISK: {"ally", "core_team", "chair"},
    P.KEEP_RISKS: {"core_team", "chair"},
    P.DECIDE_CASE: {"chair"},
    P.KEEP_PEOPLE: {"core_team"},
}


@pytest.mark.parametrize("permission", list(Permission))
def test_the_table_is_that_of_the_design(permission):
    holders = {role.value for role in Role if permission in TABLE[role]}

    assert holders == TABLE_IN_THE_DESIGN[permission]


@pytest.mark.parametrize("permission", list(Permission))
def test_every_refusal_says_who_can(permission):
    assert str(Refused(permission)) == WHO_CAN[permission]
    assert WHO_CAN[permission].startswith("Only ")


def test_the_bodies_below_are_found_at_any_depth_and_a_circle_ends():
    parents = {1: None, 2: 1, 3: 2, 4: None, 5: 6, 6: 5}

    assert with_those_below(frozenset({1}), parents) == {1, 2, 3}
    assert with_those_below(frozenset({4}), parents) == {4}
    assert with_those_below(frozenset({5}), parents) == {5, 6}


def test_a_power_on_one_body_says_nothing_of_another():
    powers = Powers(bodies={Role.ALLY: frozenset({1, 2})})

    held = [powers.may(P.READ_RECORD, body_id=body) for body in (1, 2, 3, None)]
    assert held == [True, True, False, True]
    assert powers.where(P.READ_RECORD) == {1, 2}
    assert powers.where(P.WRITE_NOTES) == frozenset()


# ---- By date

WHEN = [  # from, until, whether it holds on 3 February 2026
    ("", "", True),
    ("2026-02-03", "", True),
    ("2026-02-04", "", False),
    ("2026-02", "", True),
    ("2026-03", "", False),
    ("2026", "", True),
    ("2027", "", False),
    ("", "2026-02-03", True),
    ("", "2026-02-02", False),
    ("", "2026-02", True),
    ("", "2026-01", False),
    ("", "2026", True),
    ("", "2025", False),
    ("2025-11-19", "2026-02-03", True),
    ("2020", "2024", False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("starts", "ends", "holds"), WHEN)
def test_a_place_gives_its_powers_from_its_first_day_to_its_last(
    today, account_of, group, starts, ends, holds
):
    account = account_of(group, starts=starts, ends=ends)

    assert can(account, P.READ_RECORD, body=group) is holds


@pytest.mark.django_db
def test_powers_end_the_day_after(settings, account_of, group):
    account = account_of(group, Post.CHAIR, ends="2026-02-03")

    held = []
    for day in (date(2026, 2, 3), date(2026, 2, 4)):
        settings.ALLIES_TODAY = day
        held.append(can(account, P.PUBLISH, body=group))
    assert held == [True, False]


# ---- By body


@pytest.mark.django_db
def test_an_ally_of_the_group_reads_the_groups_below_and_not_beside(today, ally, group):
    below = BodyFactory(parent=group)
    further = BodyFactory(parent=below)
    beside = BodyFactory()

    assert [can(ally, P.READ_RECORD, body=one) for one in (group, below, further, beside)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.django_db
def test_a_member_of_a_working_group_reads_that_alone(today, account_of, group):
    below = BodyFactory(parent=group)
    member = account_of(below)

    assert [can(member, P.READ_RECORD, body=one) for one in (below, group)] == [True, False]


@pytest.mark.django_db
def test_a_chair_s_powers_reach_down_and_a_member_s_do_not_grow(today, account_of, group):
    below = BodyFactory(parent=group)
    chair = account_of(group, Post.CO_CHAIR, seat=Seat.LEARNT)
    chair_below = account_of(below, Post.CHAIR)

    assert [can(chair, P.PUBLISH, body=one) for one in (group, below)] == [True, True]
    assert [can(chair_below, P.PUBLISH, body=one) for one in (group, below)] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("post", [Post.CORE_TEAM, Post.LEAD])
def test_the_core_team_serves_the_whole_record_and_decides_no_case(today, account_of, core_team, group, post):
    member = account_of(core_team, post)

    assert powers_of(member).where(P.UPDATE_ANY_ACTION) is None
    assert can(member, P.WRITE_NOTES, body=BodyFactory(parent=group))
    assert not can(member, P.DECIDE_CASE)


# ---- By standing


@pytest.mark.django_db
def test_a_former_chair_may_keep_their_account_and_nothing_else(today, former_chair):
    held = {permission for permission in Permission if can(former_chair, permission)}

    assert held == {P.KEEP_OWN_ACCOUNT}


@pytest.mark.django_db
def test_an_account_without_a_person_may_keep_itself_and_nothing_else(today, account_without_person):
    held = {permission for permission in Permission if can(account_without_person, permission)}

    assert held == {P.KEEP_OWN_ACCOUNT}


@pytest.mark.django_db
def test_a_closed_account_may_nothing(today, ally):
    ally.is_active = False

    assert not any(can(ally, permission) for permission in Permission)


def test_nobody_signed_in_may_nothing():
    from django.contrib.auth.models import AnonymousUser

    assert not any(can(AnonymousUser(), permission) for permission in Permission)


def test_the_command_line_may_everything():
    assert all(can(OPERATOR, permission) for permission in Permission)


@pytest.mark.django_db
def test_powers_are_read_with_two_queries_once(today, ally, django_assert_num_queries):
    with django_assert_num_queries(2):
        for permission in Permission:
            can(ally, permission)


# ---- Pairs: the one that raises and the one that answers agree, for everybody

PAIRS = [
    # rule, of oneself (a former chair), of somebody else: by an Ally, by the core team
    ("see_access_needs", True, False, True),
    ("see_person", True, True, True),
    ("change_details", True, False, True),
    ("see_address", True, False, True),
    ("declare_for", False, False, True),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "own", "by_ally", "by_team"), PAIRS)
def test_the_rules_about_a_person(today, rule, own, by_ally, by_team, former_chair, ally, team):
    may, check = getattr(policies, f"can_{rule}"), getattr(policies, f"check_can_{rule}")
    somebody = PersonFactory()

    asked = [
        (former_chair, former_chair.person),
        (ally, somebody),
        (team, somebody),
        (AccountFactory(), somebody),
    ]
    assert [may(*pair) for pair in asked] == [own, by_ally, by_team, False]
    for pair in asked:
        if may(*pair):
            check(*pair)
        else:
            with pytest.raises(Refused):
                check(*pair)


@pytest.mark.django_db
def test_two_people_without_an_account_are_not_each_other(today, account_without_person):
    assert policies.is_self(account_without_person, PersonFactory()) is False


@pytest.mark.django_db
def test_several_places_add_up(today, core_team, group):
    account = AccountFactory()
    below = BodyFactory(parent=group)
    AppointmentFactory(person=account.person, body=group)
    AppointmentFactory(person=account.person, body=below, post=Post.CHAIR)

    assert powers_of(account).where(P.READ_RECORD) == {group.pk, below.pk}
    assert powers_of(account).where(P.PUBLISH) == {below.pk}
