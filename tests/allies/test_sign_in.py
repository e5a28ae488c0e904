"""Signing in with a code that comes by email: closed, limited, and back to where one was."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"


def newest_code() -> str:
    return re.search(r"\d{3}-\d{3}", mail.outbox[-1].body).group()


def wrong_code() -> str:
    return "000-000" if newest_code() != "000-000" else "111-111"


@pytest.fixture
def account():
    return AccountFactory(email="wren@example.org", person=PersonFactory(full_name="Wren Ashdown"))


def test_somebody_signs_in_and_comes_back_to_the_page_they_asked_for(client, account):
    asked = client.get("/account/?from=mail")
    assert asked["Location"] == "/sign-in/?next=/account/%3Ffrom%3Dmail"

    to_code = client.post(asked["Location"], {"email": "Wren@Example.org "})
    assert to_code["Location"] == "/sign-in/code/?next=%2Faccount%2F%3Ffrom%3Dmail"
    back = client.post(to_code["Location"], {"code": newest_code()})

    assert back["Location"] == "/account/?from=mail"
    assert client.get(back["Location"]).status_code == 200
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 30


def test_the_mail_says_the_code_in_plain_words_and_how_long_it_works(client, account):
    client.post(SIGN_IN, {"email": account.email})

    (written,) = mail.outbox
    assert written.to == ["wren@example.org"]
    assert written.subject == f"Your code is {newest_code()}"
    assert "It works for ten minutes." in written.body


@pytest.mark.parametrize("typed", ["{0}{1}", " {0} {1} ", "{0}-{1}"])
def test_spaces_and_dashes_in_a_code_do_not_matter(client, account, typed):
    client.post(SIGN_IN, {"email": account.email})
    code = typed.format(*newest_code().split("-"))

    assert client.post(CODE, {"code": code})["Location"] == "/"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, account):
    known = client.post(SIGN_IN, {"email": account.email})
    page_for_known = client.get(known["Location"]).content.replace(b"wren@example.org", b"")
    client.session.flush()
    unknown = client.post(SIGN_IN, {"email": "who@example.org"})
    page_for_unknown = client.get(unknown["Location"]).content.replace(b"who@example.org", b"")

    def without_tokens(page: bytes) -> str:
        return re.sub(r'(value|nonce)="[^"]*"', "", page.decode())

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert without_tokens(page_for_known) == without_tokens(page_for_unknown)
    assert [written.to for written in mail.outbox] == [["wren@example.org"]]


def test_no_code_opens_an_unknown_address(client):
    client.post(SIGN_IN, {"email": "who@example.org"})

    for code in ("", "None", "000-000"):
        assert client.post(CODE, {"code": code}).status_code in {302, 422}
    assert "_auth_user_id" not in client.session


def test_nobody_can_sign_themselves_up(client):
    for path in ("/signup/", "/accounts/signup/", "/sign-up/", "/accounts/login/", "/password/reset/"):
        assert client.get(path).status_code == 404


def test_a_closed_account_gets_the_same_page_and_a_mail_that_says_so(client, account):
    account.is_active = False
    account.save()

    answer = client.post(SIGN_IN, {"email": account.email})

    assert answer["Location"] == CODE
    assert mail.outbox[0].subject == "Your account in the record of the Allies Group is closed"


def test_an_account_closed_while_its_code_was_on_the_way_is_refused_kindly(client, account):
    client.post(SIGN_IN, {"email": account.email})
    account.is_active = False
    account.save()

    answer = client.post(CODE, {"code": newest_code()}, follow=True)

    assert answer.redirect_chain == [("/sign-in/closed/", 302)]
    assert "The core team closed it" in answer.content.decode()


def test_a_sign_in_ends_at_once_when_the_account_is_closed(client, account):
    client.force_login(account)
    account.is_active = False
    account.save()

    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_a_wrong_code_says_so_and_the_third_ends_it_with_the_way_back_kept(client, account):
    client.post(SIGN_IN, {"email": account.email})
    address = f"{CODE}?next=/account/"
    for _ in range(2):
        answer = client.post(address, {"code": wrong_code()})
        assert answer.status_code == 422
        assert "This is not the code that we sent" in answer.content.decode()

    ended = client.post(address, {"code": wrong_code()})

    assert ended["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert "three codes that did not fit" in client.get(ended["Location"]).content.decode()
    assert client.post(address, {"code": newest_code()})["Location"] == "/sign-in/?next=%2Faccount%2F"


def test_a_code_works_for_ten_minutes_and_then_says_that_it_is_older(client, account, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    client.post(SIGN_IN, {"email": account.email})

    time_machine.move_to(start + timedelta(minutes=10, seconds=1), tick=False)
    late = client.post(f"{CODE}?next=/account/", {"code": newest_code()})

    assert late["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert "This code is older than ten minutes. We can send another." in client.get(late["Location"]).text


def test_a_code_still_works_in_its_last_second(client, account, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    client.post(SIGN_IN, {"email": account.email})

    time_machine.move_to(start + timedelta(minutes=9, seconds=59), tick=False)

    assert client.post(CODE, {"code": newest_code()})["Location"] == "/"


def test_a_second_code_can_be_asked_for_and_replaces_the_first(client, account):
    client.post(SIGN_IN, {"email": account.email})
    first = newest_code()
    client.post(SIGN_IN, {"email": account.email})

    if newest_code() != first:
        assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": newest_code()})["Location"] == "/"


@pytest.mark.parametrize("email", ["wren@example.org", "who@example.org"])
def test_too_many_codes_for_one_address_get_a_plain_sentence(client, account, email):
    for _ in range(3):
        assert client.post(SIGN_IN, {"email": email}).status_code == 302

    refused = client.post(SIGN_IN, {"email": email})

    assert refused.status_code == 422
    assert "That was many tries in a short time" in refused.content.decode()


def test_too_many_addresses_from_one_connection_get_a_plain_sentence(client):
    for number in range(20):
        assert client.post(SIGN_IN, {"email": f"who{number}@example.org"}).status_code == 302

    refused = client.post(SIGN_IN, {"email": "another@example.org"})

    assert refused.status_code == 422
    assert "That was many tries in a short time" in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Give your email address"), ("wren", "Give an email address such as ada@example.org")],
)
def test_what_is_no_address_is_explained_and_kept(client, typed, said):
    answer = client.post(SIGN_IN, {"email": typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_somebody_else_s_site_is_never_gone_back_to(client, account):
    client.post(f"{SIGN_IN}?next=https://evil.example/", {"email": account.email})

    assert client.post(f"{CODE}?next=https://evil.example/", {"code": newest_code()})["Location"] == "/"


def test_mail_that_cannot_be_sent_is_said_on_the_page(client, account, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.allies.test_sign_in.NoLine"}}

    answer = client.post(SIGN_IN, {"email": account.email})

    assert answer.status_code == 422
    assert "We could not send the mail just now" in answer.content.decode()


class NoLine:
    """A mail server that nobody answers at."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError


