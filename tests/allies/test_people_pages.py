"""What the pages about people, groups, projects and organisations show, and at which cost."""

import pytest
from django.utils.html import strip_tags

from allies.models import (
    AccessNeeds,
    Appointment,
    OtherName,
    Person,
    Post,
)
from allies.partial_dates import PartialDate
from tests.factories import (
    AppointmentFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def names_in(page: str) -> set[str]:
    return {person.full_name for person in Person.objects.all() if person.full_name in page}


# ---- People


@pytest.fixture
def three(today, ally, group):
    """One on a group now, one before, one never."""
    Person.objects.filter(pk=ally.person.pk).update(full_name="Ada Present")
    OtherName.objects.create(person=ally.person, name="Birdie")
    AppointmentFactory(person=PersonFactory(full_name="Bel Former"), body=group, ends="2024")
    PersonFactory(full_name="Cary Never")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Ada Present"}),
        ("?show=current", {"Ada Present"}),
        ("?show=former", {"Bel Former"}),
        ("?show=everyone", {"Ada Present", "Bel Former", "Cary Never"}),
        ("?show=everyone&q=former", {"Bel Former"}),
        ("?show=everyone&q=birdie", {"Ada Present"}),
        ("?q=former", set()),
        ("?show=nonsense", {"Ada Present"}),
    ],
)
def test_people_are_found_by_name_and_standing(three, signed_in, ally, asked, found):
    page = signed_in(ally).get(f"/people/{asked}").text.partition("<main")[2]

    assert names_in(page) == found


def test_somebody_who_came_back_is_not_former(today, signed_in, ally, group):
    back = PersonFactory(full_name="Bel Back")
    AppointmentFactory(person=back, body=group, ends="2024", starts="2022")
    AppointmentFactory(person=back, body=group, starts="2025")

    client = signed_in(ally)
    assert ["Bel Back" in client.get(f"/people/?show={show}").text for show in ("current", "former")] == [
        True,
        False,
    ]


def test_a_person_s_page_says_what_is_known_and_what_is_not(today, signed_in, ally, group):
    person = PersonFactory(full_name="Wren Ashdown")
    AppointmentFactory(person=person, body=group, first_evidenced="2021-11-08")
    AppointmentFactory(person=person, body=group, post=Post.CHAIR, starts="2022", ends="2024-06")
    ProjectFactory(name="Listening well", lead=person)

    page = signed_in(ally).get(person.get_absolute_url()).text

    assert "First seen in the record on 8 November 2021" in page
    assert "2022 to June 2024" in page
    assert "Listening well" in page
    assert page.count("Not known") == 1  # pronouns


def test_the_core_team_is_not_named_twice_in_one_place(today, signed_in, team):
    words = [
        " ".join(strip_tags(signed_in(team).get(path).text).split())
        for path in ("/people/", team.person.get_absolute_url())
    ]
    assert ["Core team, Core team" in page for page in words] == [False, False]
    assert all("Core team" in page for page in words)


def test_an_email_address_is_seen_by_oneself_and_the_core_team(today, signed_in, ally, team, chair):
    person = ally.person
    Person.objects.filter(pk=person.pk).update(email="wren@example.org")

    seen = [
        "wren@example.org" in signed_in(who).get(person.get_absolute_url()).text
        for who in (ally, team, chair)
    ]
    assert seen == [True, True, False]


@pytest.fixture
def access_needs(ally):
    return AccessNeeds.objects.create(person=ally.person, words="Captions, please")


def test_access_needs_are_seen_by_oneself_and_the_core_team_alone(
    today, access_needs, signed_in, ally, team, chair
):
    address = ally.person.get_absolute_url()

    seen = ["Captions, please" in signed_in(who).get(address).text for who in (ally, team, chair)]
    assert seen == [True, True, False]


def test_somebody_writes_down_what_they_need_and_takes_it_away_again(today, signed_in, ally):
    client = signed_in(ally)
    address = f"{ally.person.get_absolute_url()}details/"

    client.post(address, {"short_name": "Wren", "pronouns": "they", "access_needs": "A phone line"})
    ally.person.refresh_from_db()
    assert (ally.person.short_name, ally.person.pronouns) == ("Wren", "they")
    assert AccessNeeds.objects.get().words == "A phone line"

    client.post(address, {"short_name": "Wren", "pronouns": "they", "access_needs": ""})
    assert AccessNeeds.objects.exists() is False


