"""Parts of the workspace that change in place: htmx has the part alone, a plain form has the page; notes stay."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from actions.models import Update
from meetings.models import Decision, ItemKind, LiveNotes
from tests.conftest import TODAY
from tests.factories import ActionFactory, AgendaItemFactory, AttendanceFactory, DecisionFactory

HTMX = {"HX-Request": "true"}
NOTES = '<textarea id="notes"'


@pytest.fixture
def press(client, team, meeting):
    """Post to one of the workspace's addresses by htmx, as the core team."""

    def send(name: str, *args: int, **data):
        client.force_login(team)
        return client.post(reverse(f"meetings:{name}", args=[meeting.pk, *args]), data, headers=HTMX)

    return send


@pytest.fixture
def carried_four_times(group, meeting, item):
    item.kind = ItemKind.ACTIONS
    item.save()
    return ActionFactory(
        body=group,
        text="Upgrade the register",
        agreed_on=TODAY - timedelta(days=400),
        times_carried=4,
        stands=True,
    )


def read(answer) -> str:
    return answer.content.decode()


def test_an_item_is_renamed_under_its_heading(press, meeting, item, reload):
    AgendaItemFactory(meeting=meeting, position=2)
    fields = {
        "title": "Where we go",
        "kind": "discussion",
        "purpose": "advice",
        "presenters": "Bel Marsh, Wren",
    }
    answer = press("workspace_change_item", item.pk, **fields)
    assert (answer.status_code, NOTES in read(answer)) == (200, False)
    assert read(answer).count("Where we go") == 2  # its heading, and the agenda beside it
    assert "Bel Marsh, Wren" in read(answer)
    assert (reload(item).title, item.purpose) == ("Where we go", "advice")


def test_an_item_without_a_name_says_so_in_its_place(press, item, reload):
    answer = press("workspace_change_item", item.pk, title="", kind="discussion", presenters="Wren")
    assert answer.status_code == 422
    assert "Say what the item is" in read(answer)
    assert 'value="Wren"' in read(answer)
    assert reload(item).title == "Our direction"


def test_the_form_of_an_item_comes_by_itself_or_in_the_page(client, team, meeting, item):
    client.force_login(team)
    address = reverse("meetings:workspace_change_item", args=[meeting.pk, item.pk])
    alone, page = read(client.get(address, headers=HTMX)), read(client.get(address))
    assert ('value="Our direction"' in alone, NOTES in alone) == (True, False)
    assert ('value="Our direction"' in page, NOTES in page) == (True, True)


def test_without_a_script_a_wrong_item_gives_the_whole_page(client, team, meeting, item):
    client.force_login(team)
    address = reverse("meetings:workspace_change_item", args=[meeting.pk, item.pk])
    answer = client.post(address, {"title": "", "kind": "discussion"})
    assert (answer.status_code, NOTES in read(answer)) == (422, True)
    assert "Say what the item is" in read(answer)


def test_a_decision_is_recorded_in_place(press, item):
    answer = press("decide", item.pk, **{"decided-text": "The logo stays", "decided-reached": "by_all"})
    assert (answer.status_code, NOTES in read(answer)) == (200, False)
    assert "The logo stays" in read(answer)
    assert 'id="decisions-sum" hx-swap-oob="true">1 recorded' in read(answer)
    assert "notes-saved" in answer["HX-Trigger"]


def test_a_decision_without_words_says_so_in_place(press, item):
    answer = press("decide", item.pk, **{"decided-text": "", "decided-reached": "by_all"})
    assert (answer.status_code, NOTES in read(answer)) == (422, False)
    assert "Say what was decided" in read(answer)
    assert Decision.objects.count() == 0


def test_a_decision_is_put_right_in_place(press, meeting, item):
    decision = DecisionFactory(meeting=meeting, item=item)
    prefix = f"decision-{decision.pk}"
    answer = press("change_decision", decision.pk, item="1", **{f"{prefix}-text": "In other words"})
    assert ("In other words" in read(answer), NOTES in read(answer)) == (True, False)


def test_the_next_meeting_is_said_in_place(press, meeting, item):
    day = TODAY + timedelta(days=98)
    fields = {"date_day": day.day, "date_month": day.month, "date_year": day.year, "plan": "on"}
    answer = press("say_next", **{f"next-{name}": value for name, value in fields.items()})
    assert (answer.status_code, NOTES in read(answer)) == (200, False)
    assert "It is planned" in read(answer)
    assert 'id="next-sum" hx-swap-oob="true">Tuesday 12 May 2026' in read(answer)


