"""The answers that docs/decisions/0010-saving-notes.md promises to a browser, with a script and without."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Revision
from meetings.services.minutes import save_notes

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def address(meeting, item) -> str:
    return reverse("meetings:save_notes", args=[meeting.pk, item.pk])


def test_a_save_is_answered_with_the_version_and_the_time(client, team, address, item, reload):
    client.force_login(team)
    answer = client.post(
        address, {"notes": "One\r\nTwo", "base": 0, "save_id": uuid4(), "account": team.pk}, **JSON
    )
    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["version"], len(told["saved_at"])) == ("saved", 1, 5)
    assert reload(item).notes == "One\nTwo"


def test_lines_of_two_are_answered_with_both(client, team, chair, address, item):
    save_notes(by=chair, item=item, notes="One\nTwo\nThree", base=0)
    save_notes(by=chair, item=item, notes="One, hers\nTwo\nThree", base=1)
    client.force_login(team)
    told = client.post(address, {"notes": "One\nTwo\nThree, his", "base": 1}, **JSON).json()
    assert told["outcome"] == "merged"
    assert (told["notes"], told["merged_from"], told["version"]) == ("One, hers\nTwo\nThree, his", 3, 4)


def test_a_conflict_is_answered_with_theirs_and_with_the_page_of_both(
    client, team, chair, address, item, meeting
):
    save_notes(by=chair, item=item, notes="One", base=0)
    save_notes(by=chair, item=item, notes="One, hers", base=1)
    client.force_login(team)
    answer = client.post(address, {"notes": "One, his", "base": 1}, **JSON)
    assert answer.status_code == 409
    told = answer.json()
    assert (told["outcome"], told["notes"], told["by"]) == ("conflict", "One, hers", str(chair))
    assert told["both"] == reverse("meetings:both_versions", args=[meeting.pk, item.pk, told["kept"]])
    page = client.get(told["both"])
    assert page.status_code == 200
    assert "Two versions" in page.content.decode()


@pytest.mark.parametrize(
    ("keep", "notes"),
    [
        ("mine", "One, his"),
        ("theirs", "One, hers"),
        ("both", "One, his\nOne, hers"),
        ("edit", "Put together"),
    ],
)
def test_the_second_of_two_keeps_either_or_both(client, team, chair, item, meeting, reload, keep, notes):
    save_notes(by=chair, item=item, notes="One", base=0)
    save_notes(by=chair, item=item, notes="One, hers", base=1)
    kept = save_notes(by=team, item=item, notes="One, his", base=1)
    client.force_login(team)
    page = reverse("meetings:both_versions", args=[meeting.pk, item.pk, kept.kept])
    answer = client.post(page, {"keep": keep, "notes": "Put together", "base": 2})
    assert answer.status_code == 302
    assert reload(item).notes == notes


def test_without_a_script_a_save_goes_back_to_the_item(client, team, address, meeting):
    client.force_login(team)
    answer = client.post(address, {"notes": "One", "base": 0})
    assert answer.url == reverse("meetings:workspace", args=[meeting.pk]) + "?item=1#notes"


def test_a_lapsed_sign_in_gives_the_words_back(client, address, item):
    answer = client.post(address, {"notes": "One <b>", "base": 0}, **JSON)
    assert (answer.status_code, answer.json()["outcome"]) == (401, "signed_out")
    page = client.post(address, {"notes": "One <b>", "base": 0, "account": "7"})
    assert page.status_code == 401
    assert "One &lt;b&gt;</textarea>" in page.content.decode()
    assert Revision.objects.count() == 0


def test_words_of_one_account_are_not_sent_as_another(client, team, chair, address):
    client.force_login(chair)
    answer = client.post(address, {"notes": "One", "base": 0, "account": team.pk}, **JSON)
    assert (answer.status_code, answer.json()["outcome"]) == (403, "somebody_else")
    assert Revision.objects.count() == 0


def test_somebody_who_may_not_write_is_refused_and_keeps_the_words(client, ally, address):
    client.force_login(ally)
    answer = client.post(address, {"notes": "One", "base": 0}, **JSON)
    assert (answer.status_code, answer.json()["outcome"]) == (403, "refused")
    assert "One</textarea>" in client.post(address, {"notes": "One", "base": 0}).content.decode()


def test_the_note_taker_of_the_meeting_may_save(client, note_taker, address):
    client.force_login(note_taker)
    assert client.post(address, {"notes": "One", "base": 0}, **JSON).json()["outcome"] == "saved"


def test_a_token_of_an_earlier_sign_in_gives_the_words_back(team, address, meeting, item, reload):
    client = Client(enforce_csrf_checks=True)
    client.force_login(team)
    answer = client.post(address, {"notes": "One", "base": 0}, **JSON)
    assert (answer.status_code, answer.json()["outcome"]) == (403, "stale_page")
    told = client.get(reverse("meetings:who", args=[meeting.pk]), **JSON).json()
    assert (told["account"], told["version"]) == (team.pk, {str(item.pk): 0})
    again = client.post(address, {"notes": "One", "base": 0, "csrfmiddlewaretoken": told["token"]}, **JSON)
    assert again.json()["outcome"] == "saved"
    assert reload(item).notes == "One"


def test_an_item_that_is_gone_and_a_save_that_cannot_be_read_say_so(client, team, meeting, address):
    client.force_login(team)
    gone = client.post(
        reverse("meetings:save_notes", args=[meeting.pk, 999]), {"notes": "One", "base": 0}, **JSON
    )
    assert (gone.status_code, gone.json()["outcome"]) == (404, "gone")
    wrong = client.post(address, {"notes": "One", "base": "two"}, **JSON)
    assert (wrong.status_code, wrong.json()["outcome"]) == (422, "wrong")


def test_who_tells_a_lapsed_sign_in_and_refuses_a_reader(client, ally, meeting):
    address = reverse("meetings:who", args=[meeting.pk])
    assert client.get(address).status_code == 401
    client.force_login(ally)
    assert client.get(address).status_code == 403


def test_revisions_are_seen_compared_and_brought_back(client, team, item, meeting, reload):
    save_notes(by=team, item=item, notes="The first words", base=0)
    save_notes(by=team, item=item, notes="Other words", base=1)
    client.force_login(team)
    address = reverse("meetings:revisions", args=[meeting.pk, item.pk])
    assert "The first words" in client.get(address + "?see=1").content.decode()
    assert "Version 1 beside version 2" in client.get(address + "?left=1&right=2").content.decode()
    client.post(reverse("meetings:bring_back", args=[meeting.pk, item.pk, 1]))
    assert reload(item).notes == "The first words"
