"""A form that comes after its sign-in ended is given back, to its own sender alone."""

import pytest
from django.test import Client

from allies.models import Interest
from tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/concerns/new/"
TYPED = {"words": "They were not paid.", "about": "1"}
FROM_HERE = {"origin": "http://testserver"}


@pytest.fixture
def account():
    return AccountFactory(person=PersonFactory(full_name="Wren Ashdown"))


def test_what_was_typed_stands_in_the_page_and_in_its_form(client):
    page = client.post(f"{ADDRESS}?from=mail", TYPED, headers=FROM_HERE)

    assert page.status_code == 403
    assert page.context["address"] == f"{ADDRESS}?from=mail"
    assert page.context["fields"] == list(TYPED.items())
    assert page.context["typed"] == ["They were not paid."]
    assert "no-store" in page["Cache-Control"]
    assert "csrfmiddlewaretoken" not in dict(page.context["fields"])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"referer": "https://testserver.example/"},
    ],
)
def test_what_another_site_sends_is_not_given_back(client, headers):
    assert client.post(ADDRESS, TYPED, headers=headers)["Location"].startswith("/sign-in/?next=/")


def test_a_press_with_nothing_typed_leads_to_the_sign_in_page(client):
    assert client.post(ADDRESS, {}, headers=FROM_HERE)["Location"] == "/sign-in/?next=/"


def test_under_htmx_it_takes_the_place_of_the_whole_page(client):
    page = client.post(ADDRESS, TYPED, headers=FROM_HERE | {"HX-Request": "true"})

    assert (page.status_code, page["HX-Retarget"], page["HX-Reswap"]) == (409, "body", "innerHTML")


@pytest.mark.parametrize(
    ("headers", "given_back"), [(FROM_HERE, True), ({"origin": "https://elsewhere.example"}, False)]
)
def test_a_token_of_an_earlier_sign_in_asks_in_whose_name(account, headers, given_back):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    page = client.post("/interests/new/", TYPED, headers=headers)

    assert page.status_code == 403
    assert ("You are signed in as Wren Ashdown" in page.content.decode()) is given_back
    assert ("They were not paid." in page.content.decode()) is given_back
    assert not Interest.objects.exists()


def test_a_press_with_a_token_of_an_earlier_sign_in_says_nothing_of_sending(account):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    page = client.post("/sign-out/", headers=FROM_HERE)

    assert page.status_code == 403
    assert "This form was open for too long" in page.content.decode()


def test_an_origin_that_is_no_address_is_refused_and_breaks_nothing():
    page = Client(enforce_csrf_checks=True).post(ADDRESS, TYPED, headers={"origin": "http://["})

    assert page.status_code == 403


def test_what_somebody_typed_and_may_not_send_can_be_copied(account):
    client = Client()
    client.force_login(account)
    page = client.post("/people/new/", {"full_name": "Bel Marsh of the hall"}, headers=FROM_HERE)

    assert page.status_code == 403
    assert "Bel Marsh of the hall" in page.content.decode()


def test_the_sign_in_page_itself_asks_for_no_more_than_to_be_loaded_again():
    page = Client(enforce_csrf_checks=True).post(
        "/sign-in/", {"email": "wren@example.org"}, headers=FROM_HERE
    )

    assert page.status_code == 403
    assert "This form was open for too long" in page.content.decode()


def test_a_file_has_to_be_chosen_once_more(client, tmp_path):
    (tmp_path / "paper.txt").write_text("A paper")
    with (tmp_path / "paper.txt").open("rb") as file:
        page = client.post(ADDRESS, TYPED | {"file": file}, headers=FROM_HERE)

    assert "you will have to choose it once more" in page.content.decode()
    assert page.context["fields"] == list(TYPED.items())
