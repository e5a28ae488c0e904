"""The core team proposes another scheme, the group decides, and the team says by which decision it is in force."""

from datetime import date

import pytest

from risks.models import SchemeVersion
from tests.barriers import barriers
from tests.factories import MeetingFactory, SchemeVersionFactory
from tests.journeys.conftest import SIDEWAYS
from tests.journeys.test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scheme(transactional_db, today, group, team) -> SchemeVersion:
    return SchemeVersionFactory(body=group, version=1)


def test_with_the_keyboard_alone(scheme, group, team, browse):
    meeting = MeetingFactory(body=group, date=date(2026, 1, 20))
    page = browse(team, "/risks/scheme/")
    tab_to(page, "Propose a change")
    page.keyboard.press("Enter")
    page.get_by_label("Why should it change?").wait_for()
    tab_to(page, "why")
    page.keyboard.type("Three days are enough.")
    tab_to(page, "Time limits")
    page.keyboard.press("Enter")
    tab_to(page, "chairs_working_days")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    tab_to(page, "Propose it")
    page.keyboard.press("Enter")
    page.get_by_text("Working days that the chairs have").wait_for()

    page.goto(f"/meetings/{meeting.pk}/decisions/add/")
    tab_to(page, "text")
    page.keyboard.type("The chairs have three days.")
    tab_to(page, "kind")
    page.keyboard.press("Space")
    tab_to(page, "Record it")
    page.keyboard.press("Enter")
    page.get_by_text("The chairs have three days.").first.wait_for()

    page.goto("/risks/scheme/")
    tab_to(page, "The group adopted it")
    page.keyboard.press("Enter")
    page.get_by_text("By which decision of the group?").wait_for()
    tab_to(page, "decision")
    page.keyboard.press("Space")
    tab_to(page, "Put it in force")
    page.keyboard.press("Enter")
    page.get_by_text("Adopted by the group on").wait_for()
    version = SchemeVersion.objects.get(version=2)
    assert (version.adopted_on, version.scheme.chairs_working_days) == (date(2026, 1, 20), 3)


@pytest.mark.parametrize("width", [1280, 390])
def test_without_javascript_and_with_a_mistake_on_the_way(scheme, group, team, browse, width):
    meeting = MeetingFactory(body=group, date=date(2026, 1, 20))
    page = browse(team, "/risks/scheme/", width=width, java_script_enabled=False)
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("Say why it should change").first.wait_for()
    page.get_by_label("Why should it change?").fill("15 is rare.")
    page.get_by_label("The worst band begins at").fill("16")
    page.get_by_role("button", name="Propose it").click()

    page.goto(f"/meetings/{meeting.pk}/decisions/add/")
    page.locator("[name=text]").fill("We begin at 16.")
    page.locator("[name=kind][value=decision]").check()
    page.get_by_role("button", name="Record it").click()
    page.goto("/risks/scheme/")
    page.get_by_role("link", name="The group adopted it").click()
    page.get_by_label("We begin at 16. (Tuesday 20 January 2026)").check()
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_text("Version 2, in force since 20 January 2026.").wait_for()
    assert SchemeVersion.objects.get(version=2).scheme.red_from == 16


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_stands_in_the_way_on_any_width(scheme, team, browse, width):
    proposed = SchemeVersionFactory(body=scheme.body, version=2, adopted_on=None)
    page = browse(team, "/risks/scheme/", width=width)
    found = []
    for address in ("/risks/scheme/", "/risks/scheme/propose/", f"/risks/scheme/{proposed.pk}/adopt/"):
        page.goto(address)
        found += [(address, one) for one in barriers(page)]
        found += [(address, "sideways")] if page.evaluate(SIDEWAYS) else []
    assert found == []
