"""`/actions/<id>/`: one action's life, and what the core team changes about it."""

from datetime import date

import pytest
from django.urls import reverse

from actions.deadlines import Deadline, DeadlineKind
from actions.models import Action
from actions.services import Owner, agree, change_owners, change_parent, merge, record_update
from actions.statuses import Status
from tests.factories import (
    ActionFactory,
    AssignmentFactory,
    BodyFactory,
    InterestFactory,
    PersonFactory,
    ProjectFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def action(operator, group, ally, today) -> Action:
    return agree(
        by=operator, body=group, text="Write the guide.", details=["In plain words"], agreed_on=date(2025, 11, 19),
        owners=[Owner("me", person=ally.person)], deadline=Deadline("31 Jan 2026", DeadlineKind.DATE, "2026-01-31"),
    )  # fmt: skip


@pytest.fixture
def open_page(signed_in):
    return lambda account, action: words_of(signed_in(account).get(action.get_absolute_url()))


@pytest.fixture
def send(signed_in):
    return lambda account, name, action, **data: signed_in(account).post(
        reverse(f"actions:{name}", args=[action.pk]), data
    )


def test_it_shows_words_owners_deadline_and_everything_said(open_page, team, ally, action, group):
    UpdateFactory(action=action, note="Half of it.", on=date(2025, 12, 2), body=group, by=ally.person)
    page = open_page(team, action)
    for words in (
        "<li>In plain words</li>",
        f"{ally.person.full_name} leads",
        "3 days overdue",
        "Tuesday 2 December 2025",
        "“Half of it.”",
        "at the meeting of the Allies Group",
        "Wednesday 19 November 2025",
    ):
        assert words in page


def test_it_shows_who_carried_it_and_when(open_page, ally, operator, action):
    new = PersonFactory(full_name="Ash Brook")
    change_owners(by=operator, action=action, owners=[Owner("Ash", person=new)], since=date(2026, 1, 5))
    page = open_page(ally, action)
    assert page.count('data-label="Until">5 January 2026') == 1
    assert page.count('data-label="From">5 January 2026') == 1
    assert "Ash Brook leads" in page


def test_parts_and_what_was_merged_lead_to_each_other(open_page, ally, operator, action, group):
    part, same = (
        ActionFactory(body=group, text="Find a printer."),
        ActionFactory(body=group, text="Write a guide."),
    )
    change_parent(by=operator, action=part, parent=action)
    merge(by=operator, action=same, into=action)
    page = open_page(ally, action)
    assert "Parts of it" in page and "Find a printer." in page
    assert "Merged into this one" in page and "Write a guide." in page
    assert 'Part of <a href="/actions/' in open_page(ally, part)
    assert "This was merged into another action." in open_page(ally, same)


def test_a_part_that_one_may_not_see_is_not_there(open_page, ally, action):
    hidden = ActionFactory(body=BodyFactory(), text="Not for you.", parent=action)
    assert "Not for you." not in open_page(ally, action)
    assert open_page(ally, hidden).count("Not for you.") == 0


def test_the_form_and_the_links_are_there_only_for_those_who_may(open_page, ally, team, chair, action):
    update, edit = reverse("actions:update", args=[action.pk]), reverse("actions:edit", args=[action.pk])
    assert [(update in page, edit in page) for page in (open_page(who, action) for who in (ally, team, chair))] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip


def test_after_the_third_carry_it_asks(open_page, ally, team):
    action = ActionFactory(times_carried=3)
    assert "Carried 3 times." in open_page(ally, action)
    assert reverse("actions:let_go", args=[action.pk]) in open_page(team, action)
    closed = ActionFactory(times_carried=3, status="done", closed_on=date(2026, 1, 1))
    assert "Carried 3 times." not in open_page(team, closed)


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_as_much_of_the_database_at_one_row_as_at_many(
    signed_in, ally, action, django_assert_num_queries, many
):
    for _ in range(many):
        UpdateFactory(action=action, by=PersonFactory())
        AssignmentFactory(action=action)
        AssignmentFactory(action=ActionFactory(parent=action))
        AssignmentFactory(
            action=ActionFactory(status="merged", merged_into=action, closed_on=date(2026, 1, 1))
        )
    client = signed_in(ally)
    with django_assert_num_queries(10):
        assert client.get(action.get_absolute_url()).status_code == 200


def test_its_history_says_who_changed_what(signed_in, team, send, action):
    send(team, "edit", action, text="Write the short guide.", details="", about="")
    page = words_of(signed_in(team).get(reverse("actions:history", args=[action.pk])))
    assert "Write the short guide." in page and team.person.full_name in page


# What the core team changes


MANAGING = ["edit", "deadline", "owners", "part_of", "merge", "let_go", "reopen"]


@pytest.mark.parametrize("name", MANAGING)
def test_each_has_a_page_for_the_core_team_alone(signed_in, ally, team, action, name):
    path = reverse(f"actions:{name}", args=[action.pk])
    assert signed_in(team).get(path).status_code == 200
    assert signed_in(ally).get(path).status_code == 403
    assert signed_in(ally).post(path).status_code == 403
    assert signed_in(None).get(path).status_code == 302


@pytest.mark.parametrize("name", ["edit", "part_of", "merge", "let_go", "reopen", "owners"])
def test_an_empty_form_asks_for_what_it_needs(send, team, action, name):
    response = send(team, name, action)
    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()


def test_words_details_and_what_it_is_about(send, team, action):
    project = ProjectFactory()
    send(
        team,
        "edit",
        action,
        text=" Write the short guide. ",
        details="One\n\n Two ",
        about=f"project:{project.pk}",
    )
    action.refresh_from_db()
    assert (action.text, action.points, action.about) == ("Write the short guide.", ["One", "Two"], project)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"words": "by 10 March 2026"}, ("date", "by 10 March 2026", "2026-03-10", date(2026, 3, 10))),
        ({"words": "10 March"}, ("date", "10 March", "2026-03-10", date(2026, 3, 10))),
        ({"words": "ASAP"}, ("asap", "ASAP", "", None)),
        ({"words": "when the weather holds"}, ("condition", "when the weather holds", "", None)),
        ({"words": ""}, ("", "", "", None)),
        ({"words": "in the spring", "kind": "ongoing"}, ("ongoing", "in the spring", "", None)),
        (
            {"words": "in the spring", "day_month": "4", "day_year": "2026"},
            ("month", "in the spring", "2026-04", date(2026, 4, 30)),
        ),
        (
            {"kind": "date", "day_day": "5", "day_month": "4", "day_year": "2026"},
            ("date", "5 April 2026", "2026-04-05", date(2026, 4, 5)),
        ),
        ({"kind": "ongoing"}, ("ongoing", "Ongoing", "", None)),
    ],
)
def test_a_deadline_is_read_from_its_words_unless_somebody_says_what_they_mean(
    send, team, action, typed, expected
):
    assert send(team, "deadline", action, **typed).status_code == 303
    action.refresh_from_db()
    assert (action.deadline_kind, action.deadline_words, action.deadline_date, action.due_on) == expected


