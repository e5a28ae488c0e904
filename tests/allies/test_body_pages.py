"""What the pages about groups show: who sits, whose term is coming up, which seat is empty."""

import pytest

from allies.models import (
    Body,
    Person,
)
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def names_in(page: str) -> set[str]:
    return {person.full_name for person in Person.objects.all() if person.full_name in page}


def test_a_group_s_page_shows_who_is_on_it_now_and_who_was(today, signed_in, ally, group):
    AppointmentFactory(person=PersonFactory(full_name="Ada Now"), body=group, starts="2025-03")
    AppointmentFactory(
        person=PersonFactory(full_name="Bel Before"), body=group, starts="2020", ends="2023-05"
    )
    AppointmentFactory(person=PersonFactory(full_name="Cary Coming"), body=group, starts="2026-06")

    page = signed_in(ally).get("/bodies/allies-group/").text
    now, coming, before = (page.find(name) for name in ("Ada Now", "Cary Coming", "Bel Before"))

    assert page.find('id="now"') < now < page.find('id="coming"') < coming < page.find('id="before"') < before
    assert "Since March 2025" in page
    assert "2020 to May 2023" in page


def test_an_empty_co_chair_seat_is_said(today, signed_in, chair, group):
    page = signed_in(chair).get("/bodies/allies-group/").text

    assert page.count("This seat is empty") == 1
    lived, learnt = page.find("Lived experience seat"), page.find("Learnt experience seat")
    assert lived < learnt < page.find("This seat is empty")


def test_a_group_without_co_chairs_says_nothing_of_seats(today, signed_in, team, core_team):
    assert "seat" not in signed_in(team).get("/bodies/core-team/").text.partition("<main")[2]


def test_terms_coming_up_are_shown_and_a_start_is_never_invented(today, signed_in, ally, group):
    for name, values in {
        "Ada Soon": {"starts": "2023-05"},
        "Bel Long": {"starts": "2021"},
        "Cary Fresh": {"starts": "2025"},
        "Dov Seen": {"first_evidenced": "2021-11-08"},
        "Esi Seen Lately": {"first_evidenced": "2025-11-19"},
    }.items():
        AppointmentFactory(person=PersonFactory(full_name=name), body=group, **values)

    page = signed_in(ally).get("/bodies/allies-group/").text
    terms = page.partition('id="terms"')[2].partition("<section")[0]

    assert names_in(terms) == {"Ada Soon", "Bel Long", "Dov Seen"}
    assert "Coming up to three years" in page
    assert "Three years in May 2026." in terms
    assert "Three years in 2024." in terms
    assert "First seen in the record on 8 November 2021: their start is not known." in terms
    assert terms.count("Over three years") == 2


def test_the_core_team_makes_a_working_group_of_the_group(today, signed_in, team, group):
    answer = signed_in(team).post(
        "/bodies/new/",
        {
            "name": "Equity lens group",
            "kind": "working_group",
            "parent": group.pk,
            "term_years": "1",
            "interests_asked_every": "12",
        },
    )

    added = Body.objects.get(slug="equity-lens-group")
    assert answer["Location"] == "/bodies/equity-lens-group/"
    assert (added.parent, added.kind, added.term_years) == (group, "working_group", 1)
    assert "Equity lens group" in signed_in(team).get("/bodies/allies-group/").text


def test_two_groups_of_one_name_have_two_addresses(today, signed_in, team):
    for _ in range(2):
        signed_in(team).post(
            "/bodies/new/", {"name": "New", "kind": "group", "term_years": "3", "interests_asked_every": "12"}
        )

    assert sorted(Body.objects.filter(name="New").values_list("slug", flat=True)) == ["new-2", "new-3"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"parent": "below"}, "is Allies Group or part of it"),
        ({"kind": "core_team"}, "There is a core team already."),
        ({"term_years": "x"}, "Give a whole number, such as 3"),
    ],
)
def test_a_group_that_cannot_stand_is_explained(today, signed_in, team, group, sent, said):
    below = BodyFactory(parent=group)
    sent = {**sent, "parent": below.pk} if sent.get("parent") else sent

    answer = signed_in(team).post(
        "/bodies/allies-group/edit/",
        {"name": "Allies Group", "kind": "group", "term_years": "3", "interests_asked_every": "12", **sent},
    )

    assert answer.status_code == 422
    assert said in answer.text