def test_a_next_meeting_before_this_one_is_told_in_place(press, meeting, item):
    fields = {"date_day": "1", "date_month": "1", "date_year": "2026"}
    answer = press("say_next", **{f"next-{name}": value for name, value in fields.items()})
    assert (answer.status_code, NOTES in read(answer)) == (422, False)
    assert "The next meeting comes after this one" in read(answer)


def test_following_is_turned_on_and_off_in_place(press, meeting, item):
    assert "Stop others following" in read(press("follow", on="1"))
    assert LiveNotes.objects.get().followed is True
    assert "Let others follow along" in read(press("follow", on="0"))
    assert LiveNotes.objects.get().followed is False


def test_a_review_tells_the_sum_beside_the_agenda(press, carried_four_times):
    prefix = f"action-{carried_four_times.pk}"
    answer = press("review", prefix=prefix, **{f"{prefix}-status": "in_progress"})
    assert 'id="reviewed-sum" hx-swap-oob="true">1 of 1 reviewed' in read(answer)


@pytest.mark.parametrize(("times", "asked"), [(2, False), (3, True), (4, True)])
def test_an_action_carried_often_is_asked_about(client, team, meeting, carried_four_times, times, asked):
    carried_four_times.times_carried = times
    carried_four_times.save()
    client.force_login(team)
    page = read(client.get(reverse("meetings:workspace", args=[meeting.pk])))
    assert ("Does the group still want this?" in page, "A new date" in page) == (asked, asked)


@pytest.fixture
def again(press, carried_four_times):
    """Answer what is asked about the action."""
    prefix = f"action-{carried_four_times.pk}"

    def answer(**typed: str):
        said = {"deadline": "", "owners": "", "note": "", "status": ""} | typed
        return press("review", prefix=prefix, **{f"{prefix}-{name}": value for name, value in said.items()})

    return answer


def test_a_new_date_is_a_review_in_its_own_words(again, carried_four_times, reload):
    assert again(deadline="31 March 2026").status_code == 200
    assert reload(carried_four_times).deadline_date == "2026-03-31"
    assert [(one.note, one.on) for one in Update.objects.all()] == [
        ("Agreed again, by 31 March 2026.", TODAY)
    ]


def test_a_new_date_that_is_in_no_calendar_is_asked_about_once(again, carried_four_times, reload):
    answer = again(deadline="31 June")
    assert (answer.status_code, "No calendar has a 31 June." in read(answer)) == (422, True)
    hidden = re.search(r'<input type="hidden" name="([\w-]+)-asked_deadline" value="31 June"', read(answer))
    assert hidden[1] == f"action-{carried_four_times.pk}"
    assert again(deadline="31 June", asked_deadline="31 June").status_code == 200
    assert reload(carried_four_times).deadline_words == "31 June"


def test_another_owner_is_found(again, carried_four_times, called, meeting):
    AttendanceFactory(meeting=meeting, person=called("Bel Marsh"))
    again(owners="Bel Marsh", note="Bel takes it over.")
    assert [str(one.person) for one in carried_four_times.assignments.current()] == ["Bel Marsh"]
    assert [one.note for one in Update.objects.all()] == ["Bel takes it over."]


def test_an_owner_that_two_people_share_is_asked_about(again, carried_four_times, called, meeting):
    for name in ("Grace Holt", "Grace Ilori"):
        AttendanceFactory(meeting=meeting, person=called(name))
    answer = again(owners="Grace")
    assert answer.status_code == 422
    assert "Say which Grace it is" in read(answer)
    assert (carried_four_times.assignments.count(), Update.objects.count()) == (0, 0)


def test_it_is_let_go_with_its_reason_and_not_without(again, carried_four_times, reload):
    assert again(status="let_go").status_code == 422
    assert again(status="let_go", note="Nobody needs it now.").status_code == 200
    assert reload(carried_four_times).status == "let_go"


@pytest.mark.parametrize("name", ["picked_up", "as_it_reads", "revisions"])
def test_what_is_only_read_is_not_posted_to(press, item, name):
    assert press(name, item.pk).status_code == 405
