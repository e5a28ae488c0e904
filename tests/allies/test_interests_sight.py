"""Who may know of an entry, and who reads its words: in the rows themselves, by the one rule."""

from datetime import date

import pytest

from allies.interests import Sight, sight_of
from allies.models import OPERATOR, BodyKind, Declaration, Interest, InterestsReturn, Post, Withholding
from allies.policies import powers_of
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    BodyFactory,
    InterestFactory,
    InterestsReturnFactory,
    ProjectFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def seen(interest, account) -> Sight:
    """How much of an entry somebody is given."""
    row = Interest.objects.visible_to(account).filter(pk=interest.pk).first()
    if row is None:
        return Sight.NOTHING
    assert row.is_kept_back is (row.words == "")
    return Sight.OUTLINE if row.is_kept_back else Sight.WORDS


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(
    "who", ["ally", "team", "chair", "former_chair", "account_without_person", "closed", "owner", "left"]
)
def test_a_row_gives_what_the_rule_says(request, who, private, ally, group):
    owner = AccountFactory()
    AppointmentFactory(person=owner.person, body=group, ends="2025" if who == "left" else "")
    if who == "closed":
        account = ally
        ally.is_active = False
    else:
        account = owner if who in {"owner", "left"} else request.getfixturevalue(who)
    interest = InterestFactory(person=owner.person, private=private)

    own = who in {"owner", "left"}
    assert seen(interest, account) is sight_of(powers_of(account).bodies, own=own, private=private)


def test_nobody_signed_in_knows_of_any():
    from django.contrib.auth.models import AnonymousUser

    assert seen(InterestFactory(person=AppointmentFactory().person), AnonymousUser()) is Sight.NOTHING


def test_the_command_line_reads_all_and_what_leaves_the_record_has_no_private_words():
    interest = InterestFactory(private=True, full_words="A secret")

    assert seen(interest, OPERATOR) is Sight.WORDS
    assert [row.words for row in Interest.objects.published()] == [""]


def test_a_row_that_was_read_for_somebody_has_not_fetched_what_it_keeps_back(ally, group):
    interest = InterestFactory(person=AppointmentFactory(body=group).person, private=True)

    row = Interest.objects.visible_to(ally).get(pk=interest.pk)

    assert "full_words" in row.get_deferred_fields()
    assert (row.words, str(row)) == ("", f"{interest.person}: Professional loyalty")


def test_a_chair_reads_private_words_of_their_own_group_and_of_the_core_team_alone(
    account_of, group, core_team
):
    below, beside = BodyFactory(parent=group, kind=BodyKind.WORKING_GROUP), BodyFactory(parent=group)
    chair_below = account_of(below, Post.CHAIR)
    entries = [
        InterestFactory(person=AppointmentFactory(body=body).person, private=True)
        for body in (below, beside, group, core_team)
    ]

    assert [seen(entry, chair_below) for entry in entries] == [
        Sight.WORDS,
        Sight.NOTHING,
        Sight.NOTHING,
        Sight.WORDS,
    ]


def test_whoever_has_left_stays_in_the_register(ally, group):
    left = AppointmentFactory(body=group, starts="2020", ends="2023").person

    assert seen(InterestFactory(person=left), ally) is Sight.WORDS
    assert [one.person for one in InterestsReturn.objects.visible_to(ally)] == []
    InterestsReturnFactory(person=left)
    assert [one.person for one in InterestsReturn.objects.visible_to(ally)] == [left]


def test_an_answer_of_somebody_else_s_group_is_not_seen(account_of, group):
    member = account_of(BodyFactory(parent=group))
    InterestsReturnFactory(person=AppointmentFactory(body=group).person)
    own = InterestsReturnFactory(person=member.person)

    assert list(InterestsReturn.objects.visible_to(member)) == [own]


def test_whoever_is_kept_from_a_matter_knows_their_own_interest_in_it_and_nobody_s_else(ally, chair, group):
    project = ProjectFactory()
    own = InterestFactory(person=ally.person, about_project=project)
    other = InterestFactory(person=AppointmentFactory(body=group).person, about_project=project)
    Withholding.objects.create(
        person=ally.person, about_project=project, since=date(2026, 1, 1), why="She works there."
    )

    assert [seen(own, ally), seen(other, ally), seen(other, chair)] == [
        Sight.WORDS,
        Sight.NOTHING,
        Sight.WORDS,
    ]


def test_whoever_is_kept_from_a_matter_knows_what_they_declared_of_it_and_nobody_else_did(ally, chair, group):
    project = ProjectFactory()
    own, other = (
        Declaration.objects.create(
            person=person, words="Works there", body=group, on=date(2025, 11, 19), about_project=project
        )
        for person in (ally.person, chair.person)
    )
    Withholding.objects.create(
        person=ally.person, about_project=project, since=date(2026, 1, 1), why="She works there."
    )

    assert list(Declaration.objects.visible_to(ally)) == [own]
    assert list(Declaration.objects.visible_to(chair)) == [own, other]


def test_whoever_has_left_knows_what_they_declared_and_nothing_else(former_chair, chair, group):
    own, _ = (
        Declaration.objects.create(person=person, words="Works there", body=group, on=date(2023, 11, 8))
        for person in (former_chair.person, chair.person)
    )

    assert list(Declaration.objects.visible_to(former_chair)) == [own]
