"""Before leaving: each thing that does not agree, with its remedies one press away; nothing blocks."""

import re
from datetime import date

import pytest
from django.urls import reverse

from actions.deadlines import Deadline, DeadlineKind
from actions.models import Action
from actions.services import Owner, agree
from meetings.models import Decision, Settled
from tests.factories import ActionFactory, AttendanceFactory


@pytest.fixture
def bel(called, meeting):
    person = called("Bel Marsh")
    AttendanceFactory(meeting=meeting, person=person)
    return person


@pytest.fixture
def leaving(client, team, meeting):
    """The page as the core team sees it."""
    client.force_login(team)
    return lambda: client.get(reverse("meetings:before_leaving", args=[meeting.pk])).content.decode()


@pytest.fixture
def settle(client, team, meeting, leaving):
    """Press the remedy of the only thing that does not agree."""

    def press(remedy: str):
        keys = set(re.findall(r'name="key" value="([^"]+)"', leaving()))
        assert len(keys) == 1
        address = reverse("meetings:before_leaving", args=[meeting.pk])
        return client.post(address, {"key": keys.pop(), "remedy": remedy})

    return press


@pytest.fixture
def agreed(team, meeting, bel):
    """An action that the meeting agreed, in its list."""

    def write(text: str, deadline: Deadline | None = None) -> Action:
        return agree(
            by=team,
            body=meeting.body,
            text=text,
            agreed_on=meeting.date,
            deadline=deadline,
            owners=[Owner("Bel Marsh", person=bel)],
        )

    return write


MARCH = Deadline("31 March 2026", DeadlineKind.DATE, "2026-03-31")
READY = "The notes are ready to go out"


def test_notes_that_agree_are_ready(leaving, item):
    assert READY in leaving()


def test_a_line_without_an_action_becomes_one(typed, settle, leaving, bel):
    typed("ACTION: Bel to book the hall")
    assert "Only in the notes" in leaving()
    settle("make_an_action")
    assert Action.objects.get().text == "Book the hall"
    assert READY in leaving()


def test_that_is_right_is_an_answer_and_can_be_taken_back(typed, settle, leaving, client, meeting, bel):
    typed("ACTION: Bel to book the hall")
    settle("that_is_right")
    assert READY in leaving()
    assert Action.objects.count() == 0
    client.post(reverse("meetings:ask_again", args=[meeting.pk, Settled.objects.get().pk]))
    assert "Only in the notes" in leaving()


def test_an_ambiguous_owner_leads_to_the_line(typed, settle, called, meeting, item):
    called("Grace Holt"), called("Grace Ilori")
    (mention,) = typed("ACTION: Grace to send the names")
    answer = settle("make_an_action")
    assert answer.url == reverse("meetings:workspace", args=[meeting.pk]) + f"?item=1#line-{mention.pk}"
    assert Action.objects.count() == 0


def test_a_line_is_linked_to_the_action_it_speaks_of(typed, client, meeting, leaving, agreed, reload):
    action = agreed("Book the hall for the June meeting")
    (mention,) = typed("ACTION: Bel Marsh to book the hall for the June meeting")
    page = leaving()
    keys = re.findall(r'name="key" value="(only_in_notes[^"]+)"', page)
    assert f'value="link:{action.pk}"' in page
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    client.post(address, {"key": keys[0], "remedy": f"link:{action.pk}"})
    assert reload(mention).action == action
    assert READY in leaving()


def test_an_action_without_a_line_gets_one(settle, leaving, agreed, item, reload):
    action = agreed("Book the hall", MARCH)
    assert "Only in the list" in leaving()
    settle("add_a_line")
    assert reload(item).notes == "ACTION: Bel Marsh: Book the hall (31 March 2026)"
    assert item.mentions.get().action == action
    assert READY in leaving()


@pytest.fixture
def two_deadlines(typed, agreed, reload):
    action = agreed("Book the hall", MARCH)
    (mention,) = typed("ACTION: Bel Marsh to book the hall by 30 June 2026")
    mention.action, mention.answered = action, mention.text
    mention.save()
    return action


def test_the_action_takes_the_deadline_of_the_notes(two_deadlines, settle, leaving, reload):
    assert "Two deadlines" in leaving()
    settle("change_the_action")
    assert reload(two_deadlines).deadline_date == "2026-06-30"
    assert READY in leaving()


def test_the_notes_take_the_deadline_of_the_list(two_deadlines, settle, leaving, item, reload):
    settle("change_the_notes")
    assert "31 March 2026" in reload(item).notes
    assert item.mentions.get().action == two_deadlines
    assert READY in leaving()


def test_a_decision_only_in_the_notes_is_recorded(typed, settle, leaving):
    typed("AGREED: we meet in June")
    settle("record_the_decision")
    assert Decision.objects.get().text == "We meet in June"
    assert READY in leaving()


