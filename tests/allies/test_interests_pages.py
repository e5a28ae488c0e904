"""The register of interests, as people open it and write in it."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from allies.interests import InterestKind, Nature
from allies.models import Declaration, Interest, InterestsReturn, Withholding
from allies.partial_dates import PartialDate
from allies.services.interests import Entry, change_interest, declare_interest
from tests.factories import (
    AppointmentFactory,
    InterestFactory,
    InterestsReturnFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SECRET = "kingfisher"


@pytest.fixture
def somebody(group):
    return AppointmentFactory(
        person=PersonFactory(full_name="Bel Marsh", short_name="Bel"), body=group, starts="2023"
    ).person


@pytest.fixture
def read(signed_in):
    """The words of a page, as somebody reads it."""

    def page(account, address):
        response = signed_in(account).get(address)
        assert response.status_code == 200
        return " ".join(strip_tags(response.content.decode()).split())

    return page


NEW = {
    "about": "",
    "with_whom": "Harbour Trust",
    "words": "I sit on their board.",
    "kind": "professional",
    "nature": "actual",
    "begun": "2023",
}


# ---- Mine


def test_whoever_has_nothing_to_declare_says_so_with_one_press(signed_in, ally, read, today):
    page = read(ally, "/interests/")
    assert "You have not answered yet." in page
    assert "Have you anything to declare?" in page

    response = signed_in(ally).post("/interests/answer/", {"person": ally.person_id, "nil": "yes"})

    assert (response.status_code, response.url) == (302, "/interests/")
    assert [(one.person, one.on, one.nil) for one in InterestsReturn.objects.all()] == [
        (ally.person, today, True)
    ]
    page = read(ally, "/interests/")
    assert "On 3 February 2026 you said: nothing to declare." in page
    assert "Have you anything to declare?" not in page


def test_nothing_said_over_an_entry_that_came_meanwhile_is_pointed_out(signed_in, ally):
    InterestFactory(person=ally.person)
    page = signed_in(ally).post("/interests/answer/", {"nil": "yes"}, follow=True).content.decode()
    assert "the answer cannot be “nothing”" in page
    assert InterestsReturn.objects.count() == 0


def test_an_ally_files_an_interest_and_says_that_it_is_all(signed_in, ally, read):
    response = signed_in(ally).post("/interests/new/", NEW | {"is_all": "on"})

    kept = Interest.objects.get()
    assert (response.status_code, response.url) == (302, f"/interests/{kept.pk}/")
    assert (kept.person, kept.full_words, kept.with_whom, kept.begun, kept.private) == (
        ally.person,
        "I sit on their board.",
        "Harbour Trust",
        PartialDate(2023),
        False,
    )
    assert [one.nil for one in InterestsReturn.objects.all()] == [False]
    page = read(ally, "/interests/")
    assert "you said: all is in the register" in page
    assert "Professional loyalty, actual. From 2023. Declared on 3 February 2026." in page
    assert "recorded for them" not in page


def test_what_is_missing_is_named_and_what_was_typed_is_kept(signed_in, ally):
    response = signed_in(ally).post(
        "/interests/new/", {"with_whom": "Harbour Trust", "until": "2022", "begun": "2024"}
    )
    page = response.content.decode()

    assert response.status_code == 422
    assert [
        words
        for words in (
            "Say what the interest is",
            "Choose the kind that fits best",
            "Choose how near it is",
            "It cannot end before it begins. Mend one of the two",
        )
        if page.count(words) != 2
    ] == []
    assert 'value="Harbour Trust"' in page
    assert Interest.objects.count() == 0


def test_with_whom_is_chosen_or_written_and_not_both(signed_in, ally):
    partner = OrganisationFactory()
    response = signed_in(ally).post("/interests/new/", NEW | {"about": f"organisation:{partner.pk}"})
    assert response.status_code == 422
    assert "Choose from the list, or write a name here, not both" in response.content.decode()


def test_an_ally_cannot_choose_whose_it_is(signed_in, ally, somebody):
    signed_in(ally).post(f"/interests/new/?person={somebody.pk}", NEW | {"person": somebody.pk})
    assert [one.person for one in Interest.objects.all()] == [ally.person]


def test_a_second_entry_about_the_same_is_allowed_and_pointed_out(signed_in, ally, read):
    first = InterestFactory(person=ally.person, with_whom="harbour trust")
    signed_in(ally).post("/interests/new/", NEW)
    second = Interest.objects.exclude(pk=first.pk).get()

    assert "There is another entry about the same." in read(ally, second.get_absolute_url())
    InterestFactory(person=PersonFactory(), with_whom="Harbour Trust")
    Interest.objects.filter(pk=first.pk).delete()
    assert "There is another entry" not in read(ally, second.get_absolute_url())


def test_an_entry_is_put_right_ended_and_withdrawn_by_its_owner(signed_in, ally, read):
    interest = InterestFactory(person=ally.person, full_words="A seat")
    client = signed_in(ally)
    page = client.get(f"/interests/{interest.pk}/edit/").content.decode()
    assert ">\nA seat</textarea>" in page

    client.post(f"/interests/{interest.pk}/edit/", NEW)
    client.post(f"/interests/{interest.pk}/end/", {"until_month": "12", "until_year": "2025"})
    interest.refresh_from_db()
    assert (interest.full_words, interest.until) == ("I sit on their board.", PartialDate(2025, 12))
    assert "ended." in read(ally, interest.get_absolute_url())

    client.post(f"/interests/{interest.pk}/withdraw/", {"reason": "It was another trust."})
    assert "It was another trust." in read(ally, interest.get_absolute_url())
    assert [
        client.get(f"/interests/{interest.pk}/{page}/").status_code for page in ("edit", "end", "withdraw")
    ] == [404, 404, 404]


def test_an_end_before_the_beginning_is_refused_at_its_field(signed_in, ally):
    interest = InterestFactory(person=ally.person, begun=PartialDate(2024))
    response = signed_in(ally).post(f"/interests/{interest.pk}/end/", {"until": "2023"})
    assert response.status_code == 422
    assert "It cannot end before it begins" in response.content.decode()


# ---- For somebody else


def test_the_core_team_records_for_somebody_and_the_page_says_so(signed_in, team, somebody, read):
    sent = NEW | {"person": somebody.pk, "declared_on": "2025-11-19"}
    response = signed_in(team).post(f"/interests/new/?person={somebody.pk}", sent)

    kept = Interest.objects.get()
    assert (kept.person, kept.declared_on) == (somebody, date(2025, 11, 19))
    assert f"Recorded for them by {team.person} on" in read(team, response.url)
    signed_in(team).post("/interests/answer/", {"person": somebody.pk, "nil": "no"})
    assert "Recorded for them on 3 February 2026: all is in the register." in read(
        team, f"/people/{somebody.pk}/"
    )


def test_the_core_team_mends_what_it_wrote_without_reading_what_has_become_private(signed_in, team, somebody):
    interest = InterestFactory(person=somebody, private=True, full_words=SECRET)
    client = signed_in(team)
    page = client.get(f"/interests/{interest.pk}/edit/").content.decode()
    assert SECRET not in page
    assert 'name="words"' not in page

    client.post(f"/interests/{interest.pk}/edit/", NEW | {"words": "Something else", "with_whom": "Them"})
    interest.refresh_from_db()
    assert (interest.full_words, interest.private, interest.with_whom) == (SECRET, True, "Them")


def test_who_has_not_answered_is_named_to_the_chairs_and_the_core_team_alone(
    ally, chair, team, somebody, read
):
    answered = AppointmentFactory(person__full_name="Esme Ward").person
    InterestsReturnFactory(person=answered, on=date(2025, 11, 1))

    for account in (chair, team):
        page = read(account, "/interests/")
        part = page[page.index("Not answered yet") : page.index("The register")]
        assert ("Bel Marsh" in part, "Esme Ward" in part) == (True, False)
    assert "Not answered yet" not in read(ally, "/interests/")
    assert "Not answered yet" not in read(ally, f"/people/{somebody.pk}/")
    assert "Not answered yet" in read(chair, f"/people/{somebody.pk}/")


def test_an_answer_by_mistake_is_withdrawn_with_its_reason(signed_in, ally, read):
    answer = InterestsReturnFactory(person=ally.person, on=date(2026, 2, 1))
    signed_in(ally).post(f"/interests/answers/{answer.pk}/withdraw/", {"reason": "I had forgotten one."})

    assert "You have not answered yet." in read(ally, "/interests/")
    assert signed_in(ally).get(f"/interests/answers/{answer.pk}/withdraw/").status_code == 404


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