def test_access_needs_leave_no_trace_in_any_history(today, signed_in, ally):
    client = signed_in(ally)
    client.post(f"{ally.person.get_absolute_url()}details/", {"access_needs": "A phone line"})

    assert hasattr(AccessNeeds, "history") is False
    assert "A phone line" not in client.get(f"{ally.person.get_absolute_url()}history/").text


def test_nobody_changes_the_details_of_somebody_else(today, signed_in, ally, chair):
    answer = signed_in(chair).post(f"{ally.person.get_absolute_url()}details/", {"access_needs": "x"})

    assert (answer.status_code, AccessNeeds.objects.exists()) == (403, False)


def test_the_core_team_enters_somebody_with_other_names(today, signed_in, team):
    answer = signed_in(team).post(
        "/people/new/", {"full_name": "Wren Ashdown", "other_names": "Birdie\n\n  W.  Ashdown ", "email": ""}
    )

    added = Person.objects.get(full_name="Wren Ashdown")
    assert answer["Location"] == added.get_absolute_url()
    assert [name.name for name in added.other_names.all()] == ["Birdie", "W. Ashdown"]


def test_other_names_that_are_no_longer_listed_are_taken_away_with_history(today, signed_in, team):
    person = PersonFactory(full_name="Wren Ashdown")
    OtherName.objects.create(person=person, name="Birdie")

    client = signed_in(team)
    client.post(f"{person.get_absolute_url()}edit/", {"full_name": "Wren Ashdown", "other_names": "Bird"})

    assert [name.name for name in person.other_names.all()] == ["Bird"]
    assert "Other name removed" in client.get(f"{person.get_absolute_url()}history/").text


def test_a_person_without_a_name_is_refused_and_what_was_typed_is_kept(today, signed_in, team):
    answer = signed_in(team).post("/people/new/", {"full_name": " ", "pronouns": "they/them", "email": "x"})

    assert answer.status_code == 422
    assert "Two things need you" in answer.text
    assert "Give their full name" in answer.text
    assert 'value="they/them"' in answer.text


# ---- Places


def test_an_appointment_is_entered_with_a_year_and_ended_with_a_month(today, signed_in, team, group):
    person, client = PersonFactory(), signed_in(team)

    client.post(
        f"{person.get_absolute_url()}places/new/",
        {"body": group.pk, "post": "co_chair", "seat": "lived", "starts_year": "2023", "interim": "on"},
    )
    place = Appointment.objects.get(person=person)
    assert (place.post, place.seat, place.starts, place.interim) == (
        "co_chair",
        "lived",
        PartialDate(2023),
        True,
    )

    client.post(
        f"{person.get_absolute_url()}places/{place.pk}/end/",
        {"ends_month": "1", "ends_year": "2026", "reason": "Three years were up"},
    )
    place.refresh_from_db()
    assert place.ends == PartialDate(2026, 1)
    assert "Three years were up" in client.get(f"{person.get_absolute_url()}history/").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"post": "member", "seat": "lived"}, "Only a co-chair has a seat."),
        ({"post": "core_team"}, "choose member, chair or co-chair"),
        (
            {"post": "member", "starts_year": "2024", "ends_year": "2023"},
            "It ends before it begins.",
        ),
        ({"post": "member", "starts_year": "24"}, "Give the year in four figures, such as 2026"),
        ({"post": "member", "starts_year": "2020"}, "already has this place with the same start"),
    ],
)
def test_an_appointment_that_cannot_stand_is_explained(today, signed_in, team, group, sent, said):
    person = AppointmentFactory(body=group, starts="2020").person

    answer = signed_in(team).post(f"{person.get_absolute_url()}places/new/", {"body": group.pk, **sent})

    assert answer.status_code == 422
    assert said in answer.text
    assert Appointment.objects.filter(person=person).count() == 1


def test_a_place_of_somebody_else_is_not_found_under_this_person(today, signed_in, team):
    place = AppointmentFactory()

    assert signed_in(team).get(f"/people/{team.person.pk}/places/{place.pk}/").status_code == 404


# ---- History


def test_the_history_of_a_person_hides_their_address_from_other_allies(today, signed_in, ally, team):
    person = PersonFactory(email="wren@example.org")

    told = [
        "wren@example.org" in signed_in(who).get(f"{person.get_absolute_url()}history/").text
        for who in (ally, team)
    ]
    assert told == [False, True]
