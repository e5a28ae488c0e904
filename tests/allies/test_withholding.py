"""Keeping somebody from a matter: who may, from when until when, and what it takes to release it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from allies.models import Account, Matter, Withholding
from allies.policies import kept_from, powers_of
from allies.powers import KeptFrom, Permission, Refused
from allies.services.withholding import (
    CannotRelease,
    can_release,
    enter_matter,
    release,
    withhold,
)
from tests.factories import OrganisationFactory, ProjectFactory

TODAY = date(2026, 2, 3)
WHY = "Works for the partner."


def again(account: Account) -> Account:
    """The account as the next request reads it."""
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def project(db):
    return ProjectFactory()


@pytest.fixture
def withheld(today, team, ally, project) -> Withholding:
    return withhold(by=team, person=ally.person, about=project, why=WHY)


def test_whoever_is_kept_from_nothing_is_kept_from_nothing(today, ally, operator, account_without_person):
    nothing = KeptFrom()
    assert [kept_from(actor) for actor in (ally, operator, account_without_person)] == [nothing] * 3
    assert not nothing


def test_each_kind_of_matter_is_kept_from_the_person_alone(today, team, ally, chair, project, operator):
    partner, matter = OrganisationFactory(), enter_matter(by=team, name="A complaint")
    for about in (project, partner, matter):
        withhold(by=team, person=ally.person, about=about, why=WHY)
    assert kept_from(again(ally)) == KeptFrom(
        frozenset({project.pk}), frozenset({partner.pk}), frozenset({matter.pk})
    )
    assert kept_from(again(chair)) == KeptFrom()
    assert kept_from(operator) == KeptFrom()


def test_it_costs_no_query_beside_those_for_the_powers(withheld, ally, django_assert_num_queries):
    reader = again(ally)
    with django_assert_num_queries(2):
        assert powers_of(reader).may(Permission.READ_RECORD)
        assert kept_from(reader).projects == {withheld.about_project_id}


def test_it_says_who_decided_and_why_and_its_history_who_wrote_it(today, team, ally, chair, project):
    row = withhold(by=team, person=ally.person, about=project, why=f" {WHY} ", decided_by=chair.person)
    assert (row.why, row.since, row.until, row.decided_by) == (WHY, TODAY, None, chair.person)
    assert row.history.get().history_user == team


def test_it_holds_from_its_first_day_and_no_longer_on_the_day_of_its_release(today, team, ally, project):
    row = withhold(by=team, person=ally.person, about=project, why=WHY, since=date(2026, 1, 10))
    release(by=team, withholding=row, why="They left the partner.", on=date(2026, 1, 20))
    days = (date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 19), date(2026, 1, 20))
    assert [Withholding.objects.held_on(day).exists() for day in days] == [False, True, True, False]


def test_one_that_begins_tomorrow_keeps_nothing_today(today, team, ally, project):
    withhold(by=team, person=ally.person, about=project, why=WHY, since=TODAY + timedelta(days=1))
    assert kept_from(again(ally)) == KeptFrom()


def test_withholding_what_is_withheld_already_gives_what_stands(withheld, team, ally, project):
    assert withhold(by=team, person=ally.person, about=project, why="Said again.") == withheld
    assert Withholding.objects.get().why == WHY


def test_after_a_release_it_can_be_withheld_again(withheld, team, ally, project):
    release(by=team, withholding=withheld, why="Over.")
    assert kept_from(again(ally)) == KeptFrom()
    assert withhold(by=team, person=ally.person, about=project, why="Anew.").pk != withheld.pk
    assert kept_from(again(ally)).projects == {project.pk}


def test_chairs_and_the_core_team_may_and_nobody_else(
    today, team, chair, ally, former_chair, account_without_person, operator, project, account_of, group
):
    person = account_of(group).person
    may = {}
    for name, actor in {
        "team": team, "chair": chair, "ally": ally, "former": former_chair,
        "nobody": account_without_person, "operator": operator,
    }.items():  # fmt: skip
        try:
            with transaction.atomic():
                withhold(by=actor, person=person, about=project, why=WHY)
                may[name] = True
        except Refused:
            may[name] = False
    assert may == {
        "team": True, "chair": True, "ally": False, "former": False, "nobody": False, "operator": True,
    }  # fmt: skip


def test_nobody_kept_from_a_matter_releases_it_or_withholds_it_from_others(today, team, chair, ally, project):
    own = withhold(by=team, person=chair.person, about=project, why=WHY)
    another = withhold(by=team, person=ally.person, about=project, why=WHY)
    kept = again(chair)
    assert [can_release(kept, row) for row in (own, another)] == [False, False]
    assert [can_release(again(team), row) for row in (own, another)] == [True, True]
    for row in (own, another):
        with pytest.raises(Refused):
            release(by=kept, withholding=row, why="I should like to see it.")
    with pytest.raises(Refused):
        withhold(by=kept, person=team.person, about=project, why=WHY)


def test_nobody_kept_from_a_matter_sees_that_it_is_withheld(today, team, chair, ally, project):
    withhold(by=team, person=chair.person, about=project, why=WHY)
    elsewhere = withhold(by=team, person=ally.person, about=OrganisationFactory(), why=WHY)
    assert list(Withholding.objects.visible_to(again(chair))) == [elsewhere]
    assert Withholding.objects.visible_to(team).count() == 2


@pytest.mark.parametrize(
    ("why", "on"),
    [("  ", None), (WHY, date(2026, 2, 2)), (WHY, date(2026, 2, 4))],
    ids=["no reason", "before it began", "still to come"],
)
def test_a_release_needs_a_reason_and_a_day_that_can_be(withheld, team, why, on):
    with pytest.raises(CannotRelease):
        release(by=team, withholding=withheld, why=why, on=on)
    assert Withholding.objects.get().until is None


def test_it_is_released_once(withheld, team):
    release(by=team, withholding=withheld, why="Over.")
    with pytest.raises(CannotRelease):
        release(by=team, withholding=withheld, why="Over again.")


def test_a_withholding_has_a_reason(today, team, ally, project):
    with pytest.raises(ValueError, match="reason"):
        withhold(by=team, person=ally.person, about=project, why=" ")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"about_project": "project", "about_organisation": "organisation"},
        {"about_project": "project", "about_matter": "matter"},
        {"about_organisation": "organisation", "about_matter": "matter"},
        {"about_project": "project", "why": ""},
        {"about_project": "project", "until": date(2026, 1, 1), "released_because": "Over."},
        {"about_project": "project", "until": date(2026, 2, 4)},
        {"about_project": "project", "released_because": "Over."},
    ],
    ids=lambda values: " ".join(values) or "about nothing",
)
def test_the_database_refuses_what_is_no_withholding(ally, values):
    made = {
        "project": ProjectFactory, "organisation": OrganisationFactory,
        "matter": lambda: Matter.objects.create(name="A complaint"),
    }  # fmt: skip
    values = {name: made[value]() if value in made else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Withholding.objects.create(**{"person": ally.person, "since": TODAY, "why": WHY, **values})


def test_the_database_keeps_somebody_from_a_matter_once_at_a_time(withheld):
    with pytest.raises(IntegrityError), transaction.atomic():
        Withholding.objects.create(
            person=withheld.person, about_project=withheld.about_project, since=TODAY, why=WHY
        )
