"""The register of interests, as people read it: private words, as it stands and as it stood."""

from datetime import date

import pytest

from allies.interests import InterestKind, Nature
from allies.models import Declaration, Withholding
from allies.partial_dates import PartialDate
from allies.services.interests import Entry, change_interest, declare_interest
from tests.factories import (
    AppointmentFactory,
    InterestFactory,
    InterestsReturnFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET = "kingfisher"


# ---- Private words


@pytest.fixture
def private(somebody):
    partner = OrganisationFactory(name="Riverside Health")
    return InterestFactory(
        person=somebody, private=True, full_words=f"A {SECRET}", about_organisation=partner
    )


@pytest.mark.parametrize("who", ["ally", "team"])
def test_private_words_stand_nowhere_for_others_who_know_that_there_is_an_entry(
    request, who, private, signed_in
):
    client = signed_in(request.getfixturevalue(who))
    pages = {
        address: client.get(address).content.decode()
        for address in (
            "/interests/",
            "/interests/?ended=on",
            "/interests/?on=2026-02-01",
            f"/people/{private.person_id}/",
            f"/interests/{private.pk}/",
            f"/interests/{private.pk}/history/",
        )
    }
    assert [address for address, page in pages.items() if SECRET in page] == []
    assert [address for address, page in pages.items() if "Riverside Health" not in page] == []


def test_the_owner_and_the_chairs_read_them_and_whoever_changed_what(private, chair, read):
    for address in ("/interests/", f"/people/{private.person_id}/", f"/interests/{private.pk}/"):
        assert SECRET in read(chair, address)


def test_what_was_private_once_stays_so_in_the_history_after_the_entry_is_opened(ally, team, chair, read):
    said = Entry(InterestKind.FINANCIAL, Nature.ACTUAL, f"A {SECRET}", private=True)
    interest = declare_interest(by=ally, person=ally.person, entry=said)
    change_interest(
        by=ally, interest=interest, entry=Entry(InterestKind.FINANCIAL, Nature.ACTUAL, "A paid seat")
    )

    address = f"/interests/{interest.pk}/history/"
    assert [SECRET in read(account, address) for account in (ally, chair, team)] == [True, True, False]
    assert "A paid seat" in read(team, interest.get_absolute_url())


# ---- The register, as it stands and as it stood


def test_the_register_is_by_person_with_answers_that_are_nothing(ally, somebody, read):
    InterestsReturnFactory(person=somebody, on=date(2025, 11, 1))
    page = read(ally, "/interests/")
    assert "Bel Marsh Nothing Nothing to declare, 1 November 2025" in page


def test_ended_entries_and_mistakes_are_read_on_asking(ally, somebody, read):
    InterestFactory(person=somebody, with_whom="Old Mill", until=PartialDate(2025))
    InterestFactory(person=somebody, with_whom="Wrong Mill", withdrawn="Another Bel.")

    now, all_of_them = read(ally, "/interests/"), read(ally, "/interests/?ended=on")
    assert ["Old Mill" in now, "Wrong Mill" in now] == [False, False]
    assert "Withdrawn as a mistake: Another Bel." in all_of_them
    assert "Ended." in all_of_them


def test_the_register_as_it_stood_on_a_day(ally, somebody, read):
    InterestFactory(person=somebody, with_whom="Old Mill", declared_on="2024-02-01", until=PartialDate(2024))
    InterestFactory(person=somebody, with_whom="New Mill", declared_on="2025-02-01")
    InterestsReturnFactory(person=somebody, nil=False, on=date(2025, 2, 1))

    then = read(ally, "/interests/?on=2024-12-31")
    assert "as it stood on Tuesday 31 December 2024" in then
    assert ["Old Mill" in then, "New Mill" in then, "All is in" in then] == [True, False, False]
    now = read(ally, "/interests/")
    assert ["Old Mill" in now, "New Mill" in now] == [False, True]


@pytest.mark.parametrize("query", ["on=2026-02-04", "on=31-13", "about=project:x", "kind=other"])
def test_what_cannot_be_asked_is_pointed_out_and_the_register_of_today_stands(
    signed_in, ally, somebody, query
):
    InterestFactory(person=somebody, with_whom="New Mill")
    response = signed_in(ally).get(f"/interests/?{query}")
    assert response.status_code == 422
    assert "New Mill" in response.content.decode()


def test_it_is_narrowed_by_person_kind_project_and_partner(ally, somebody, read):
    project = ProjectFactory(name="Streets")
    partner = ParticipationFactory(project=project).organisation
    InterestFactory(person=somebody, about_organisation=partner, full_words="Alpha")
    InterestFactory(person=somebody, with_whom="Mill", full_words="Beta", kind="financial")
    other = AppointmentFactory(person__full_name="Esme Ward").person
    InterestFactory(person=other, with_whom="Other", full_words="Gamma")

    found = [
        [words for words in ("Alpha", "Beta", "Gamma") if words in read(ally, f"/interests/?{query}")]
        for query in (
            "q=bel",
            "kind=financial",
            f"about=organisation:{partner.pk}",
            f"about=project:{project.pk}",
        )
    ]
    assert found == [["Alpha", "Beta"], ["Beta"], ["Alpha"], ["Alpha"]]


def test_whoever_left_stays_with_a_mark(ally, group, read):
    left = AppointmentFactory(person__full_name="Esme Ward", body=group, starts="2020", ends="2023").person
    InterestFactory(person=left)
    assert "Esme WardOn no group now" in read(ally, "/interests/")


def test_a_project_shows_with_those_who_take_part_in_it_now(ally, somebody, read):
    part = ParticipationFactory(
        project__name="Streets", organisation=OrganisationFactory(name="Tidewater Council")
    )
    InterestFactory(person=somebody, about_project=part.project)
    assert "Streets with Tidewater Council" in read(ally, "/interests/")
    part.organisation = OrganisationFactory(name="Northbank Trust")
    part.save()
    assert "Streets with Northbank Trust" in read(ally, "/interests/")


def test_an_entry_lists_where_it_was_declared_and_not_what_is_withheld(ally, chair, group, somebody, read):
    interest = InterestFactory(person=somebody)
    project = ProjectFactory()
    for day, words, about in (
        (date(2025, 11, 19), "It touches item 4.", None),
        (date(2025, 12, 2), "It touches the streets.", project),
    ):
        Declaration.objects.create(
            person=somebody, words=words, body=group, on=day, interest=interest, about_project=about
        )
    Withholding.objects.create(
        person=ally.person, about_project=project, since=date(2026, 1, 1), why="A seat"
    )

    page = read(ally, interest.get_absolute_url())
    assert "Wednesday 19 November 2025, Allies Group" in page
    assert "It touches item 4." in page
    assert ["the streets" in read(account, interest.get_absolute_url()) for account in (ally, chair)] == [
        False,
        True,
    ]


def test_somebody_who_left_reads_their_own_on_their_own_page(former_chair, read):
    interest = InterestFactory(person=former_chair.person, private=True, full_words=SECRET)
    assert SECRET in read(former_chair, former_chair.person.get_absolute_url())
    assert SECRET in read(former_chair, interest.get_absolute_url())


# ---- Queries


@pytest.mark.parametrize("rows", [1, 60])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/interests/", 4 + 8),
        ("/interests/?ended=on&kind=professional", 4 + 8),
        ("/interests/{pk}/", 4 + 4),
        ("/people/{person}/", 4 + 7),
    ],
)
def test_a_page_asks_as_often_at_one_row_as_at_many(
    signed_in, chair, group, rows, path, queries, django_assert_num_queries
):
    shown = None
    group.register_is_public, group.register_because = True, "Agreed on 19 November 2025."
    group.save()
    owner = AppointmentFactory(body=group, starts="2023").person
    InterestsReturnFactory(person=chair.person, on=date(2026, 1, 1))
    for _ in range(rows):
        person = AppointmentFactory(body=group, starts="2023").person
        part = ParticipationFactory()
        for holder in (person, chair.person, owner):
            shown = InterestFactory(person=holder, about_project=part.project)
        Declaration.objects.create(
            person=owner, words="Said", body=group, on=date(2025, 3, 4), interest=shown
        )
        InterestsReturnFactory(person=person, on=date(2024, 1, 1))
        InterestFactory(about_organisation=part.organisation, person=person, until=PartialDate(2024))
    client = signed_in(chair)

    with django_assert_num_queries(queries):
        assert client.get(path.format(pk=shown.pk, person=owner.pk)).status_code == 200