@pytest.mark.parametrize(
    "typed",
    [
        {"words": "in the spring", "kind": "date"},
        {"words": "in the spring", "kind": "month", "day_day": "1", "day_month": "4", "day_year": "2026"},
        {"day_day": "31", "day_month": "2", "day_year": "2026"},
    ],
)
def test_a_deadline_that_does_not_fit_is_asked_for_again(send, team, action, typed):
    assert send(team, "deadline", action, **typed).status_code == 422
    action.refresh_from_db()
    assert action.deadline_words == "31 Jan 2026"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10 March 2026", ("date", "2026-03-10")),
        ("at next meeting", ("next_meeting", "")),
        ("31/02/2026", ("unknown", "")),
        ("", ("", "")),
        ("31 Jan 2026", ("date", "2026-01-31")),
    ],
)
def test_new_words_are_not_kept_with_the_meaning_of_the_old_ones(send, team, action, words, expected):
    left_standing = {
        "kind": "date",
        "day_day": "31",
        "day_month": "1",
        "day_year": "2026",
        "asked_words": words,
    }
    assert send(team, "deadline", action, words=words, **left_standing).status_code == 303
    action.refresh_from_db()
    assert (action.deadline_words, action.deadline_kind, action.deadline_date) == (words, *expected)


def test_a_day_that_is_in_no_calendar_is_asked_about_once(send, team, action):
    response = send(team, "deadline", action, words="31/02/2026")
    assert (response.status_code, "No calendar has a 31/02/2026." in words_of(response)) == (422, True)
    assert '<input type="hidden" name="asked_words" value="31/02/2026">' in words_of(response)
    assert send(team, "deadline", action, words="31/02/2026", asked_words="31/02/2026").status_code == 303
    action.refresh_from_db()
    assert action.deadline_words == "31/02/2026"


