"""The page before a meeting: one's own actions, and everything outstanding."""

from datetime import date

import pytest
from django.urls import reverse

from meetings.models.lists import carried_into
from meetings.models.outstanding import outstanding_before
from tests.factories import ActionFactory, AssignmentFactory, BodyFactory, MentionFactory, UpdateFactory
from tests.meetings.home.reading import FEBRUARY, NOVEMBER, part, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# ---- Actions


def test_ones_own_actions_are_those_one_leads_or_supports_in_any_group(read, ally, february):
    below = BodyFactory(parent=february.body)
    AssignmentFactory(action=ActionFactory(body=february.body, text="Lead this"), person=ally.person)
    AssignmentFactory(
        action=ActionFactory(body=below, text="Support that"), person=ally.person, role="support"
    )
    AssignmentFactory(
        action=ActionFactory(body=february.body, text="Everybody’s"),
        person=None,
        body=february.body,
        as_written="All Allies",
    )
    mine = part(read(ally), "Your actions", "Everything outstanding")
    assert ["Lead this" in mine, "Support that" in mine, "Everybody’s" in mine] == [True, True, False]
    assert mine.count("Update this action") == 2


def test_what_is_done_is_not_ones_own_to_do(read, ally, february):
    action = ActionFactory(body=february.body, text="Done long ago", status="done", closed_on=NOVEMBER)
    AssignmentFactory(action=action, person=ally.person)
    assert "Nothing is waiting for you." in read(ally)


def test_a_card_says_what_was_last_said(read, ally, february, called):
    action = ActionFactory(body=february.body)
    AssignmentFactory(action=action, person=ally.person)
    UpdateFactory(action=action, note="First.", on=date(2025, 12, 1), by=called("Kit Sorensen"))
    UpdateFactory(action=action, note="Four people so far.", on=date(2026, 1, 26), by=called("Bel Marsh"))
    assert "Bel Marsh, 26 January 2026: “Four people so far.”" in read(ally)


def test_what_is_outstanding_stands_in_groups(read, ally, february):
    old = date(2025, 3, 4)
    ActionFactory(body=february.body, agreed_on=old, text="Late one", due_on=date(2026, 1, 31))
    ActionFactory(body=february.body, agreed_on=old, text="Carried one", times_carried=3)
    ActionFactory(body=february.body, agreed_on=NOVEMBER, text="Due one", due_on=FEBRUARY)
    ActionFactory(body=february.body, agreed_on=date(2021, 11, 8), text="Silent one", stands=False)
    ActionFactory(body=february.body, agreed_on=NOVEMBER, text="Dateless one")
    ActionFactory(body=february.body, agreed_on=NOVEMBER, text="Later one", due_on=date(2026, 6, 1))
    page = read(ally)
    page = page[page.index("Everything outstanding") :]
    assert "6 actions carried into this meeting." in page
    order = [
        "Overdue 1 action",
        "Late one",
        "Carried three times or more 1 action. Set a new date, find another owner, or let it go and say why.",
        "Carried one",
        "For this meeting 1 action",
        "Due one",
        "Not confirmed, from old notes 1 action. No later notes speak of these",
        "Silent one",
        "No date 1 action",
        "Dateless one",
        "Later 1 action",
        "Later one",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_outstanding_is_exactly_what_is_carried_into_the_meeting(ally, group, february):
    ActionFactory(body=group, agreed_on=NOVEMBER)
    ActionFactory(body=group, agreed_on=date(2026, 3, 1))
    ActionFactory(body=group, agreed_on=NOVEMBER, status="done", closed_on=date(2026, 1, 5))
    UpdateFactory(action=ActionFactory(body=group), status="done", on=date(2025, 6, 1))
    ActionFactory(body=BodyFactory(parent=group))
    ActionFactory(body=group, agreed_on=None, first_seen_on=date(2021, 11, 8), stands=False)
    found = outstanding_before(february, ally, date(2026, 2, 3))
    shown = {action.pk for actions in found.groups.values() for action in actions}
    carried = {action.pk for action in carried_into(february, ally)}
    assert shown == carried
    assert found.count == len(carried)


def test_one_that_the_last_notes_speak_of_is_not_silent(ally, group, november, february):
    action = ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False, text="Spoken of")
    MentionFactory(meeting=november, action=action, place="carried")
    found = outstanding_before(february, ally, date(2026, 2, 3))
    assert {group: [one.text for one in some] for group, some in found.groups.items()} == {
        "no_date": ["Spoken of"]
    }


def test_the_core_team_can_close_the_silent_ones_together_from_here(signed_in, team, group, february):
    some = [ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False) for _ in range(3)]
    client = signed_in(team)
    html = client.get("/").content.decode()
    assert [html.count(f'name="action" value="{one.pk}"') for one in some] == [1, 1, 1]
    told = client.post(
        reverse("actions:together"),
        {
            "action": [one.pk for one in some],
            "reason": "Nobody remembers them.",
            "do": "let_go",
            "next": "/",
        },
    )
    assert [told.status_code, told.url] == [303, "/"]
    assert "Nothing is outstanding." in words(client.get("/").content.decode())


def test_an_ally_has_no_boxes_to_close_them_with(signed_in, ally, group, february):
    one = ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False)
    assert f'name="action" value="{one.pk}"' not in signed_in(ally).get("/").content.decode()


def test_of_a_long_group_the_first_show_with_the_way_to_the_others(signed_in, ally, group, february):
    for _ in range(28):
        ActionFactory(body=group, agreed_on=date(2025, 3, 4), due_on=date(2026, 1, 5))
    html = signed_in(ally).get("/").content.decode()
    assert html.count('id="row-') == 25
    assert f'<a href="{reverse("actions:list")}?overdue=on">See the other 3' in html


def test_actions_of_a_group_one_may_not_read_are_not_here(read, ally, february):
    elsewhere = BodyFactory(name="Another group")
    ActionFactory(body=elsewhere, text="Not for these eyes", due_on=date(2026, 1, 5))
    assert "Not for these eyes" not in read(ally)
