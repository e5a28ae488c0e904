"""Saying how an action is going: in place, without JavaScript, twice, by two people, and by those who may."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.deadlines import Deadline, DeadlineKind
from actions.models import Action, Update
from actions.policies import can_manage_action, can_update_action
from actions.services import (
    Owner,
    ReasonMissing,
    agree,
    change_parent,
    change_words,
    confirm_still_stands,
    let_go_together,
    merge,
    record_update,
)
from actions.statuses import Status
from allies.powers import Refused
from tests.factories import ActionFactory, AssignmentFactory, BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/actions/?q=guide"}


@pytest.fixture
def mine(operator, group, ally, today) -> Action:
    return agree(
        by=operator, body=group, text="Write the guide.", agreed_on=date(2025, 11, 19),
        owners=[Owner("me", person=ally.person)], deadline=Deadline("31 Jan 2026", DeadlineKind.DATE, "2026-01-31"),
    )  # fmt: skip


def said(action: Action) -> list[tuple[str, str]]:
    return list(action.updates.order_by("pk").values_list("status", "note"))


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def url(action: Action) -> str:
    return reverse("actions:update", args=[action.pk])


@pytest.fixture
def send(signed_in):
    def post(account, action, *, htmx=False, **data):
        fields = {"status": "todo", "was": "todo", "note": "", "shown_as": "card"} | data
        return signed_in(account).post(url(action), fields, headers=HTMX if htmx else {})

    return post


# The form


def test_without_javascript_it_goes_back_to_where_one_came_from(send, ally, mine):
    response = send(
        ally, mine, status="in_progress", note="Half of it.", next="/actions/?q=guide", shown_as="row"
    )
    assert (response.status_code, response["Location"]) == (303, f"/actions/?q=guide#row-{mine.pk}")
    assert said(mine) == [("todo", ""), ("in_progress", "Half of it.")]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_it_never_goes_back_to_another_site(send, ally, mine, elsewhere):
    response = send(ally, mine, note="Half of it.", next=elsewhere, shown_as="page")
    assert response["Location"] == mine.get_absolute_url()


def test_under_htmx_the_card_alone_comes_back_with_what_was_said(send, ally, mine):
    response = send(ally, mine, htmx=True, status="in_progress", note="Half of it.")
    page = words_of(response)
    assert response.status_code == 200
    assert page.startswith(f'<article class="card action-card" id="card-{mine.pk}"')
    assert "“Half of it.”" in page and "In progress" in page and "Saved " in page


def test_under_htmx_the_row_alone_comes_back(send, ally, mine):
    response = send(ally, mine, htmx=True, status="done", shown_as="row")
    page = words_of(response)
    assert page.startswith(f'<tr role="row" id="row-{mine.pk}"')
    assert "Done on 3 Feb 2026" in page


def test_the_row_asks_for_its_form_and_puts_errors_in_the_same_place(signed_in, send, ally, mine):
    form = words_of(signed_in(ally).get(url(mine), headers=HTMX))
    assert form.startswith("<form") and 'name="next" value="/actions/?q=guide"' in form
    response = send(ally, mine, htmx=True, status="waiting", shown_as="row")
    assert (response.status_code, response["HX-Retarget"]) == (422, f"#update-{mine.pk}")


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"status": "waiting"}, "Say what it is waiting for"),
        ({"status": "let_go"}, "Say why: the reason goes in the record"),
        ({}, "Say what has changed, or choose how it is going now."),
        ({"status": "merged", "note": "With the other."}, "merged is not one of the available choices"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(send, ally, mine, fields, complaint, htmx):
    response = send(ally, mine, htmx=htmx, **fields)
    page = words_of(response)
    assert response.status_code == 422
    assert "One thing needs you" in page and complaint in page
    assert fields.get("note", "") in page
    assert said(mine) == [("todo", "")]


def test_a_reason_makes_it_wait_or_lets_it_go(send, ally, mine):
    send(ally, mine, status="waiting", note="The university’s answer.")
    mine.refresh_from_db()
    assert (mine.status, mine.status_reason, mine.closed_on) == ("waiting", "The university’s answer.", None)
    send(ally, mine, status="let_go", was="waiting", note="They said no.")
    mine.refresh_from_db()
    assert (mine.status, mine.status_reason, mine.closed_on) == ("let_go", "They said no.", date(2026, 2, 3))


def test_a_note_alone_leaves_what_it_waits_for(send, ally, mine):
    send(ally, mine, status="waiting", note="The university’s answer.")
    send(ally, mine, status="waiting", was="waiting", note="Called them.")
    mine.refresh_from_db()
    assert (mine.status, mine.status_reason) == ("waiting", "The university’s answer.")
    assert said(mine)[-1] == ("", "Called them.")


def test_the_form_of_a_page_opened_before_somebody_else_spoke_never_sets_it_back(send, ally, team, mine):
    record_update(by=team, action=mine, status=Status.DONE, note="Sent.")
    send(ally, mine, status="todo", was="todo", note="I have started.")
    mine.refresh_from_db()
    assert mine.status == "done"
    assert said(mine) == [("todo", ""), ("done", "Sent."), ("", "I have started.")]


def test_two_people_updating_at_once_lose_no_words(mine, ally, team):
    first, second = Action.objects.get(pk=mine.pk), Action.objects.get(pk=mine.pk)
    record_update(by=ally, action=first, status=Status.IN_PROGRESS, note="Half of it.")
    record_update(by=team, action=second, status=Status.WAITING, note="For the printer.")
    assert said(mine) == [("todo", ""), ("in_progress", "Half of it."), ("waiting", "For the printer.")]


def test_an_update_never_writes_back_words_that_somebody_changed_meanwhile(mine, ally, team):
    opened_before = Action.objects.get(pk=mine.pk)
    change_words(by=team, action=Action.objects.get(pk=mine.pk), text="Write the short guide.", details=[])
    record_update(by=ally, action=opened_before, status=Status.DONE)
    mine.refresh_from_db()
    assert (mine.text, mine.status) == ("Write the short guide.", "done")


def test_changed_words_never_write_back_a_status_that_somebody_changed_meanwhile(mine, ally, team):
    opened_before = Action.objects.get(pk=mine.pk)
    record_update(by=ally, action=mine, status=Status.DONE)
    change_words(by=team, action=opened_before, text="Write the short guide.", details=[])
    mine.refresh_from_db()
    assert (mine.text, mine.status) == ("Write the short guide.", "done")


def test_the_same_form_sent_twice_is_one_saying(send, ally, mine):
    for _ in range(2):
        assert send(ally, mine, status="in_progress", note="Half of it.").status_code == 303
    assert said(mine) == [("todo", ""), ("in_progress", "Half of it.")]


def test_the_same_words_a_minute_later_or_by_another_are_said_again(mine, ally, team):
    first = record_update(by=ally, action=mine, note="Half of it.")
    record_update(by=team, action=mine, note="Half of it.")
    Update.objects.filter(pk=first.pk).update(recorded_at=timezone.now() - timedelta(days=365))
    record_update(by=ally, action=mine, note="Half of it.")
    assert said(mine) == [("todo", ""), *[("", "Half of it.")] * 3]


# Who may


def test_those_who_carry_it_and_the_core_team_may_update_it(
    mine, ally, team, chair, account_of, core_team, group
):
    other = account_of(group)
    supporter = account_of(group)
    AssignmentFactory(action=mine, person=supporter.person, role="support")
    may = {who: can_update_action(who, mine) for who in (ally, supporter, team, chair, other)}
    assert may == {ally: True, supporter: True, team: True, chair: False, other: False}
    manage = {who: can_manage_action(who, mine) for who in (ally, team, chair)}
    assert manage == {ally: False, team: True, chair: False}


def test_what_is_everybodys_is_nobodys_own(operator, group, ally):
    action = agree(
        by=operator,
        body=group,
        text="Introduce contacts.",
        agreed_on=date(2025, 11, 19),
        owners=[Owner("All Allies", body=group)],
    )
    assert can_update_action(ally, action) is False


def test_others_get_neither_the_form_nor_the_update(signed_in, send, chair, mine):
    assert signed_in(chair).get(url(mine)).status_code == 403
    assert signed_in(chair).get(url(mine), headers=HTMX).status_code == 403
    assert send(chair, mine, status="done").status_code == 403
    assert said(mine) == [("todo", "")]
    with pytest.raises(Refused):
        record_update(by=chair, action=mine, status=Status.DONE)


def test_who_stopped_carrying_it_may_not_update_it(mine, ally):
    mine.assignments.get().delete()
    AssignmentFactory(action=mine, person=ally.person, until=date(2026, 1, 1))
    assert can_update_action(ally, mine) is False


def test_a_reason_is_asked_for_by_the_service_too(mine, operator):
    with pytest.raises(ReasonMissing, match="Say what it is waiting for"):
        record_update(by=operator, action=mine, status=Status.WAITING)
    with pytest.raises(ValueError, match="Say how it is going"):
        record_update(by=operator, action=mine)
    with pytest.raises(ValueError, match="Say which action"):
        record_update(by=operator, action=mine, status=Status.MERGED, note="With the other.")


def _make_part(*, by, action: Action, into: Action) -> None:
    change_parent(by=by, action=action, parent=into)


def test_an_action_is_never_merged_into_itself_or_in_a_circle(operator, mine):
    other = ActionFactory(body=mine.body)
    with pytest.raises(ValueError, match="itself"):
        merge(by=operator, action=mine, into=mine)
    merge(by=operator, action=mine, into=other)
    with pytest.raises(ValueError, match="itself"):
        merge(by=operator, action=other, into=mine)


@pytest.mark.parametrize("tie", [merge, _make_part], ids=["merge", "part"])
def test_two_people_who_tie_a_pair_both_ways_at_once_make_no_circle(operator, mine, tie):
    other = ActionFactory(body=mine.body)
    mine_as_the_second_saw_it = Action.objects.get(pk=mine.pk)
    other_as_the_second_saw_it = Action.objects.get(pk=other.pk)
    tie(by=operator, action=mine, into=other)
    with pytest.raises(ValueError, match="itself"):
        tie(by=operator, action=other_as_the_second_saw_it, into=mine_as_the_second_saw_it)


@pytest.mark.parametrize("tie", [merge, _make_part], ids=["merge", "part"])
def test_actions_of_two_groups_are_never_tied(operator, mine, tie):
    with pytest.raises(ValueError, match="of the same group"):
        tie(by=operator, action=mine, into=ActionFactory(body=BodyFactory()))


# Old ones, that nobody has confirmed


@pytest.fixture
def old(operator, group, today) -> list[Action]:
    return [
        agree(
            by=operator, body=group, text=f"Old thing {number}.", agreed_on=date(2021, 11, 8),
            status=None, brought_in=True,
            deadline=Deadline("Feb 2022", DeadlineKind.MONTH, "2022-02"),
        )
        for number in range(3)
    ]  # fmt: skip


def test_an_old_one_is_confirmed_with_one_press(signed_in, team, old):
    page = words_of(signed_in(team).get("/actions/"))
    assert page.count("Nobody has confirmed yet that this still stands") == 3
    assert "years, 11 months overdue" not in page
    response = signed_in(team).post(reverse("actions:stands", args=[old[0].pk]), {"next": "/actions/?q=old"})
    assert response["Location"] == "/actions/?q=old"
    old[0].refresh_from_db()
    assert old[0].stands is True
    assert words_of(signed_in(team).get("/actions/")).count("3 years, 11 months overdue") == 1


def test_who_does_not_carry_it_may_not_confirm_it(signed_in, ally, old):
    assert reverse("actions:stands", args=[old[0].pk]) not in words_of(signed_in(ally).get("/actions/"))
    assert signed_in(ally).post(reverse("actions:stands", args=[old[0].pk])).status_code == 403
    with pytest.raises(Refused):
        confirm_still_stands(by=ally, action=old[0])


def together(client, actions, **data):
    return client.post(reverse("actions:together"), {"action": [action.pk for action in actions], **data})


def test_several_old_ones_are_let_go_together_with_one_reason(signed_in, team, old):
    page = words_of(signed_in(team).get("/actions/?unconfirmed=1"))
    assert page.count('type="checkbox" name="action"') == 3
    response = together(
        signed_in(team), old[:2], do="let_go", reason="Long past.", next="/actions/?unconfirmed=1"
    )
    assert response["Location"] == "/actions/?unconfirmed=1"
    assert [(action.status, action.status_reason) for action in Action.objects.order_by("pk")] == [
        ("let_go", "Long past."), ("let_go", "Long past."), ("", ""),
    ]  # fmt: skip


def test_several_old_ones_are_confirmed_together(signed_in, team, old):
    assert together(signed_in(team), old[1:], do="confirm").status_code == 303
    assert list(Action.objects.order_by("pk").values_list("stands", flat=True)) == [False, True, True]


def test_the_browser_lets_several_be_confirmed_without_a_reason(signed_in, team, old):
    page = signed_in(team).get("/actions/?unconfirmed=1").text
    assert re.search(r'<textarea name="reason"[^>]*>', page)
    assert not re.search(r'<textarea name="reason"[^>]* required', page)


@pytest.mark.parametrize("name", ["new", "edit", "deadline", "owners", "let_go", "update"])
def test_the_errors_of_every_form_are_ours_and_not_the_browsers(signed_in, team, old, name):
    path = reverse("actions:new") if name == "new" else reverse(f"actions:{name}", args=[old[0].pk])
    forms = re.findall(r'<form class="form"[^>]*>', signed_in(team).get(path).text)
    assert forms and all(" novalidate" in form for form in forms)


def test_letting_go_together_asks_for_the_reason_and_keeps_what_was_ticked(signed_in, team, old):
    response = together(signed_in(team), old[:2], do="let_go", reason="")
    page = words_of(response)
    assert response.status_code == 422
    assert "Say why: the reason goes in the record" in page
    assert page.count(" checked") == 2
    assert together(signed_in(team), [], do="let_go", reason="Long past.").status_code == 422
    assert Update.objects.count() == 0


def test_only_the_core_team_lets_several_go(signed_in, ally, old):
    assert 'name="action"' not in words_of(signed_in(ally).get("/actions/?unconfirmed=1"))
    assert together(signed_in(ally), old, do="let_go", reason="Long past.").status_code == 403


def test_several_are_let_go_all_or_none(ally, mine, old):
    with pytest.raises(Refused):
        let_go_together(by=ally, actions=[mine, old[0]], reason="Long past.")
    assert Update.objects.filter(status="let_go").count() == 0


def test_what_is_said_at_a_meeting_names_its_body(mine, team, group):
    MeetingFactory(body=group, date=date(2026, 2, 3))
    record_update(by=team, action=mine, note="Soon.", at_meeting_of=group)
    assert mine.updates.get(body=group).note == "Soon."


def test_an_action_of_a_body_one_does_not_read_is_not_there(
    send, signed_in, account_of, core_team, mine, group
):
    stranger = account_of(BodyFactory())
    assert signed_in(stranger).get(mine.get_absolute_url()).status_code == 404
    assert send(stranger, mine, note="Hello.").status_code == 404
