"""The page for taking notes: who may open it, what it shows, what each press does, what it costs."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from actions.models import Update
from allies.models import Post
from meetings.models import (
    AgendaItem,
    AnnouncedMeeting,
    Attendance,
    CapacityKind,
    Decision,
    ItemAbsence,
    ItemKind,
    Meeting,
    Stage,
)
from meetings.services.minutes import save_notes
from tests.conftest import TODAY
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    PersonFactory,
)


@pytest.fixture
def page(client, team, meeting):
    """The workspace as the core team sees it, with an item open."""
    client.force_login(team)

    def read(item: int = 1) -> str:
        return client.get(reverse("meetings:workspace", args=[meeting.pk]) + f"?item={item}").content.decode()

    return read


@pytest.fixture
def press(client, team, meeting):
    """Post to one of the workspace's addresses, as the core team."""

    def send(name: str, *args: int, **data):
        client.force_login(team)
        return client.post(reverse(f"meetings:{name}", args=[meeting.pk, *args]), data)

    return send


@pytest.fixture
def carried(group):
    return ActionFactory(body=group, text="Upgrade the register", agreed_on=date(2025, 11, 19))


READ = ["workspace", "before_leaving"]
WRITE = [
    "begin_workspace",
    "follow",
    "presence",
    "guest",
    "say_interests",
    "review",
    "say_next",
    "workspace_add_item",
]
OF_ITEM = ["save_notes", "decide", "skip_item", "workspace_move_item", "workspace_change_item"]
READ_OF_ITEM = ["picked_up", "as_it_reads", "revisions", "workspace_change_item"]


@pytest.mark.parametrize("who", ["team", "chair", "note_taker"])
def test_those_who_write_notes_open_every_part(request, client, who, meeting, item):
    client.force_login(request.getfixturevalue(who))
    for name in READ:
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200
    for name in READ_OF_ITEM:
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk, item.pk])).status_code == 200


@pytest.mark.parametrize("who", ["ally", "former_chair", "account_without_person"])
def test_those_who_do_not_are_refused_every_part(request, client, who, meeting, item):
    client.force_login(request.getfixturevalue(who))
    for name in READ:
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 403
    for name in WRITE:
        assert client.post(reverse(f"meetings:{name}", args=[meeting.pk])).status_code in {403, 404}
    for name in OF_ITEM:
        assert client.post(reverse(f"meetings:{name}", args=[meeting.pk, item.pk])).status_code in {403, 404}
    for name in READ_OF_ITEM:
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk, item.pk])).status_code in {403, 404}


def test_nobody_signed_in_is_sent_to_sign_in(client, meeting, item):
    for name in READ:
        assert reverse("account_login") in client.get(reverse(f"meetings:{name}", args=[meeting.pk])).url


def test_one_item_is_open_and_the_agenda_says_where_each_stands(page, meeting, item):
    AgendaItemFactory(meeting=meeting, position=2, title="A second", notes="Said.")
    AgendaItemFactory(meeting=meeting, position=3, title="A third", skipped=True)
    read = page(1)
    assert read.count('aria-current="page">') >= 1
    assert all(words in read for words in ("Open now", "Has notes", "Left out"))
    assert read.count('<textarea id="notes"') == 1


def test_planned_notes_are_begun_from_here(client, team, group, today):
    meeting = MeetingFactory(body=group, date=TODAY, stage=Stage.PLANNED)
    client.force_login(team)
    address = reverse("meetings:workspace", args=[meeting.pk])
    assert "Begin the notes" in client.get(address).content.decode()
    assert client.post(reverse("meetings:begin_workspace", args=[meeting.pk])).url == f"{address}#item-title"
    assert Meeting.objects.get().stage == Stage.DRAFT


def test_a_press_says_who_is_here_and_a_second_takes_it_back(press, meeting, group, called):
    person = called("Bel Marsh")
    AppointmentFactory(person=person, body=group)
    press("presence", who=f"person-{person.pk}", presence="present")
    row = Attendance.objects.get(person=person)
    assert row.presence == "present"
    press("presence", who=f"row-{row.pk}", presence="")
    row.refresh_from_db()
    assert row.presence == ""


def test_a_press_keeps_what_somebody_did(press, note_taker, meeting):
    row = Attendance.objects.get(person=note_taker.person)
    press("presence", who=f"row-{row.pk}", presence="apologies")
    assert [one.kind for one in row.capacities.all()] == ["notetaker"]


def test_somebody_of_another_meeting_cannot_be_pressed(press, group):
    row = AttendanceFactory(meeting=MeetingFactory(body=group))
    assert press("presence", who=f"row-{row.pk}", presence="absent").status_code == 404