def test_one_can_see_how_words_are_read_before_they_are_saved(send, team, action):
    response = send(team, "deadline", action, words="10 March", do="look")
    assert response.status_code == 200
    assert "Tuesday 10 March, in 35 days" in words_of(response)
    action.refresh_from_db()
    assert action.deadline_words == "31 Jan 2026"


def test_a_new_deadline_says_that_an_old_action_stands(send, team, action):
    Action.objects.filter(pk=action.pk).update(stands=False)
    send(team, "deadline", action, words="10 March")
    action.refresh_from_db()
    assert action.stands is True


def owner_rows(*rows, initial=1) -> dict[str, str]:
    data = {"owners-TOTAL_FORMS": str(len(rows)), "owners-INITIAL_FORMS": str(initial)}
    for number, (who, words, role) in enumerate(rows):
        data |= {f"owners-{number}-who": who, f"owners-{number}-words": words, f"owners-{number}-role": role}
    return data


def test_owners_are_people_groups_or_words_in_an_order(send, team, ally, action, group):
    new = PersonFactory(full_name="Ash Brook")
    rows = owner_rows(
        (f"person:{new.pk}", "", "lead"),
        (f"body:{group.pk}", "", "support"),
        ("", "Grace", "lead"),
        ("", "", "lead"),
    )
    assert send(team, "owners", action, **rows).status_code == 303
    now = action.assignments.current().in_order()
    assert [(owner.person, owner.body, owner.as_written, owner.role) for owner in now] == [
        (new, None, "Ash Brook", "lead"), (None, None, "Grace", "lead"), (None, group, "Allies Group", "support"),
    ]  # fmt: skip
    assert action.assignments.get(person=ally.person).until == date(2026, 2, 3)


def test_an_owner_who_stays_keeps_the_words_of_the_notes(send, team, ally, action):
    before = action.assignments.get()
    send(team, "owners", action, **owner_rows((f"person:{ally.person.pk}", "", "lead")))
    now = action.assignments.get()
    assert (now.pk, now.as_written, now.until) == (before.pk, "me", None)


def test_nobody_is_named_twice(send, team, ally, action):
    twice = (f"person:{ally.person.pk}", "", "lead")
    response = send(team, "owners", action, **owner_rows(twice, twice))
    assert response.status_code == 422
    assert "Somebody is named twice." in words_of(response)


def test_it_is_merged_into_one_found_by_its_words(signed_in, send, team, action, group):
    other = ActionFactory(body=group, text="Draft a handbook.")
    ActionFactory(body=group, text="Find a printer.")
    page = words_of(signed_in(team).get(reverse("actions:merge", args=[action.pk]), {"q": "handbook"}))
    assert "Draft a handbook." in page and "Find a printer." not in page
    assert send(team, "merge", action, other=other.pk, note="The same thing.").status_code == 303
    action.refresh_from_db()
    assert (action.status, action.merged_into, action.closed_on) == ("merged", other, date(2026, 2, 3))
    response = send(team, "merge", other, other=action.pk)
    assert response.status_code == 422


