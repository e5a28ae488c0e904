"""Looking around as one of the example people: in a demonstration, and never otherwise."""

import pytest

from allies.models import Account, Post, Seat
from tests.factories import AccountFactory, AppointmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
DEMO = "/demo/sign-in/"


def signed_in_as(client) -> Account | None:
    return Account.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.mark.parametrize(
    ("role", "post"),
    [
        ("team", Post.CORE_TEAM),
        ("team", Post.LEAD),
        ("ally", Post.MEMBER),
        ("chair", Post.CHAIR),
        ("chair", Post.CO_CHAIR),
    ],
)
def test_a_role_is_the_first_person_who_holds_it_today(client, today, role, post):
    AppointmentFactory(post=post, ends="2024")
    holder = AppointmentFactory(post=post).person
    AppointmentFactory(post=post)

    assert client.post(DEMO, {"role": role})["Location"] == "/"
    assert signed_in_as(client).person == holder


def test_those_with_an_account_come_first(client, ally):
    PersonFactory(pk=ally.person.pk + 100)

    client.post(DEMO, {"role": "ally"})

    assert signed_in_as(client) == ally


def test_an_ally_is_somebody_who_is_no_more_than_that(client, group, account_of):
    chair = account_of(group, Post.CO_CHAIR, seat=Seat.LIVED)
    AppointmentFactory(person=chair.person, body=group)
    ally = account_of(group)

    client.post(DEMO, {"role": "ally"})

    assert signed_in_as(client) == ally


def test_a_person_is_signed_in_by_id_and_gets_an_account(client):
    person = PersonFactory(email="wren@example.org")

    answer = client.post(DEMO, {"person": person.pk, "next": "/account/"})

    assert answer["Location"] == "/account/"
    assert signed_in_as(client).email == "wren@example.org"


@pytest.mark.parametrize(
    "sent", [{}, {"role": "king"}, {"person": "99999"}, {"person": "x"}, {"role": "team"}]
)
def test_nobody_meant_is_not_found(client, sent):
    assert client.post(DEMO, sent).status_code == 404


def test_a_closed_account_is_not_opened(client):
    account = AccountFactory(is_active=False)

    assert client.post(DEMO, {"person": account.person.pk}).status_code == 404


def test_somebody_else_s_site_is_never_gone_back_to(client, ally):
    assert client.post(DEMO, {"role": "ally", "next": "https://evil.example/"})["Location"] == "/"


def test_a_link_does_not_sign_anybody_in(client, ally):
    assert client.get(DEMO, {"role": "ally"}).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_a_demonstration_there_is_no_such_page(client, ally, settings, method):
    settings.ALLIES_DEMO = False

    assert getattr(client, method)(DEMO, {"role": "ally"}).status_code == 404
    assert signed_in_as(client) is None
    assert "Look around as somebody" not in client.get("/sign-in/").text


def test_the_sign_in_page_offers_one_button_for_each_role(client, ally, team, chair):
    page = client.get("/sign-in/").text

    assert [page.count(f'name="role" value="{role}"') for role in ("ally", "team", "chair")] == [1, 1, 1]
    assert f"{chair.person.full_name}, a chair" in page
