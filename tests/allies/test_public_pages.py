"""Pages for everybody: whether the record answers, accessibility, privacy."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.urls import reverse


@pytest.mark.django_db
def test_healthz_answers_ok_in_plain_text_and_starts_no_session(client):
    answer = client.get("/healthz")
    assert [answer.status_code, answer.content, answer["Content-Type"], answer.cookies] == [
        200,
        b"ok",
        "text/plain; charset=utf-8",
        {},
    ]


@pytest.mark.django_db
def test_healthz_asks_the_database_once_and_is_never_kept(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_healthz_says_when_the_database_does_not_answer(client):
    def broken(execute, sql, params, many, context):
        raise OperationalError("the disk is gone")

    with connection.execute_wrapper(broken):
        answer = client.get("/healthz")
    assert [answer.status_code, answer.content] == [503, b"The database does not answer."]


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.django_db
def test_the_statements_are_for_everybody_and_ask_the_database_nothing(
    client, django_assert_num_queries, name
):
    with django_assert_num_queries(0):
        page = client.get(reverse(name))
    assert page.status_code == 200


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.django_db
def test_the_statements_say_whom_to_write_to(client, settings, name):
    settings.ALLIES_SITE = {**settings.ALLIES_SITE, "help_email": "help@example.org"}
    assert b'<a href="mailto:help@example.org">help@example.org</a>' in client.get(reverse(name)).content


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.django_db
def test_without_an_address_they_say_that_there_is_none(client, settings, name):
    settings.ALLIES_SITE = {**settings.ALLIES_SITE, "help_email": ""}
    assert b"has not yet given an address to write to" in client.get(reverse(name)).content


@pytest.mark.django_db
def test_the_cookies_that_privacy_names_are_all_there_are(signed_in, ally):
    client = signed_in(ally)
    client.get(reverse("home"))
    client.get(reverse("account_logout"))
    words = client.get(reverse("privacy")).content.decode()
    assert sorted(client.cookies) == [settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME]
    assert [words.count(f'scope="row">{name}<') for name in client.cookies] == [1, 1]


def test_how_long_one_stays_signed_in_is_what_privacy_says():
    assert settings.SESSION_COOKIE_AGE == 30 * 24 * 60 * 60
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == 10 * 60
