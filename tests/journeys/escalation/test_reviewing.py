"""The chairs review what waits: both agree, both differ, one stands aside, a limit is missed, a case returns."""

import re
from datetime import date

import pytest

from allies.models import Account, Post, Seat
from risks.models import Case, CaseResponse
from risks.scheme import Level
from risks.services.cases import open_by_hand
from risks.services.deciding import Decided
from risks.services.turning_keys import agree_substitutes, give_key
from tests.barriers import barriers
from tests.factories import ProjectFactory
from tests.journeys.conftest import SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chairs(transactional_db, today, account_of, group) -> list[Account]:
    return [account_of(group, Post.CO_CHAIR, seat=seat) for seat in (Seat.LIVED, Seat.LEARNT)]


@pytest.fixture
def case(chairs, group, team) -> Case:
    return open_by_hand(by=team, body=group, about=ProjectFactory(name="Safer Starts"), because="Worried.")


class Presses:
    """Counts every press and tap of somebody, whatever they press; words that are typed are not counted."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0

    def on(self, place) -> None:
        """Press there: a link, a button, a choice."""
        self.count += 1
        place.click()


def decide(browse, account: Account, answer: str, why: str, **options) -> int:
    """Decide as somebody who has just come to the first page; gives how many presses it took beside the words."""
    page = browse(account, "/", **options)
    press = Presses(page)
    press.on(page.get_by_role("link", name=re.compile("^See what waits")))
    press.on(page.get_by_role("link", name="Safer Starts").first)
    press.on(page.get_by_text(answer, exact=True).first)
    why_field = page.get_by_label("Why", exact=True)
    press.on(why_field)
    why_field.press_sequentially(why)
    press.on(page.get_by_role("button", name="Record my decision"))
    page.get_by_text(why).first.wait_for()
    return press.count


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (390, False)], ids=["wide", "no script"])
def test_a_chair_new_to_it_decides_in_at_most_six_presses(case, chairs, browse, width, javascript):
    options = {"width": width, "java_script_enabled": javascript}
    presses = [decide(browse, chair, "Pause", f"Reason {one}", **options) for one, chair in enumerate(chairs)]
    case.refresh_from_db()
    assert (case.closed_on, presses) == (date(2026, 2, 3), [5, 5])
    assert max(presses) <= 6


def test_both_differ_and_it_goes_to_the_allies(case, chairs, browse):
    decide(browse, chairs[0], "Pause", "We need time.")
    decide(browse, chairs[1], "Written terms", "Terms would do.")
    case.refresh_from_db()
    assert (case.level, case.closed_on) == (Level.ALLIES, None)


def test_a_chair_stands_aside_and_a_substitute_decides(case, chairs, browse, ally, group, team):
    agree_substitutes(
        by=team, body=group, people=[ally.person], agreed_on=date(2026, 2, 3), until=date(2027, 2, 2)
    )
    page = browse(chairs[0], case.get_absolute_url())
    page.get_by_role("link", name="I have an interest: stand aside").first.click()
    page.get_by_role("button", name="Stand aside").click()
    page = browse(chairs[1], case.get_absolute_url())
    page.get_by_role("link", name="Name a substitute").click()
    page.get_by_label(ally.person.full_name).check()
    page.get_by_role("button", name="Name them").click()
    for account in (ally, chairs[1]):
        page = browse(account, case.get_absolute_url())
        page.get_by_text("Talk and learn together", exact=True).first.click()
        page.get_by_label("Why", exact=True).fill("Let us talk.")
        page.get_by_role("button", name="Record my decision").click()
        page.get_by_text("Let us talk.").first.wait_for()
    case.refresh_from_db()
    assert case.decisions.get().response == CaseResponse.TALK


def test_a_limit_is_missed_over_a_bank_holiday_and_an_acceptance_comes_back(
    case, chairs, browse, settings, ally
):
    until = date(2026, 3, 31)
    for chair in chairs:
        give_key(by=chair, case=case, decided=Decided(CaseResponse.ACCEPT, "For now", until))
    # It is back on Wednesday 1 April; Good Friday and Easter Monday do not count.
    settings.ALLIES_TODAY = date(2026, 4, 2)
    give_key(by=chairs[0], case=case, decided=Decided(CaseResponse.PAUSE, "Now"))
    settings.ALLIES_TODAY = date(2026, 4, 13)
    page = browse(ally, "/")
    page.get_by_role("link", name=re.compile("^See the escalation review")).click()
    page.get_by_text("1 working day late: the Allies have been told").wait_for()
    case.refresh_from_db()
    assert (case.level, case.limit_on, case.closed_on) == (Level.CHAIRS, date(2026, 4, 10), None)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_stands_in_the_way_on_any_width(case, chairs, browse, width, tmp_path):
    page = browse(chairs[0], "/escalations/", width=width)
    found = []
    addresses = ("/escalations/", case.get_absolute_url(), "/escalations/settings/", "/escalations/new/")
    for address in (*addresses, "/escalations/report/"):
        page.goto(address)
        results = barriers(page)
        found += [(address, one) for one in results]
        found += [(address, "sideways")] if page.evaluate(SIDEWAYS) else []
        page.screenshot(path=tmp_path / f"{address.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    assert found == []
