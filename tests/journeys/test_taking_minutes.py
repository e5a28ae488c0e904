"""Taking minutes in a real browser: words reach the record, whatever happens to the line, the server or the sign-in."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from actions.models import Action
from allies.models import Account, Post
from meetings.models import AgendaItem, Decision, Meeting, Revision
from tests.factories import AgendaItemFactory, MeetingFactory

# A browser, a server and a database share two processors: what one hiccup of the machine broke is tried again.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=3)]

ROOT = Path(__file__).resolve().parent.parent.parent
# What takes seconds at somebody's desk takes tenths of them here.
SOON = {"pause": 150, "longest": 1000, "retry": 200, "nap": 200}
HURRIED = """document.addEventListener("readystatechange", () => {
  const form = document.getElementById("notes-form");
  if (form) Object.assign(form.dataset, %s);
})"""

# Another page of ours took all the room there is.
FILL = """() => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try { for (let i = 0; i < 4; i++) localStorage[`filler${size}-${i}`] = "x".repeat(size); } catch { /* full */ }
  }
}"""


@pytest.fixture
def meeting(group) -> Meeting:
    """A meeting with two items and no notes yet."""
    meeting = MeetingFactory(body=group)
    AgendaItemFactory(meeting=meeting, position=0, title="Welcome")
    AgendaItemFactory(meeting=meeting, position=1, title="Co-chairing")
    return meeting


@pytest.fixture
def item(meeting) -> AgendaItem:
    return meeting.items.get(title="Welcome")


@pytest.fixture
def browser_of(chromium) -> Iterator[Callable[..., Any]]:
    """Open a browser of its own, with the script in a hurry; closed at the end of the test."""
    contexts = []

    def open_browser(**timings: int) -> Any:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        context.add_init_script(HURRIED % json.dumps(SOON | timings))
        contexts.append(context)
        return context

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def address(django_db_setup, live_server) -> str:
    """Where the server of the tests answers. It shares the tests' record, so that has to be there before it."""
    return live_server.url


@pytest.fixture
def workspace(browser_of, address, meeting) -> Callable[..., Any]:
    """Open the notes of the meeting as somebody, in a browser of their own."""

    def open_as(account: Account, item: int = 1, **timings: int) -> Any:
        context = browser_of(**timings)
        sign_in(context, address, account)
        page = context.new_page()
        page.goto(f"{address}/meetings/{meeting.pk}/notes/?item={item}")
        return page

    return open_as


@pytest.fixture
def second_team(account_of, core_team) -> Account:
    """Another note-taker."""
    return account_of(core_team, Post.CORE_TEAM)


def sign_in(context: Any, url: str, account: Account) -> None:
    """Give a browser the session of somebody, as if they had signed in, in another tab."""
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def notes_box(page: Any) -> Any:
    return page.get_by_label("Notes", exact=True)


def type_at_end(page: Any, words: str) -> None:
    notes_box(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def says(page: Any, words: str) -> None:
    """Wait until the place of "Saved 14:32" says so."""
    from playwright.sync_api import expect

    expect(page.locator("#saved")).to_have_text(re.compile(rf"^\s*{words}"), timeout=20_000)


def saved(page: Any) -> None:
    says(page, r"Saved \d\d:\d\d")


def kept_in(page: Any) -> dict[str, Any]:
    """What waits in the browser's own store, by its name."""
    return page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([name]) => name.startsWith('allies.notes.')))"
    )


def until(page: Any, is_so: Callable[[], bool]) -> None:
    """Wait until something is so. (The page allows no code in strings, so it cannot be asked to wait itself.)"""
    for _ in range(160):
        if is_so():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not come to be so.")


def is_kept(page: Any, words: str) -> None:
    until(page, lambda: any(words in kept for kept in kept_in(page).values()))


