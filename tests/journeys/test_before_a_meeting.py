"""An Ally before the February meeting: signs in with a code, updates an action, sends apologies."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from actions.models import Action
from meetings.models import Answer, Attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("width", "javascript"),
    [(1280, True), (390, True), (1280, False), (390, False)],
    ids=["wide", "narrow", "wide without JavaScript", "narrow without JavaScript"],
)
def test_an_ally_signs_in_updates_an_action_and_sends_apologies(record, browse, width, javascript):
    ally = record.accounts["ally"]
    page = browse(None, width=width, java_script_enabled=javascript)
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill(ally.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(_code_sent_to(ally.email))
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Before the next meeting"
    assert "0 of 1 updated" not in page.locator("main").inner_text()

    action = Action.objects.get(pk=record.objects["actions", "own"]["pk"])
    card = page.locator(f"#card-{action.pk}")
    card.locator("summary").click()
    card.get_by_label("How is it going?").select_option("waiting")
    card.get_by_label("What has changed?").fill("The office answers on Friday.")
    card.get_by_role("button", name="Save update").click()
    card.get_by_text("“The office answers on Friday.”").wait_for()
    action.refresh_from_db()
    assert (action.status, action.status_reason) == ("waiting", "The office answers on Friday.")
    assert page.evaluate("location.pathname") == "/" if javascript else page.url.split("#")[0].endswith("/")

    page.get_by_role("button", name="Send apologies").click()
    page.locator("[aria-pressed=true]", has_text="Send apologies").wait_for()
    page.get_by_text("Done. You sent apologies.").wait_for()
    mine = Attendance.objects.get(person=ally.person, meeting_id=record.objects["meetings", ""]["pk"])
    assert mine.answer == Answer.APOLOGIES


def test_a_reason_that_is_missing_is_asked_for_and_what_was_typed_stays(record, browse):
    page = browse(record.accounts["ally"])
    card = page.locator(f"#card-{record.objects['actions', 'own']['pk']}")
    card.locator("summary").click()
    card.get_by_label("How is it going?").select_option("let_go")
    card.get_by_role("button", name="Save update").click()
    card.get_by_role("link", name="Say why: the reason goes in the record").wait_for()
    assert card.get_by_label("How is it going?").input_value() == "let_go"
    expect(card.locator(".errors")).to_be_focused()


def _code_sent_to(address: str) -> str:
    [sent] = [one for one in mail.outbox if one.to == [address]]
    return re.search(r"^\s*([\w-]{6,9})\s*$", sent.body, re.MULTILINE)[1]
