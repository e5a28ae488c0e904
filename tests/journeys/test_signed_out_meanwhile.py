"""What somebody typed goes through although their sign-in ended before they sent it."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from playwright.sync_api import expect

from actions.models import Action
from risks.models import Concern
from tests.barriers import barriers
from tests.journeys.conftest import SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Two people told me that they were not paid for their time."


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (390, False)], ids=["with JavaScript", "without"]
)
def test_a_concern_is_sent_after_signing_in_again(record, browse, width, javascript):
    ally = record.accounts["ally"]
    page = browse(ally, "/concerns/new/", width=width, java_script_enabled=javascript)
    page.locator("main textarea").first.fill(WORDS)
    page.locator("main select").first.select_option(index=1)
    Session.objects.all().delete()
    page.locator("main form").get_by_role("button").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    page.get_by_text(WORDS).wait_for()
    assert page.evaluate(SIDEWAYS) == 0
    if javascript:
        assert barriers(page) == []
    _sign_in_beside(page, ally)
    page.get_by_role("button", name="I have signed in: go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Send what you typed?")
    page.get_by_text(f"You are signed in as {ally.person}").wait_for()
    assert not Concern.objects.filter(raiser__words=WORDS).exists()
    if javascript:
        assert barriers(page) == []
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text(WORDS).first.wait_for()
    assert Concern.objects.get(raiser__words=WORDS).raiser.person == ally.person


def test_an_update_that_a_script_sends_is_not_lost_either(record, browse):
    ally = record.accounts["ally"]
    action = Action.objects.get(pk=record.objects["actions", "own"]["pk"])
    page = browse(ally)
    card = page.locator(f"#card-{action.pk}")
    card.locator("summary").click()
    card.get_by_label("How is it going?").select_option("waiting")
    card.get_by_label("What has changed?").fill("The office answers on Friday.")
    Session.objects.all().delete()
    card.get_by_role("button", name="Save update").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page).to_have_title(re.compile("You were signed out"))
    _sign_in_beside(page, ally)
    page.get_by_role("button", name="I have signed in: go on").click()
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text("“The office answers on Friday.”").first.wait_for()
    action.refresh_from_db()
    assert (action.status, action.status_reason) == ("waiting", "The office answers on Friday.")


def _sign_in_beside(page, account) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    beside = opened.value
    beside.get_by_label("Email").fill(account.email)
    beside.get_by_role("button", name="Send me a code").click()
    beside.get_by_label("Code").wait_for()
    code = re.search(r"\d{3}-\d{3}", mail.outbox[-1].body).group()
    beside.get_by_label("Code").fill(code)
    beside.get_by_role("button", name="Sign in", exact=True).click()
    beside.get_by_role("heading", name="Before the next meeting").wait_for()
    beside.close()