def notes_of(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.notes


# ---- While all is well


def test_what_is_typed_is_saved_without_a_press(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "Bel shared the plan.")
    saved(page)

    assert notes_of(item) == "Bel shared the plan."
    assert kept_in(page) == {}
    assert page.locator("#counts").inner_text() == "1 line, 4 words"


def test_typing_goes_on_during_a_save(workspace, team, item):
    page = workspace(team, pause=20)
    page.route("**/save/", lambda route: (page.wait_for_timeout(150), route.continue_()))
    for word in ["one ", "two ", "three ", "four ", "five"]:
        type_at_end(page, word)
        page.wait_for_timeout(60)
    saved(page)

    assert notes_box(page).input_value() == "one two three four five"
    assert notes_of(item) == "one two three four five"
    assert set(Revision.objects.values_list("outcome", flat=True)) == {"saved"}


def test_words_typed_before_the_script_came_are_saved_too(browser_of, address, team, meeting, item):
    context = browser_of()
    sign_in(context, address, team)
    page = context.new_page()
    held = []
    page.route("**/workspace*.js", lambda route: held.append(route))
    page.goto(f"{address}/meetings/{meeting.pk}/notes/", wait_until="commit")
    notes_box(page).fill("Typed at once.")
    assert len(held) == 1
    held[0].continue_()
    saved(page)

    assert notes_of(item) == "Typed at once."


def test_leaving_for_the_next_item_takes_the_words_along(workspace, team, item):
    page = workspace(team, pause=5000)
    type_at_end(page, "Just before leaving")
    page.goto(page.url.replace("item=1", "item=2"))
    until(page, lambda: kept_in(page) == {})

    assert notes_of(item) == "Just before leaving"
    assert Revision.objects.filter(item=item).count() == 1


# ---- The line drops


def test_words_typed_without_a_line_go_through_when_it_is_back(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "Before.")
    saved(page)
    page.context.set_offline(True)
    type_at_end(page, " During.")
    says(page, r"Not saved since \d\d:\d\d")
    page.get_by_text("The connection is lost. Keep typing.").first.wait_for()
    type_at_end(page, " Still.")
    is_kept(page, "Before. During. Still.")
    assert notes_of(item) == "Before."

    page.context.set_offline(False)
    saved(page)
    assert notes_of(item) == "Before. During. Still."
    assert not page.locator("#lost").is_visible()
    assert kept_in(page) == {}


def test_a_save_whose_answer_was_lost_counts_once(workspace, team, item):
    page = workspace(team)
    page.route("**/save/", lambda route: (route.fetch(), route.abort()), times=1)
    type_at_end(page, "Said once")
    says(page, "Not saved")
    type_at_end(page, " and gone on.")
    saved(page)

    assert notes_of(item) == "Said once and gone on."
    assert list(Revision.objects.order_by("number").values_list("notes", "outcome")) == [
        ("Said once", "saved"),
        ("Said once and gone on.", "saved"),
    ]


def test_a_page_loaded_anew_without_a_line_has_kept_the_words(workspace, team, item):
    page = workspace(team)
    page.context.set_offline(True)
    type_at_end(page, "Not to be lost")
    is_kept(page, "Not to be lost")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.reload()
    saved(page)

    assert notes_box(page).input_value() == "Not to be lost"
    assert notes_of(item) == "Not to be lost"
    assert kept_in(page) == {}


def test_words_of_an_item_go_through_from_the_page_of_another(workspace, team, item):
    page = workspace(team)
    address = page.url
    page.context.set_offline(True)
    type_at_end(page, "Of the first item")
    is_kept(page, "Of the first item")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(address.replace("item=1", "item=2"))
    until(page, lambda: kept_in(page) == {})

    assert notes_of(item) == "Of the first item"
    assert notes_box(page).input_value() == ""


def test_a_browser_without_room_says_so_and_goes_on_trying(workspace, team, item):
    page = workspace(team)
    page.evaluate(FILL)
    page.context.set_offline(True)
    type_at_end(page, "No room for me")
    page.locator("#lost").get_by_text("This browser has no room for your words").wait_for()
    page.context.set_offline(False)
    saved(page)

    assert notes_of(item) == "No room for me"


# ---- The sign-in lapses, or is somebody else's


def test_words_typed_after_the_sign_in_lapsed_go_through_after_the_next(workspace, address, team, item):
    page = workspace(team)
    Session.objects.all().delete()
    type_at_end(page, "Signed out without knowing")
    page.get_by_text("You were signed out. Keep typing.").first.wait_for()
    assert notes_of(item) == ""
    is_kept(page, "Signed out without knowing")

    sign_in(page.context, address, team)
    saved(page)
    assert notes_of(item) == "Signed out without knowing"
    assert Revision.objects.get(item=item).by == team


def test_words_are_never_sent_as_somebody_else(workspace, address, team, second_team, item):
    page = workspace(team)
    page.context.set_offline(True)
    type_at_end(page, "Mine alone")
    says(page, "Not saved")
    sign_in(page.context, address, second_team)
    page.context.set_offline(False)
    page.get_by_text("Somebody else is signed in now.").first.wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_text("Somebody else’s words wait in this browser.").wait_for()
    assert notes_box(other).input_value() == ""
    type_at_end(other, "The words of the second")
    saved(other)
    assert notes_of(item) == "The words of the second"
    assert list(Revision.objects.values_list("by", flat=True)) == [second_team.pk]
    is_kept(page, "Mine alone")
    other.close()

    sign_in(page.context, address, team)
    page.locator("#conflict").wait_for()
    assert Revision.objects.get(notes="Mine alone").by == team
    assert notes_of(item) == "The words of the second"


def test_a_page_that_wakes_notices_that_it_was_signed_out(workspace, team):
    page = workspace(team)
    Session.objects.all().delete()
    page.wait_for_timeout(250)
    page.evaluate("dispatchEvent(new Event('focus'))")

    page.get_by_text("You were signed out. Keep typing.").first.wait_for()


# ---- Signing out


def test_signing_out_leaves_no_words_behind(workspace, team, item):
    page = workspace(team, pause=5000)
    type_at_end(page, "One last line")
    is_kept(page, "One last line")
    press_sign_out(page)
    page.wait_for_url("**/sign-in/**")

    assert notes_of(item) == "One last line"
    assert kept_in(page) == {}


def test_signing_out_asks_before_it_loses_words(workspace, team, item):
    page = workspace(team)
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Not gone yet")
    says(page, "Not saved")
    press_sign_out(page)
    page.get_by_text("Some of your words are not saved yet.").wait_for()
    is_kept(page, "Not gone yet")
    page.get_by_role("button", name="Stay, and keep them").click()
    is_kept(page, "Not gone yet")
    press_sign_out(page)
    page.get_by_role("button", name="Sign out and lose them").click()
    page.wait_for_url("**/sign-in/**")

    assert kept_in(page) == {}
    assert notes_of(item) == ""


def test_signing_out_on_another_page_sees_to_the_words_first(workspace, address, team, item):
    page = workspace(team)
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Left behind")
    is_kept(page, "Left behind")
    page.goto(f"{address}/actions/")
    press_sign_out(page)
    page.get_by_text("Some of your words are not saved yet.").wait_for()
    assert notes_box(page).input_value() == "Left behind"
    page.unroute("**/save/")
    press_sign_out(page)
    page.wait_for_url("**/sign-in/**")

    assert kept_in(page) == {}
    assert notes_of(item) == "Left behind"


def press_sign_out(page: Any) -> None:
    button = page.get_by_role("button", name="Sign out", exact=True).first
    if not button.is_visible():
        page.locator("summary", has_text="Wren Ashdown").first.click()
    button.click()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_what_is_said_when_words_wait_has_no_barrier(workspace, team, width):
    page = workspace(team)
    page.set_viewport_size({"width": width, "height": 800})
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Waiting")
    says(page, "Not saved")
    page.evaluate("() => document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    page.get_by_text("Some of your words are not saved yet.").wait_for()

    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("#announce").inner_text().startswith("The connection is lost. Keep typing.")


# ---- Two people, and two tabs


def test_two_people_on_different_lines_keep_all_of_them(workspace, team, second_team, item):
    first, second = workspace(team), workspace(second_team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second.reload()
    notes_box(second).focus()
    second.keyboard.press("Control+Home")
    second.keyboard.type("Above ")
    saved(second)
    type_at_end(first, " and below")
    until(first, lambda: notes_box(first).input_value().startswith("Above Top"))
    saved(first)
    type_at_end(first, ".")
    saved(first)

    assert notes_of(item) == "Above Top\n\nMiddle\n\nBottom and below."


def test_the_caret_stays_among_its_words_when_lines_of_another_arrive(workspace, team, second_team, item):
    first, second = workspace(team), workspace(second_team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second.reload()
    type_at_end(second, "\nand a last line")
    saved(second)
    notes_box(first).evaluate("box => { box.focus(); box.setSelectionRange(3, 3); }")
    first.keyboard.type("per")
    until(first, lambda: notes_box(first).input_value().endswith("last line"))
    first.keyboard.type("!")
    saved(first)

    assert notes_of(item) == "Topper!\n\nMiddle\n\nBottom\nand a last line"


def test_typing_on_while_two_versions_are_joined_takes_no_line_out(workspace, team, second_team, item):
    first, second = workspace(team, pause=20), workspace(second_team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second.reload()
    notes_box(second).focus()
    second.keyboard.press("Control+Home")
    second.keyboard.type("Above ")
    saved(second)
    first.route("**/save/", lambda route: (first.wait_for_timeout(200), route.continue_()))
    for word in [" one", " two", " three"]:
        type_at_end(first, word)
        first.wait_for_timeout(100)
    until(first, lambda: notes_box(first).input_value().startswith("Above Top"))
    saved(first)

    assert notes_box(first).input_value() == "Above Top\n\nMiddle\n\nBottom one two three"
    assert notes_of(item) == "Above Top\n\nMiddle\n\nBottom one two three"


def test_two_people_on_one_line_both_find_their_words_again(workspace, team, second_team, item):
    first, second = workspace(team), workspace(second_team)
    type_at_end(first, "The plan of the first")
    saved(first)
    type_at_end(second, "The idea of the second")
    second.locator("#conflict").wait_for()
    assert notes_box(second).input_value() == "The idea of the second"
    assert notes_of(item) == "The plan of the first"
    type_at_end(second, ", and more")
    second.wait_for_timeout(400)

    second.locator("#conflict [data-both]").click()
    second.wait_for_url("**/both/**")
    shown = second.locator("main").inner_text()
    assert "The plan of the first" in shown
    assert "The idea of the second, and more" in shown
    second.get_by_role("button", name="Keep both").click()
    assert "The plan of the first" in notes_of(item)
    assert "The idea of the second, and more" in notes_of(item)


def test_two_tabs_of_one_person_do_not_quarrel(workspace, team, item):
    first = workspace(team)
    second = first.context.new_page()
    second.goto(first.url)
    type_at_end(first, "From the first tab")
    saved(first)
    until(second, lambda: notes_box(second).input_value() == "From the first tab")
    type_at_end(second, ", then from the second")
    saved(second)
    until(first, lambda: notes_box(first).input_value().endswith("from the second"))

    assert notes_of(item) == "From the first tab, then from the second"
    assert set(Revision.objects.values_list("outcome", flat=True)) == {"saved"}
    assert kept_in(first) == {}


def test_two_tabs_without_a_line_keep_the_words_of_both(workspace, team, item):
    first = workspace(team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    type_at_end(first, " of the first")
    notes_box(second).focus()
    second.keyboard.press("Control+Home")
    second.keyboard.type("Second: ")
    is_kept(first, "Bottom of the first")
    is_kept(first, "Second: Top")
    first.context.set_offline(False)
    saved(first)
    saved(second)

    assert notes_of(item) == "Second: Top\n\nMiddle\n\nBottom of the first"
    assert kept_in(first) == {}


# ---- The server dies


PREPARE = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.conf import settings
from django.test import Client
from allies.models import Post
from tests.factories import AccountFactory, AgendaItemFactory, AppointmentFactory, CoreTeamFactory, MeetingFactory
account = AccountFactory()
AppointmentFactory(person=account.person, body=CoreTeamFactory(), post=Post.CORE_TEAM)
item = AgendaItemFactory(meeting=MeetingFactory())
client = Client()
client.force_login(account)
print(json.dumps({"session": client.cookies[settings.SESSION_COOKIE_NAME].value, "meeting": item.meeting_id}))
"""


class OwnServer:
    """The application as a process of its own, with a record of its own in a folder, to be killed at any moment."""

    def __init__(self, folder: Path) -> None:
        unset = {"DATABASE_URL", "ALLIES_TODAY", "ALLOWED_HOSTS"}
        self.environment = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment |= {
            "ALLIES_DATA": str(folder),
            "ALLIES_STATIC": str(folder),
            "DJANGO_SETTINGS_MODULE": "allies.settings",
            "PYTHONPATH": str(ROOT),
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE], env=self.environment, cwd=ROOT, capture_output=True, check=True
        )
        self.facts = json.loads(prepared.stdout)

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, **quiet)

    def wait(self, page: Any) -> None:
        def answers() -> bool:
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", self.port)) == 0

        until(page, answers)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def own_server(tmp_path) -> Iterator[OwnServer]:
    server = OwnServer(tmp_path)
    yield server
    server.kill()


def test_words_typed_while_the_server_was_dead_are_there_when_it_lives_again(browser_of, own_server):
    context = browser_of()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": own_server.facts["session"], "url": own_server.url}]
    )
    page = context.new_page()
    own_server.start()
    own_server.wait(page)
    page.goto(f"{own_server.url}/meetings/{own_server.facts['meeting']}/notes/")
    type_at_end(page, "While it lived.")
    saved(page)
    own_server.kill()
    type_at_end(page, " While it was dead.")
    says(page, r"Not saved since \d\d:\d\d")
    own_server.start()
    own_server.wait(page)
    saved(page)
    page.reload()

    assert notes_box(page).input_value() == "While it lived. While it was dead."


# ---- The keyboard alone, and what is picked up beside


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {selector}.")


def test_an_item_is_taken_by_keyboard_alone(workspace, team, item, today):
    page = workspace(team)
    tab_to(page, "#notes")
    page.keyboard.type(
        "Bel shared the plan.\nACTION: All Allies to read the plan, ongoing\nDECISION: the plan is kept"
    )
    page.locator("#picked-up [data-accept]").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("1 to answer, 1 recorded").wait_for()
    page.locator("#picked-up [data-accept]", has_text="Record it").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Nothing to answer, 2 recorded").wait_for()
    page.wait_for_function("() => document.activeElement.id === 'notes'")
    tab_to(page, ".notes-form__end a[href='?item=2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**item=2")
    tab_to(page, "#notes")
    page.keyboard.type("And the next.")
    page.keyboard.press("Control+Enter")
    saved(page)

    assert Action.objects.get().text == "Read the plan"
    assert Decision.objects.get().text == "The plan is kept"
    assert notes_of(item.meeting.items.get(title="Co-chairing")) == "And the next."


def test_what_is_picked_up_leaves_a_field_alone_that_somebody_is_in(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "ACTION: All Allies to read the plan, ongoing")
    page.locator("#picked-up [data-accept]").wait_for()
    page.locator("#picked-up .pick__change summary").click()
    what = page.locator("#picked-up").get_by_label("What is to be done")
    what.focus()
    AgendaItem.objects.filter(pk=item.pk).update(notes="")
    with page.expect_response("**/picked-up/"):
        page.evaluate("() => document.body.dispatchEvent(new CustomEvent('notes-saved'))")
    what.press_sequentially("Still mine. ")
    assert what.input_value().startswith("Still mine. ")
    assert what.evaluate("field => field === document.activeElement")