def test_it_becomes_part_of_another_and_its_own_again(send, team, action, group):
    other = ActionFactory(body=group)
    send(team, "part_of", action, other=other.pk)
    action.refresh_from_db()
    assert action.parent == other
    assert send(team, "part_of", other, other=action.pk).status_code == 422
    send(team, "on_its_own", action)
    action.refresh_from_db()
    assert action.parent is None


def test_it_is_let_go_with_a_reason_and_opened_again(send, team, action):
    send(team, "let_go", action, reason="Nobody needs it.")
    action.refresh_from_db()
    assert (action.status, action.status_reason) == ("let_go", "Nobody needs it.")
    send(team, "reopen", action, reason="They do after all.")
    action.refresh_from_db()
    assert (action.status, action.closed_on) == ("todo", None)


def test_one_merged_can_be_opened_again(operator, action, group):
    merge(by=operator, action=action, into=ActionFactory(body=group))
    record_update(by=operator, action=action, status=Status.TODO, note="It was another thing.")
    action.refresh_from_db()
    assert (action.status, action.merged_into) == ("todo", None)


# Outside a meeting's notes


def test_the_core_team_writes_an_action_down_outside_the_notes(signed_in, team, group, today):
    page = words_of(signed_in(team).get("/actions/new/?body=allies-group&agreed_on=2025-11-19"))
    assert 'value="19"' in page and 'value="2025"' in page
    data = {
        "text": "Write the guide.", "details": "In plain words", "body": group.pk, "deadline": "31 January",
        "agreed_on_day": "19", "agreed_on_month": "11", "agreed_on_year": "2025", "about": "",
    } | owner_rows(("", "Grace", "lead"), initial=0)  # fmt: skip
    response = signed_in(team).post("/actions/new/", data)
    action = Action.objects.get()
    assert response["Location"] == action.get_absolute_url()
    assert (action.text, action.agreed_on, action.due_on, action.status, action.stands) == (
        "Write the guide.", date(2025, 11, 19), date(2026, 1, 31), "todo", True,
    )  # fmt: skip
    assert action.assignments.get().as_written == "Grace"


def test_a_new_action_needs_its_words_and_keeps_what_was_typed(signed_in, team, group, today):
    data = {"text": "", "details": "In plain words", "body": group.pk} | owner_rows(
        ("", "Grace", "lead"), initial=0
    )
    response = signed_in(team).post("/actions/new/", data)
    assert response.status_code == 422
    assert "Say what was agreed" in words_of(response) and "In plain words" in words_of(response)
    assert 'value="Grace"' in words_of(response)


def test_others_do_not_write_actions_down_outside_the_notes(signed_in, ally, chair):
    assert signed_in(ally).get("/actions/new/").status_code == 403
    assert signed_in(chair).post("/actions/new/", {}).status_code == 403


@pytest.mark.parametrize("entries", [1, 9])
def test_whose_interests_an_action_touches_is_for_them_and_for_those_who_take_notes(
    group, ally, team, account_of, signed_in, today, django_assert_num_queries, entries
):
    project = ProjectFactory(name="Tide lines")
    action = ActionFactory(body=group, about_project=project)
    own = account_of(group)
    for person in [own.person, *(account_of(group).person for _ in range(entries - 1))]:
        InterestFactory(person=person, about_project=project, declared_on=today)
    address = action.get_absolute_url()
    assert signed_in(own).get(address).content.decode().count("Tide lines</p>") == 1
    assert "Interests in this" not in signed_in(ally).get(address).content.decode()
    client = signed_in(team)
    with django_assert_num_queries(9):
        page = client.get(address).content.decode()
    assert page.count("Tide lines</p>") == entries
