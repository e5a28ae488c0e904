"""Two people, or two tabs, in one item: nobody's words vanish."""

import pytest

from meetings.models import Revision
from tests.journeys.notes.desk import (
    is_kept,
    notes_box,
    notes_of,
    nothing_waits,
    saved,
    saves_held,
    type_at_end,
    type_at_start,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_people_on_different_lines_keep_all_of_them(workspace, team, second_team, item):
    first, second = workspace(team), workspace(second_team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second.reload()
    type_at_start(second, "Above ")
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
    type_at_start(second, "Above ")
    saved(second)
    with saves_held(first) as one_is_on_its_way:
        type_at_end(first, " one")
        one_is_on_its_way()
        type_at_end(first, " two")
        type_at_end(first, " three")
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
    until(second, Revision.objects.filter(notes="The idea of the second, and more").exists)

    second.locator("#conflict [data-both]").click()
    second.wait_for_url("**/both/**")
    shown = second.locator("main").inner_text()
    assert "The plan of the first" in shown
    assert "The idea of the second, and more" in shown
    second.get_by_role("button", name="Keep both").click()
    until(second, lambda: "The idea of the second, and more" in notes_of(item))
    assert "The plan of the first" in notes_of(item)


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
    nothing_waits(first)


def test_two_tabs_without_a_line_keep_the_words_of_both(workspace, team, item):
    first = workspace(team)
    type_at_end(first, "Top\n\nMiddle\n\nBottom")
    saved(first)
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    type_at_end(first, " of the first")
    type_at_start(second, "Second: ")
    is_kept(first, "Bottom of the first")
    is_kept(first, "Second: Top")
    first.context.set_offline(False)
    saved(first)
    saved(second)

    assert notes_of(item) == "Second: Top\n\nMiddle\n\nBottom of the first"
    nothing_waits(first)
