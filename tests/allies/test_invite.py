"""Giving accounts: from the command line, and from a person's page."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from allies.models import Account, Appointment, Body, Person, Post
from tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db


def invite(capsys, *words: str) -> str:
    call_command("invite", *words)
    return capsys.readouterr().out


# ---- invite EMAIL


def test_the_first_account_comes_with_its_person_and_the_two_bodies(today, capsys):
    said = invite(capsys, "Wren@Example.org", "--name", "Wren Ashdown", "--team")

    account = Account.objects.get()
    assert (account.email, account.person.full_name) == ("wren@example.org", "Wren Ashdown")
    assert sorted(Body.objects.values_list("slug", "kind", "co_chaired")) == [
        ("allies-group", "group", True),
        ("core-team", "core_team", False),
    ]
    place = Appointment.objects.get()
    assert (place.person, place.post, place.starts, place.first_evidenced) == (
        account.person,
        Post.CORE_TEAM,
        None,
        today,
    )
    assert said.splitlines() == [
        "Wren Ashdown can now sign in with wren@example.org.",
        "Open the sign-in page, at /sign-in/, and give that address: a code comes by email.",
    ]


def test_asking_twice_changes_nothing(today, capsys):
    for _ in range(2):
        invite(capsys, "wren@example.org", "--name", "Wren Ashdown", "--team")

    assert [model.objects.count() for model in (Account, Person, Appointment, Body)] == [1, 1, 1, 2]


def test_without_a_group_it_says_what_to_do_next(capsys):
    assert "Add --team for the core team" in invite(capsys, "wren@example.org", "--name", "Wren Ashdown")


def test_somebody_in_the_record_is_found_by_their_address(capsys):
    person = PersonFactory(email="wren@example.org")

    invite(capsys, "wren@example.org")

    assert Account.objects.get().person == person


def test_somebody_in_the_record_is_found_by_exactly_their_full_name(capsys):
    person = PersonFactory(full_name="Wren Ashdown")
    PersonFactory(full_name="Wren Ashdowne")

    invite(capsys, "wren@example.org", "--name", "wren  ashdown")

    account = Account.objects.get()
    assert (account.person, account.person.email) == (person, "wren@example.org")
    assert person.history.count() == 2


def test_a_closed_account_is_opened_again(capsys):
    account = AccountFactory(email="wren@example.org", is_active=False)

    invite(capsys, "wren@example.org")

    account.refresh_from_db()
    assert account.is_active is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["wren"], "'wren' is not an email address. Write it as ada@example.org."),
        (["wren@example.org"], 'Say whose address wren@example.org is: add --name "Full Name".'),
        (
            ["wren@example.org", "--name", "Two Same"],
            "2 people in the record could be meant. Sign in as the core team and invite from that person's page.",
        ),
        (
            ["wren@example.org", "--name", "Has One"],
            "Has One already signs in with another address. The core team can change it on their page.",
        ),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_nothing_is_written(words, said):
    PersonFactory(full_name="Two Same")
    PersonFactory(full_name="Two Same")
    AccountFactory(person=PersonFactory(full_name="Has One"))

    with pytest.raises(CommandError) as refused:
        call_command("invite", *words)

    assert str(refused.value) == said
    assert (Account.objects.count(), Person.objects.count(), Body.objects.count()) == (1, 3, 0)


# ---- From a person's page


def test_the_core_team_invites_somebody_who_gets_a_mail_with_the_way_in(signed_in, team):
    person = PersonFactory(full_name="Wren Ashdown", email="wren@example.org")

    answer = signed_in(team).post(f"/people/{person.pk}/invite/", follow=True)

    assert "Wren Ashdown is invited: we wrote to wren@example.org how to sign in." in answer.text
    (written,) = mail.outbox
    assert (written.to, written.subject) == (
        ["wren@example.org"],
        "You are invited to the record of the Allies Group",
    )
    assert f"{team.person.full_name} invites you" in written.body
    assert "http://testserver/sign-in/" in written.body


def test_somebody_without_an_address_cannot_be_invited_and_the_page_says_why(signed_in, team):
    person = PersonFactory(full_name="Wren Ashdown")
    client = signed_in(team)

    answer = client.post(f"/people/{person.pk}/invite/", follow=True)

    assert "Enter an email address for Wren Ashdown first." in answer.text
    assert Account.objects.filter(person=person).exists() is False


def test_an_address_that_signs_in_somebody_else_is_not_given_twice(signed_in, team):
    person = PersonFactory(email=team.email.upper())

    answer = signed_in(team).post(f"/people/{person.pk}/invite/", follow=True)

    assert "already signs in somebody else" in answer.text


def test_a_mail_that_cannot_be_sent_is_said_and_the_account_is_there(signed_in, team, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.allies.test_sign_in.NoLine"}}
    person = PersonFactory(email="wren@example.org")

    answer = signed_in(team).post(f"/people/{person.pk}/invite/", follow=True)

    assert "the mail to wren@example.org could not be sent" in answer.text
    assert Account.objects.filter(person=person).exists() is True


def test_closing_an_account_ends_its_sign_ins_and_it_can_be_opened_again(client, team):
    from django.test import Client

    account = AccountFactory(email="wren@example.org", person=PersonFactory(email="wren@example.org"))
    theirs = Client()
    theirs.force_login(account)
    client.force_login(team)

    client.post(f"/people/{account.person.pk}/close-account/")
    assert theirs.get("/account/").status_code == 302

    client.post(f"/people/{account.person.pk}/invite/")
    account.refresh_from_db()
    assert account.is_active is True
    assert theirs.get("/account/").status_code == 302


def test_nobody_closes_their_own_account(signed_in, team):
    answer = signed_in(team).post(f"/people/{team.person.pk}/close-account/")

    assert answer.status_code == 403
    assert "You cannot close your own account. Ask somebody else in the team." in answer.text


def test_an_account_follows_its_person_s_address(signed_in, team):
    account = AccountFactory(person=PersonFactory(full_name="Wren", email="old@example.org"))

    signed_in(team).post(
        f"/people/{account.person.pk}/edit/", {"full_name": "Wren", "email": "New@Example.org"}
    )

    account.refresh_from_db()
    assert account.email == "new@example.org"


def test_an_account_is_never_left_without_an_address(signed_in, team):
    account = AccountFactory(person=PersonFactory(full_name="Wren", email="old@example.org"))

    answer = signed_in(team).post(f"/people/{account.person.pk}/edit/", {"full_name": "Wren", "email": ""})

    assert answer.status_code == 422
    assert "Close the account before you empty it." in answer.text
