"""A meeting from its agenda to notes that agree: by keyboard alone, on a phone by touch, and without a script."""

import re
from datetime import date
from typing import Any

import pytest

from actions.models import Action, Update
from allies.models import Body
from meetings.models import Attendance, Decision, InterestsState, ItemKind, Meeting, Presence, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    MeetingFactory,
    PersonFactory,
)
from tests.journeys.notes.desk import saved, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TALK = "Bel shared how the plan came about."
ACTION = "ACTION: Bel to read the plan aloud by 31 March 2026"
DECISION = "AGREED: the plan is kept"


@pytest.fixture
def meeting(group: Body, today: date) -> Meeting:
    """A meeting of today that is planned: two items, two members, one action from before."""
    bel, grace = (PersonFactory(full_name=name) for name in ("Bel Marsh", "Grace Holt"))
    for person in (bel, grace):
        AppointmentFactory(person=person, body=group)
    meeting = MeetingFactory(body=group, date=today, stage=Stage.PLANNED)
    AgendaItemFactory(meeting=meeting, position=1, title="Actions from before", kind=ItemKind.ACTIONS)
    AgendaItemFactory(meeting=meeting, position=2, title="Our plan", kind=ItemKind.DISCUSSION)
    action = ActionFactory(body=group, text="Book the hall", agreed_on=date(2025, 11, 4))
    AssignmentFactory(action=action, person=grace)
    return meeting


def is_taken(meeting: Meeting) -> None:
    """The record holds what was said, and nothing is left to settle."""
    meeting.refresh_from_db()
    assert meeting.stage == Stage.DRAFT
    assert meeting.interests_state == InterestsState.NONE_DECLARED
    assert dict(Attendance.objects.filter(meeting=meeting).values_list("person__full_name", "presence")) == {
        "Bel Marsh": Presence.PRESENT,
        "Grace Holt": Presence.APOLOGIES,
    }
    assert Update.objects.get(action__text="Book the hall").status == "done"
    agreed = Action.objects.get(agreed_on=meeting.date)
    assert (agreed.text, agreed.deadline_date) == ("Read the plan aloud", "2026-03-31")
    assert [owner.person.full_name for owner in agreed.assignments.select_related("person")] == ["Bel Marsh"]
    assert Decision.objects.get().text == "The plan is kept"
    assert meeting.items.get(title="Our plan").notes == f"{TALK}\n{ACTION}\n{DECISION}"
    assert meeting.announced.filter(date="2026-06-02").count() == 1


def nothing_is_left(page: Any) -> None:
    page.get_by_text("Nothing is left to settle.").wait_for()


def row_of(page: Any, name: str) -> Any:
    return page.locator("#attendance li", has=page.get_by_text(name, exact=True))


def pressed(page: Any, name: str, words: str) -> None:
    """Wait until the list says so of somebody."""
    row_of(page, name).locator("[aria-pressed=true]", has_text=words).wait_for()


def test_by_keyboard_alone(workspace, team, meeting):
    page = workspace(team)
    key = page.keyboard.press

    def go_and_press(selector: str) -> None:
        tab_to(page, selector)
        key("Enter")

    go_and_press("form[action$='/notes/begin/'] button")
    page.get_by_role("link", name="Finish the notes").wait_for()
    for name, presence, words in (("Bel Marsh", "present", "Here"), ("Grace Holt", "apologies", "Apologies")):
        go_and_press(f"#{row_of(page, name).get_attribute('id')}-{presence}")
        pressed(page, name, words)
    go_and_press("#nobody-declared")
    page.locator("#interests-say", has_text="The notes say: “").wait_for()
    go_and_press("#carried .review-form [value=done]")
    page.locator("#carried").get_by_text("1 of 1 reviewed").wait_for()
    go_and_press(".notes-form__end a[href^='?item=2']")
    page.wait_for_url("**item=2#notes")
    page.keyboard.type(f"{TALK}\n{ACTION}\n{DECISION}")
    saved(page)
    recorded = page.locator("#picked-up")
    recorded.locator("[name=seen]").nth(1).wait_for(state="attached")
    for number in (1, 2):
        recorded.locator("[data-accept]").wait_for()
        key("Control+Enter")
        recorded.get_by_text(f"{number} recorded").wait_for()
    tab_to(page, "#next input[name$=date_day]")
    for words in ("2", "6", "2026", "11:00", "13:00"):
        page.keyboard.type(words)
        key("Tab")
    go_and_press("#next form button")
    page.locator("#next .next-meeting").wait_for()
    go_and_press("header a[href$='/settle/']")
    nothing_is_left(page)

    is_taken(meeting)


def test_on_a_phone_by_touch(workspace, team, meeting):
    page = workspace(team, width=390, height=844, options={"has_touch": True, "is_mobile": True})
    page.get_by_role("button", name="Begin the notes").tap()
    page.get_by_role("link", name="Finish the notes").wait_for()
    for name, words in (("Bel Marsh", "Here"), ("Grace Holt", "Apologies")):
        row_of(page, name).get_by_role("button", name=words).tap()
        pressed(page, name, words)
    page.locator("#nobody-declared").tap()
    page.locator("#interests-say", has_text="The notes say: “").wait_for()
    page.locator("#carried .review-form [value=done]").tap()
    page.locator("#carried").get_by_text("1 of 1 reviewed").wait_for()
    page.locator(".notes-form__end a[href^='?item=2']").tap()
    page.wait_for_url("**item=2*")
    page.locator("#notes").tap()
    page.keyboard.type(f"{TALK}\n{ACTION}\n{DECISION}")
    saved(page)
    picked_up = page.locator("#picked-up")
    picked_up.locator("[name=seen]").nth(1).wait_for(state="attached")
    for number in (1, 2):
        picked_up.locator("[data-accept]").tap()
        picked_up.get_by_text(f"{number} recorded").wait_for()
    say_next(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Finish the notes").tap()
    nothing_is_left(page)

    is_taken(meeting)


def test_without_a_script(workspace, team, meeting):
    page = workspace(team, options={"java_script_enabled": False})
    page.get_by_role("button", name="Begin the notes").click()
    for name, words in (("Bel Marsh", "Here"), ("Grace Holt", "Apologies")):
        row_of(page, name).get_by_role("button", name=words).click()
        pressed(page, name, words)
    page.locator("#nobody-declared").click()
    page.locator("#interests-say", has_text="The notes say: “").wait_for()
    page.locator("#carried .review-form [value=done]").click()
    page.locator("#carried").get_by_text("1 of 1 reviewed").wait_for()
    page.locator(".notes-form__end a[href^='?item=2']").click()
    page.wait_for_url("**item=2*")
    page.locator("#notes").fill(f"{TALK}\n{ACTION}\n{DECISION}")
    page.get_by_role("button", name="Save the notes").click()
    picked_up = page.locator("#picked-up")
    for number in (1, 2):
        picked_up.get_by_role("button", name=re.compile("^(Accept|Record it)")).first.click()
        picked_up.get_by_text(f"{number} recorded").wait_for()
    say_next(page)
    page.get_by_role("link", name="Finish the notes").click()
    nothing_is_left(page)

    is_taken(meeting)


def say_next(page: Any) -> None:
    """The second of June, from eleven to one."""
    section = page.locator("#next")
    for label, words in (
        ("Day", "2"),
        ("Month", "6"),
        ("Year", "2026"),
        ("Starts at", "11:00"),
        ("Ends at", "13:00"),
    ):
        section.get_by_label(label).fill(words)
    section.get_by_role("button", name="Save the next meeting").click()
    section.locator(".next-meeting").wait_for()