def test_signing_out_is_a_post_and_ends_the_sign_in(client, account):
    client.force_login(account)

    assert client.get("/sign-out/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_signing_out_everywhere_ends_the_sign_ins_on_other_machines_too(client, account, client_class):
    elsewhere = client_class()
    elsewhere.force_login(account)
    client.force_login(account)

    answer = client.post("/account/sign-out-everywhere/", follow=True)

    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "You are signed out on every computer and phone." in answer.content.decode()
    assert elsewhere.get("/account/")["Location"] == "/sign-in/?next=/account/"


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def test_an_expired_sign_in_under_htmx_goes_to_the_sign_in_page_and_back_to_the_same_page(client, account):
    under_htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/?part=2"}

    refused = client.post("/account/sign-out-everywhere/", headers=under_htmx)
    assert refused.status_code == 200
    assert refused["HX-Redirect"] == "/sign-in/?next=/account/%3Fpart%3D2"

    to_code = client.post(refused["HX-Redirect"], {"email": account.email})
    assert client.post(to_code["Location"], {"code": newest_code()})["Location"] == "/account/?part=2"


def test_a_form_sent_after_the_sign_in_ended_comes_back_to_the_page_it_was_on(client):
    refused = client.post("/account/sign-out-everywhere/", headers={"referer": "http://testserver/account/"})

    assert refused["Location"] == "/sign-in/?next=/account/"


def test_somebody_signed_in_is_sent_on(client, account):
    client.force_login(account)

    assert client.get(f"{SIGN_IN}?next=/account/")["Location"] == "/account/"
    assert client.get(f"{CODE}?next=/account/")["Location"] == "/account/"


def test_the_code_page_without_a_code_asked_for_leads_to_the_first_step(client):
    assert client.get(CODE)["Location"] == reverse("account_login")
    assert "older than ten minutes" not in client.get(SIGN_IN).text