def test_a_guest_is_added_by_typing_a_name(press, meeting):
    press("guest", **{"guest-name": "Samir Haddad", "guest-guest": "on"})
    row = Attendance.objects.get()
    assert (row.name, row.presence, row.person) == ("Samir Haddad", "present", None)
    assert [one.kind for one in row.capacities.all()] == [CapacityKind.GUEST]


def test_late_early_and_out_for_an_item_and_back(press, page, meeting, item):
    row = AttendanceFactory(meeting=meeting, person=PersonFactory(full_name="Ines Duarte"))
    press(
        "times",
        row.pk,
        item="1",
        **{
            f"row-{row.pk}-arrived": "11:10",
            f"row-{row.pk}-out": "on",
            f"row-{row.pk}-out_left": "12:02",
            f"row-{row.pk}-out_back": "12:20",
            f"row-{row.pk}-capacities": ["chair"],
        },
    )
    row.refresh_from_db()
    absence = ItemAbsence.objects.get()
    assert (row.arrived, absence.item, absence.left, absence.back) == (
        time(11, 10),
        item,
        time(12, 2),
        time(12, 20),
    )
    assert "was out for this item, from 12:02 to 12:20" in page()
    press("times", row.pk, item="1")
    assert ItemAbsence.objects.count() == 0


def test_coming_back_before_leaving_is_told(press, meeting, item):
    row = AttendanceFactory(meeting=meeting)
    wrong = {f"row-{row.pk}-out_left": "12:20", f"row-{row.pk}-out_back": "12:02"}
    answer = press("times", row.pk, item="1", **wrong)
    assert answer.status_code == 422
    assert "not before leaving" in answer.content.decode()


def test_a_carried_action_is_reviewed_under_its_item(press, page, meeting, item, carried):
    item.kind = ItemKind.ACTIONS
    item.save()
    assert "0 of 1 reviewed" in page()
    prefix = f"action-{carried.pk}"
    press("review", prefix=prefix, **{f"{prefix}-status": "in_progress", f"{prefix}-note": "Half done."})
    update = Update.objects.get(action=carried)
    assert (update.status, update.note, update.on, update.body) == (
        "in_progress",
        "Half done.",
        TODAY,
        meeting.body,
    )
    read = page()
    assert "1 of 1 reviewed" in read
    assert "“Half done.”" in read


def test_one_saying_is_noted_on_several(press, meeting, item, carried, group):
    other = ActionFactory(body=group, agreed_on=date(2025, 11, 19))
    third = ActionFactory(body=group, agreed_on=date(2025, 11, 19))
    press("review", prefix="together", action=[carried.pk, other.pk], **{"together-note": "All in hand."})
    assert set(Update.objects.values_list("action", "note")) == {
        (carried.pk, "All in hand."),
        (other.pk, "All in hand."),
    }
    assert not third.updates.exists()


def test_a_note_taker_writes_down_what_was_said_of_any_action(client, note_taker, meeting, item, carried):
    client.force_login(note_taker)
    prefix = f"action-{carried.pk}"
    client.post(reverse("meetings:review", args=[meeting.pk]), {"prefix": prefix, f"{prefix}-status": "done"})
    assert Update.objects.get(action=carried).status == "done"


def test_waiting_without_saying_for_what_is_told(press, meeting, item, carried):
    item.kind = ItemKind.ACTIONS
    item.save()
    prefix = f"action-{carried.pk}"
    answer = press("review", prefix=prefix, **{f"{prefix}-status": "waiting"})
    assert answer.status_code == 422
    assert "Say what it is waiting for" in answer.content.decode()


def test_an_action_of_another_group_is_not_before_the_meeting(press, meeting, item, account_of):
    elsewhere = ActionFactory(body=MeetingFactory(body__slug="another", body__name="Another").body)
    prefix = f"action-{elsewhere.pk}"
    assert press("review", prefix=prefix, **{f"{prefix}-note": "x"}).status_code == 422
    assert Update.objects.count() == 0


def test_a_decision_with_the_numbers_of_its_majority(press, meeting, item):
    numbers = {"decided-votes_for": "5", "decided-votes_against": "2", "decided-votes_abstained": "1"}
    press("decide", item.pk, **{"decided-text": "The logo stays", "decided-reached": "majority"}, **numbers)
    assert Decision.objects.get().votes_words == "5 for, 2 against, 1 abstained"
    wrong = press("decide", item.pk, **{"decided-text": "Other", "decided-reached": "by_all"}, **numbers)
    assert (wrong.status_code, Decision.objects.count()) == (422, 1)


