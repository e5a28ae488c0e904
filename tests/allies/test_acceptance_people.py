"""ACCEPTANCE 1, 2, 4, 6, 8, 34 and 35: facts about people, groups and partners, entered in the browser.

Each is entered as somebody of the core team would, and read back where a reader looks for it.
All names are invented.
"""

import pytest

from allies.models import Appointment, Body, OtherName, Person
from tests.factories import AppointmentFactory, OrganisationFactory, PersonFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(today, signed_in, team):
    return signed_in(team)


def test_acceptance_01_one_person_goes_by_three_names(client):
    client.post(
        "/people/new/",
        {"full_name": "Rosalind Thorne-Abara", "short_name": "Ros", "other_names": "Rosalind\nRosa"},
    )

    person = Person.objects.get(full_name="Rosalind Thorne-Abara")
    assert person.called == "Ros"
    assert [name.name for name in person.other_names.all()] == ["Rosa", "Rosalind"]
    page = client.get(person.get_absolute_url()).text
    assert "Rosa, Rosalind" in page
    for name in ("Ros", "Rosalind", "Rosa", "Thorne"):
        assert "Rosalind Thorne-Abara" in client.get("/people/", {"show": "everyone", "q": name}).text


def test_acceptance_02_two_people_with_nearly_one_name_stay_two(client):
    for name in ("Marta Vane", "Marta Vale"):
        client.post("/people/new/", {"full_name": name})

    assert sorted(
        Person.objects.filter(full_name__startswith="Marta").values_list("full_name", flat=True)
    ) == [
        "Marta Vale",
        "Marta Vane",
    ]


def test_acceptance_02_two_people_of_one_name_stay_two_until_somebody_says_otherwise(client):
    for _ in range(2):
        client.post("/people/new/", {"full_name": "Marta Vane"})

    assert Person.objects.filter(full_name="Marta Vane").count() == 2


def test_acceptance_02_two_people_may_share_a_short_name(client):
    for name in ("Nathaniel Ford", "Natasha Finch"):
        client.post("/people/new/", {"full_name": name, "other_names": "Nat"})

    assert OtherName.objects.filter(name="Nat").count() == 2


def test_acceptance_04_pronouns_are_kept_and_shown(client):
    person = PersonFactory(full_name="Kit Arden")
    client.post(f"{person.get_absolute_url()}details/", {"pronouns": "they/them"})

    assert "they/them" in client.get(person.get_absolute_url()).text
    assert "they/them" in client.get("/people/?show=everyone").text


def test_acceptance_06_a_seat_is_a_fact_about_the_post(client, group):
    person = PersonFactory(full_name="Kit Arden")
    client.post(
        f"{person.get_absolute_url()}places/new/", {"body": group.pk, "post": "co_chair", "seat": "lived"}
    )

    assert Appointment.objects.get(person=person).seat == "lived"
    assert "seat" not in {field.name for field in Person._meta.get_fields()}
    page = client.get("/bodies/allies-group/").text
    seats = page.partition('id="seats"')[2].partition("<section")[0]
    lived, learnt = seats.split("Learnt experience seat")
    assert "Kit Arden" in lived
    assert "This seat is empty" in learnt


def test_acceptance_06_the_seat_stays_with_the_post_when_the_person_leaves_it(client, group):
    place = AppointmentFactory(
        body=group, post="co_chair", seat="lived", person=PersonFactory(full_name="Kit Arden")
    )
    client.post(
        f"{place.person.get_absolute_url()}places/{place.pk}/end/", {"ends_month": "1", "ends_year": "2026"}
    )
    AppointmentFactory(body=group, post="member", person=place.person)

    page = client.get("/bodies/allies-group/").text
    seats = page.partition('id="seats"')[2].partition("<section")[0]
    assert seats.count("This seat is empty") == 2
    assert "Co-chair, lived experience seat" in page.partition('id="before"')[2]


def test_acceptance_06_a_member_has_no_seat(client, group):
    person = PersonFactory()

    answer = client.post(
        f"{person.get_absolute_url()}places/new/", {"body": group.pk, "post": "member", "seat": "lived"}
    )

    assert (answer.status_code, Appointment.objects.filter(person=person).exists()) == (422, False)


def test_acceptance_08_a_term_of_known_start_is_seen_coming(client, group):
    person = PersonFactory(full_name="Kit Arden")
    client.post(
        f"{person.get_absolute_url()}places/new/",
        {"body": group.pk, "post": "member", "starts_month": "4", "starts_year": "2023"},
    )

    terms = client.get("/bodies/allies-group/").text.partition('id="terms"')[2].partition("<section")[0]
    assert "Kit Arden" in terms
    assert "Three years in April 2026." in terms


def test_acceptance_08_an_unknown_start_is_first_seen_in_the_record_and_never_invented(client, group):
    place = AppointmentFactory(body=group, first_evidenced="2021-11-08")

    page = client.get("/bodies/allies-group/").text
    assert "First seen in the record on 8 November 2021: their start is not known." in page
    place.refresh_from_db()
    assert place.starts is None
    assert "First seen in the record on 8 November 2021" in client.get(place.person.get_absolute_url()).text


def test_acceptance_08_where_nothing_is_known_that_is_said(client, group):
    place = AppointmentFactory(body=group)

    assert "Start not known" in client.get(place.person.get_absolute_url()).text
    assert 'id="terms"' not in client.get("/bodies/allies-group/").text


def test_acceptance_34_a_project_holds_several_organisations_in_different_parts(client):
    project = ProjectFactory(name="Safer doors")
    sent = [
        ("Harbour Trust", "partner", "signed"),
        ("Lantern Fund", "funder", "none"),
        ("Quay Institute", "reviewer", "draft"),
    ]
    for name, part, agreement in sent:
        client.post(
            f"{project.get_absolute_url()}parts/new/",
            {"organisation": OrganisationFactory(name=name).pk, "part": part, "agreement": agreement},
        )

    page = client.get(project.get_absolute_url()).text
    for name, part, agreement in sent:
        row = page.partition(f">{name}</a>")[2].partition("</li>")[0]
        assert f", {part}" in row
        assert f"Agreement: {agreement}" in row


def test_acceptance_34_one_organisation_may_play_two_parts(client):
    project, organisation = ProjectFactory(), OrganisationFactory()
    for part in ("partner", "funder"):
        client.post(
            f"{project.get_absolute_url()}parts/new/",
            {"organisation": organisation.pk, "part": part, "agreement": "none"},
        )

    assert sorted(project.participations.values_list("part", flat=True)) == ["funder", "partner"]


def test_acceptance_35_a_working_group_belongs_to_the_group_that_made_it(client, group):
    client.post(
        "/bodies/new/",
        {
            "name": "Equity lens working group",
            "kind": "working_group",
            "purpose": "Looks at our work with an equity lens.",
            "parent": group.pk,
            "term_years": "3",
            "interests_asked_every": "12",
        },
    )

    made = Body.objects.get(name="Equity lens working group")
    assert made.parent == group
    assert "Equity lens working group" in client.get("/bodies/allies-group/").text
    assert "Looks at our work with an equity lens." in client.get(made.get_absolute_url()).text


def test_acceptance_35_other_bodies_and_workstreams_stand_beside_it(client, group):
    client.post(
        "/bodies/new/",
        {"name": "Community board", "kind": "group", "term_years": "2", "interests_asked_every": "12"},
    )
    client.post("/projects/new/", {"name": "Workstream on pay", "summary": "How we pay people."})

    assert Body.objects.get(name="Community board").parent is None
    assert "Community board" in client.get("/bodies/").text
    assert "Workstream on pay" in client.get("/projects/").text