def test_a_carried_action_without_a_word_leads_to_its_review(settle, group, meeting, item):
    action = ActionFactory(body=group, agreed_on=date(2025, 11, 19))
    answer = settle("review")
    assert answer.url == reverse("meetings:workspace", args=[meeting.pk]) + f"?item=1#action-{action.pk}"


def test_one_press_leaves_all_of_which_nothing_was_said(client, team, leaving, group, meeting, typed):
    typed("AGREED: we meet in June")
    ActionFactory.create_batch(3, body=group, agreed_on=date(2025, 11, 19))
    assert "Leave all 3 as not reviewed" in leaving()
    client.force_login(team)
    client.post(reverse("meetings:before_leaving", args=[meeting.pk]), {"remedy": "leave_unreviewed"})
    page = leaving()
    assert ("Nothing was said of" in page, "A decision only in the notes" in page) == (False, True)
    assert Settled.objects.filter(meeting=meeting).count() == 3


def test_what_was_settled_elsewhere_meanwhile_changes_nothing(client, team, meeting):
    client.force_login(team)
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    assert client.post(address, {"key": "gone", "remedy": "that_is_right"}).url == address
    assert Settled.objects.count() == 0


def test_an_ally_settles_nothing(client, ally, meeting):
    client.force_login(ally)
    assert client.post(reverse("meetings:before_leaving", args=[meeting.pk])).status_code == 403


@pytest.fixture
def two_owners(typed, agreed, called, meeting):
    """The list has Bel; the line that belongs to it has Carys."""
    AttendanceFactory(meeting=meeting, person=called("Carys Lund"))
    action = agreed("Book the hall")
    (mention,) = typed("ACTION: Carys Lund to book the hall")
    mention.action, mention.answered = action, mention.text
    mention.save()
    return action


def owners_of(action: Action) -> list[str]:
    return [str(one.person) for one in action.assignments.current().in_order()]


def test_the_action_takes_the_owner_of_the_notes(two_owners, settle, leaving, item, reload):
    assert "Two owners" in leaving()
    settle("change_the_action")
    assert owners_of(two_owners) == ["Carys Lund"]
    assert reload(item).notes == "ACTION: Carys Lund to book the hall"
    assert READY in leaving()


def test_the_notes_take_the_owner_of_the_list(two_owners, settle, leaving, item, reload):
    settle("change_the_notes")
    assert reload(item).notes == "ACTION: Bel Marsh to book the hall"
    assert owners_of(two_owners) == ["Bel Marsh"]
    assert item.mentions.get().action == two_owners
    assert READY in leaving()


def test_two_owners_may_be_right(two_owners, settle, leaving):
    settle("that_is_right")
    assert (owners_of(two_owners), Settled.objects.count()) == (["Bel Marsh"], 1)
    assert READY in leaving()


TWICE = "ACTION: Bel Marsh to book the hall for June\nACTION: Bel Marsh to book the hall for June soon"


def said_twice(leaving) -> str:
    (key,) = re.findall(r'name="key" value="(said_twice[^"]+)"', leaving())
    return key


def test_two_lines_that_say_the_same_become_one_action(typed, client, meeting, leaving, bel):
    first, second = typed(TWICE)
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    client.post(address, {"key": said_twice(leaving), "remedy": "one_action"})
    action = Action.objects.get()
    assert action.text == "Book the hall for June"
    assert [one.pk for one in action.mentions.order_by("line")] == [first.pk, second.pk]
    assert READY in leaving()


def test_two_actions_that_say_the_same_become_one_when_told(typed, client, team, meeting, leaving, agreed):
    earlier, later = agreed("Book the hall for June"), agreed("Book the hall for June soon")
    for mention, action in zip(typed(TWICE), [earlier, later], strict=True):
        mention.action, mention.answered = action, mention.text
        mention.save()
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    client.post(address, {"key": said_twice(leaving), "remedy": "one_action"})
    later.refresh_from_db()
    assert (later.status, later.merged_into) == ("merged", earlier)
    assert earlier.mentions.count() == 2
    assert READY in leaving()


def test_two_actions_that_say_the_same_may_be_two(typed, client, meeting, leaving, agreed):
    for mention, text in zip(typed(TWICE), ["Book the hall for June"] * 2, strict=True):
        mention.action, mention.answered = agreed(text), mention.text
        mention.save()
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    client.post(address, {"key": said_twice(leaving), "remedy": "that_is_right"})
    assert set(Action.objects.values_list("merged_into", flat=True)) == {None}
    assert READY in leaving()


def test_the_page_of_the_notes_asks_how_much_there_is(leaving, typed, client, meeting, group, item, bel):
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    ActionFactory(body=group, agreed_on=date(2025, 11, 19))
    typed("ACTION: Bel Marsh to book the hall")
    leaving()
    read = client.get(f"{address}?agenda=1", headers={"HX-Request": "true"}).content.decode()
    assert ("2 things to settle" in read, "0 of 1 reviewed" in read, "<html" in read) == (True, True, False)