def test_a_decision_is_put_right(press, meeting, item):
    decision = DecisionFactory(meeting=meeting)
    prefix = f"decision-{decision.pk}"
    press(
        "change_decision", decision.pk, **{f"{prefix}-text": "In other words", f"{prefix}-reached": "advice"}
    )
    decision.refresh_from_db()
    assert (decision.text, decision.kind) == ("In other words", "advice")


def test_the_next_meeting_is_planned_from_here_with_its_chair(press, meeting, called):
    carys = called("Carys Lund")
    day = TODAY + timedelta(days=98)
    fields = {"date_day": day.day, "date_month": day.month, "date_year": day.year}
    times = {"starts": "11:00", "ends": "13:00", "chair": "Carys Lund", "plan": "on"}
    press("say_next", **{f"next-{name}": value for name, value in (fields | times).items()})
    notice = AnnouncedMeeting.objects.get()
    assert (notice.chair, notice.became.date, notice.became.starts) == (carys, day, time(11))
    assert notice.became.items.exists()
    assert notice.became.attendance.get(person=carys).capacities.get().kind == CapacityKind.CHAIR


def test_the_next_meeting_is_not_before_this_one(press, meeting):
    fields = {"date_day": "1", "date_month": "1", "date_year": "2026"}
    answer = press("say_next", **{f"next-{name}": value for name, value in fields.items()})
    assert (answer.status_code, AnnouncedMeeting.objects.count()) == (422, 0)


def test_items_are_added_moved_renamed_and_left_out(press, meeting, item, reload):
    press("workspace_add_item", title="A guest speaks")
    guest = AgendaItem.objects.get(title="A guest speaks")
    press("workspace_move_item", guest.pk, to="up")
    assert [one.title for one in meeting.items.all()] == ["A guest speaks", "Our direction"]
    press("skip_item", guest.pk, skipped="1")
    assert reload(guest).skipped is True
    press(
        "workspace_change_item", guest.pk, title="Somebody speaks", kind="discussion", presenters="Bel Marsh"
    )
    assert reload(guest).title == "Somebody speaks"
    assert [one.as_written for one in guest.presenters.all()] == ["Bel Marsh"]


def _much(meeting, item, number: int) -> None:
    group = meeting.body
    for n in range(number):
        person = PersonFactory()
        AppointmentFactory(person=person, body=group, post=Post.MEMBER)
        AttendanceFactory(meeting=meeting, person=person)
        action = ActionFactory(body=group, agreed_on=date(2025, 11, 19))
        AssignmentFactory(action=action, person=person)
        AgendaItemFactory(meeting=meeting, position=10 + n)
        DecisionFactory(meeting=meeting, item=item)


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("kind", [ItemKind.DISCUSSION, ItemKind.ACTIONS, ItemKind.INTERESTS])
def test_the_page_asks_twelve_times_at_most_at_one_row_and_at_many(
    client, chair, team, meeting, item, kind, number, django_assert_max_num_queries
):
    item.kind = kind
    item.save()
    _much(meeting, item, number)
    lines = "\n".join(f"ACTION: Wren to ring {n}\nAGREED: point {n}" for n in range(number))
    save_notes(by=team, item=item, notes=lines, base=0)
    meeting.interests_state = "declared"
    meeting.save()
    client.force_login(chair)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("meetings:workspace", args=[meeting.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_before_leaving_asks_twelve_times_at_most(
    client, chair, team, meeting, item, number, django_assert_max_num_queries
):
    _much(meeting, item, number)
    lines = "\n".join(f"ACTION: Wren to ring {n}\nAGREED: point {n}" for n in range(number))
    save_notes(by=team, item=item, notes=lines, base=0)
    client.force_login(chair)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("meetings:before_leaving", args=[meeting.pk])).status_code == 200


def test_of_a_meeting_that_was_called_off_the_page_says_so_and_why(client, team, meeting, item):
    meeting.stage, meeting.called_off = Stage.PLANNED, "Too few can come."
    meeting.save()
    client.force_login(team)
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert "<b>This meeting was called off.</b> Too few can come." in page
    assert "The notes have not been begun." not in page


def test_an_item_is_told_from_the_part_of_the_same_name_by_its_number(client, team, meeting):
    AgendaItemFactory(meeting=meeting, position=1, title="Interests", kind="interests")
    client.force_login(team)
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert re.findall(r'<section[^>]* aria-labelledby="(item-[^"]+|interests-head)"', page) == [
        "item-number item-title",
        "item-interests-head",
        "interests-head",
    ]
    assert '<span id="item-number">Item 1</span>' in page
