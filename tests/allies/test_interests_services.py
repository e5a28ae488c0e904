"""Writing the register: by whom, with which constraints, and nothing is lost."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from allies.interests import InterestKind, Nature
from allies.models import OPERATOR, Interest, InterestsReturn
from allies.models.asked import Asked, places_seen_by, who_is_asked
from allies.partial_dates import PartialDate
from allies.powers import Refused
from allies.services.interests import (
    CannotKeepInterest,
    Entry,
    answer_about_interests,
    change_interest,
    declare_interest,
    end_interest,
    withdraw_answer,
    withdraw_interest,
)
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    InterestFactory,
    InterestsReturnFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def asked_and_seen_by(account, today) -> list[Asked]:
    return who_is_asked(places_seen_by(account, today), today)


def entry(**more) -> Entry:
    values = {"kind": InterestKind.FINANCIAL, "nature": Nature.ACTUAL, "words": "A paid seat", **more}
    return Entry(**values)


def test_an_ally_enters_their_own_and_it_says_when(ally, today):
    partner = OrganisationFactory(name="Harbour Trust")

    interest = declare_interest(by=ally, person=ally.person, entry=entry(about=partner))

    kept = Interest.objects.get()
    assert (kept.declared_on, kept.recorded_by, kept.is_recorded_for_them) == (today, ally.person, False)
    assert str(kept) == f"{ally.person}: Financial, Harbour Trust"
    assert [row.history_user for row in interest.history.all()] == [ally]


def test_the_core_team_enters_one_for_somebody_and_the_entry_says_so(team, group):
    person = AppointmentFactory(body=group).person

    interest = declare_interest(by=team, person=person, entry=entry(), declared_on=date(2025, 6, 1))

    assert (interest.declared_on, interest.recorded_by) == (date(2025, 6, 1), team.person)
    assert interest.is_recorded_for_them is True


@pytest.mark.parametrize("who", ["ally", "chair", "former_chair"])
def test_nobody_else_writes_in_the_register_for_somebody(request, who, group):
    account, person = request.getfixturevalue(who), AppointmentFactory(body=group).person
    there, answer = InterestFactory(person=person), InterestsReturnFactory(person=person)

    for write in (
        lambda: declare_interest(by=account, person=person, entry=entry()),
        lambda: change_interest(by=account, interest=there, entry=entry()),
        lambda: end_interest(by=account, interest=there, until=PartialDate(2026)),
        lambda: withdraw_interest(by=account, interest=there, reason="No"),
        lambda: answer_about_interests(by=account, person=person, nil=False),
        lambda: withdraw_answer(by=account, answer=answer, reason="No"),
    ):
        with pytest.raises(Refused):
            write()


def test_whoever_has_left_no_longer_writes_in_it(former_chair):
    with pytest.raises(Refused) as refused:
        declare_interest(by=former_chair, person=former_chair.person, entry=entry())
    assert str(refused.value) == "Only members of the group keep the register."


@pytest.mark.parametrize(
    ("values", "day", "field"),
    [
        ({"words": " "}, None, "words"),
        ({"words": None}, None, "words"),
        ({"begun": PartialDate(2026, 2), "until": PartialDate(2026, 1, 31)}, None, "until"),
        ({}, date(2026, 2, 4), "declared_on"),
    ],
)
def test_what_cannot_stand_is_refused_with_what_to_mend(ally, values, day, field):
    with pytest.raises(CannotKeepInterest) as refused:
        declare_interest(by=ally, person=ally.person, entry=entry(**values), declared_on=day)
    assert refused.value.field == field
    assert Interest.objects.count() == 0


def test_an_entry_may_end_in_the_month_it_began(ally):
    one = entry(begun=PartialDate(2026, 1, 20), until=PartialDate(2026, 1))
    assert declare_interest(by=ally, person=ally.person, entry=one).pk


def test_what_it_said_before_stays_in_its_history(ally):
    interest = declare_interest(by=ally, person=ally.person, entry=entry(words="A seat"))
    change_interest(by=ally, interest=interest, entry=entry(words="A paid seat"))

    assert [row.full_words for row in interest.history.all()] == ["A paid seat", "A seat"]


def test_only_its_owner_opens_or_rewrites_private_words(ally, team):
    interest = InterestFactory(person=ally.person, private=True, full_words="Mine")

    for attempt in (entry(words=None, private=False), entry(words="Theirs", private=True)):
        with pytest.raises(Refused):
            change_interest(by=team, interest=interest, entry=attempt)
    change_interest(by=team, interest=interest, entry=entry(words=None, private=True))
    interest.refresh_from_db()
    assert (interest.full_words, interest.kind, interest.private) == ("Mine", "financial", True)
    change_interest(by=ally, interest=interest, entry=entry(words="Open now", private=False))
    interest.refresh_from_db()
    assert (interest.full_words, interest.private) == ("Open now", False)


def test_an_entry_in_the_list_needs_no_name_beside_it(ally):
    partner = OrganisationFactory()
    interest = declare_interest(
        by=ally, person=ally.person, entry=entry(about=partner, with_whom="Somebody else")
    )
    assert (interest.about, interest.with_whom) == (partner, "")


def test_an_ended_entry_stays_and_stands_on_its_last_day(ally):
    interest = InterestFactory(person=ally.person, begun=PartialDate(2024), declared_on=date(2024, 5, 1))
    end_interest(by=ally, interest=interest, until=PartialDate(2025, 6, 30))

    stood = [
        Interest.objects.standing_on(day).exists()
        for day in (date(2024, 4, 30), date(2024, 5, 1), date(2025, 6, 30), date(2025, 7, 1))
    ]
    assert stood == [False, True, True, False]
    with pytest.raises(CannotKeepInterest):
        end_interest(by=ally, interest=interest, until=PartialDate(2023))


def test_a_mistake_is_struck_with_its_reason_and_nothing_more_is_written_to_it(ally):
    interest = InterestFactory(person=ally.person)
    with pytest.raises(CannotKeepInterest):
        withdraw_interest(by=ally, interest=interest, reason=" ")
    withdraw_interest(by=ally, interest=interest, reason=" Another person. ")

    interest.refresh_from_db()
    assert interest.withdrawn == "Another person."
    assert not Interest.objects.standing_on(date(2026, 2, 3)).exists()
    for write in (
        lambda: end_interest(by=ally, interest=interest, until=PartialDate(2026)),
        lambda: change_interest(by=ally, interest=interest, entry=entry()),
        lambda: withdraw_interest(by=ally, interest=interest, reason="Again"),
    ):
        with pytest.raises(CannotKeepInterest):
            write()


# ---- Answers


def test_nothing_to_declare_is_an_entry_and_said_twice_it_is_one(ally, today):
    first = answer_about_interests(by=ally, person=ally.person, nil=True)
    again = answer_about_interests(by=ally, person=ally.person, nil=True)

    assert (first.on, first.nil, first.recorded_by, again) == (today, True, ally.person, first)
    assert InterestsReturn.objects.count() == 1


@pytest.mark.parametrize("nil", [True, False])
def test_an_answer_that_the_register_contradicts_is_not_written(ally, nil):
    if nil:
        InterestFactory(person=ally.person)
    with pytest.raises(CannotKeepInterest):
        answer_about_interests(by=ally, person=ally.person, nil=nil)
    assert InterestsReturn.objects.count() == 0


def test_nobody_answers_for_a_day_to_come(ally):
    with pytest.raises(CannotKeepInterest):
        answer_about_interests(by=ally, person=ally.person, nil=True, on=date(2026, 2, 4))


def test_that_is_all_answers_with_the_entry(ally, today):
    declare_interest(by=ally, person=ally.person, entry=entry(), is_all=True)
    assert [(one.on, one.nil) for one in InterestsReturn.objects.all()] == [(today, False)]


def test_an_answer_by_mistake_no_longer_counts(ally):
    answer = answer_about_interests(by=ally, person=ally.person, nil=True)
    with pytest.raises(CannotKeepInterest):
        withdraw_answer(by=ally, answer=answer, reason="")
    withdraw_answer(by=ally, answer=answer, reason="I had forgotten one.")

    assert list(InterestsReturn.objects.standing()) == []
    assert [one.withdrawn for one in InterestsReturn.objects.all()] == ["I had forgotten one."]
    with pytest.raises(CannotKeepInterest):
        withdraw_answer(by=ally, answer=answer, reason="Again")
    assert answer_about_interests(by=ally, person=ally.person, nil=True).pk != answer.pk


# ---- Who is asked


def test_the_chairs_and_the_core_team_see_who_has_not_answered_and_others_only_themselves(
    ally, chair, team, group, today
):
    InterestsReturnFactory(person=chair.person, on=today)
    InterestsReturnFactory(person=team.person, on=today)
    late = AppointmentFactory(body=group, starts="2020").person
    InterestsReturnFactory(person=late, on=date(2025, 2, 3))
    gone = AppointmentFactory(body=group, ends="2024").person
    elsewhere = AppointmentFactory(body=BodyFactory()).person

    def asked(account):
        return {one.person: one.last_on for one in asked_and_seen_by(account, today)}

    assert asked(ally) == {ally.person: None}
    assert asked(chair) == {ally.person: None, late: date(2025, 2, 3)}
    assert asked(team) == {ally.person: None, late: date(2025, 2, 3), elsewhere: None}
    assert gone not in asked(team)


def test_a_change_of_post_asks_nobody_again_and_coming_back_does(chair, group, today):
    InterestsReturnFactory(person=chair.person, on=today)
    changed, back = PersonFactory(), PersonFactory()
    AppointmentFactory(person=changed, body=group, starts="2023-01", ends="2025-09")
    AppointmentFactory(person=changed, body=group, post="chair", starts="2025-10")
    AppointmentFactory(person=back, body=group, starts="2023-01", ends="2025-06")
    AppointmentFactory(person=back, body=group, starts="2025-10")
    for person in (changed, back):
        InterestsReturnFactory(person=person, on=date(2025, 5, 1))

    assert [one.person for one in asked_and_seen_by(chair, today)] == [back]


def test_a_working_group_beside_asks_nobody_again_also_in_its_own_chair_s_eyes(account_of, group, today):
    below = BodyFactory(parent=group)
    chair_below = account_of(below, "chair")
    both = AppointmentFactory(body=group, starts="2023").person
    AppointmentFactory(person=both, body=below, starts="2026-01")
    for person in (both, chair_below.person):
        InterestsReturnFactory(person=person, on=date(2025, 6, 1))

    assert asked_and_seen_by(chair_below, today) == []


def test_a_group_says_how_often_it_asks(ally, group, today):
    InterestsReturnFactory(person=ally.person, on=date(2025, 7, 1))
    found = []
    for months in (12, 6, 0):
        group.interests_asked_every = months
        group.save()
        found.append([one.person for one in asked_and_seen_by(ally, today)])
    assert found == [[], [ally.person], []]


# ---- What touches what


def test_an_interest_touches_a_project_through_those_who_take_part_now():
    project, other = ProjectFactory(), ProjectFactory()
    partner = ParticipationFactory(project=project).organisation
    direct = InterestFactory(about_project=project)
    through = InterestFactory(about_organisation=partner)
    InterestFactory(about_project=other)
    InterestFactory(about_organisation=OrganisationFactory())

    assert set(Interest.objects.touching(projects=[project])) == {direct, through}
    assert set(Interest.objects.touching(organisations=[partner])) == {direct, through}
    project.participations.all().delete()
    assert set(Interest.objects.touching(projects=[project])) == {direct}


# ---- The database holds it too


@pytest.mark.parametrize(
    "values",
    [
        {"full_words": ""},
        {"kind": "other"},
        {"nature": "other"},
        {"with_whom": "Somebody", "about": True},
    ],
)
def test_the_database_refuses_an_entry_that_says_too_little_or_too_much(values):
    if values.pop("about", False):
        values["about_organisation"] = OrganisationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestFactory(**values)


def test_the_database_refuses_the_same_answer_twice():
    one = InterestsReturnFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestsReturnFactory(person=one.person, on=one.on)
    InterestsReturnFactory(person=one.person, on=one.on, withdrawn="By mistake")


def test_the_command_line_may_write_for_anyone_and_no_person_stands_for_it():
    interest = declare_interest(by=OPERATOR, person=PersonFactory(), entry=entry())
    assert (interest.recorded_by, interest.is_recorded_for_them) == (None, True)
