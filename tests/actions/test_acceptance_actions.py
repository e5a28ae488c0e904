"""ACCEPTANCE 18 to 23: what the record of actions must be able to hold, entered and shown in the browser.

The words are invented, of the same kinds as those in the group's own notes.
"""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Action
from actions.services import Owner, agree, record_update
from actions.statuses import Status
from meetings.models import Stage
from meetings.services.keeping_current import bring_up_to_date
from tests.factories import MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOVEMBER = date(2025, 11, 19)


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def write_down(signed_in, team, group, today):
    """Enter an action in the browser as the core team does, and give it back."""

    def write(
        text: str,
        *owners: tuple[str, str, str],
        deadline: str = "",
        details: str = "",
        on: date | None = NOVEMBER,
    ):
        data = {
            "text": text, "details": details, "deadline": deadline, "body": group.pk, "about": "",
            "agreed_on_day": on.day if on else "", "agreed_on_month": on.month if on else "",
            "agreed_on_year": on.year if on else "",
            "owners-TOTAL_FORMS": len(owners), "owners-INITIAL_FORMS": 0,
        }  # fmt: skip
        for number, (who, words, role) in enumerate(owners):
            data |= {
                f"owners-{number}-who": who,
                f"owners-{number}-words": words,
                f"owners-{number}-role": role,
            }
        response = signed_in(team).post("/actions/new/", data)
        assert response.status_code == 303, words_of(response)
        return Action.objects.latest("pk")

    return write


@pytest.fixture
def shown(signed_in, ally):
    """What an Ally reads on the list, and on the action's own page."""
    return lambda action: (
        words_of(signed_in(ally).get("/actions/?status=all")),
        words_of(signed_in(ally).get(action.get_absolute_url())),
    )


# 18. Owners: two people, a group, a team with support, somebody who was not at the meeting, words nobody placed.


@pytest.mark.parametrize(
    ("owners", "in_the_list"),
    [
        ([("wren", "lead"), ("ash", "lead")], "Wren Ashdown, Ash Brook"),
        ([("wren", "lead"), ("ash", "support")], "Wren Ashdown, with Ash Brook"),
        ([("group", "lead")], "All Allies"),
        ([("team", "lead"), ("ash", "support")], "Team, with Ash Brook"),
        ([("Grace", "lead")], "“Grace”"),
    ],
)
def test_18_owners(operator, group, core_team, shown, owners, in_the_list, today):
    known = {
        "wren": Owner("Wren", person=PersonFactory(full_name="Wren Ashdown")),
        "ash": Owner("Ash", person=PersonFactory(full_name="Ash Brook")),
        "group": Owner("All Allies", body=group),
        "team": Owner("Team", body=core_team),
        "Grace": Owner("Grace"),
    }
    chosen = [
        Owner(known[key].as_written, role, person=known[key].person, body=known[key].body)
        for key, role in owners
    ]
    action = agree(by=operator, body=group, text="Write the guide.", agreed_on=NOVEMBER, owners=chosen)
    listed, _ = shown(action)
    assert f'<td role="cell">{in_the_list}</td>' in listed


def test_18_owners_are_entered_in_the_browser(write_down, shown, group):
    wren = PersonFactory(full_name="Wren Ashdown")
    action = write_down(
        "Write the guide.",
        (f"person:{wren.pk}", "", "lead"),
        (f"body:{group.pk}", "", "lead"),
        ("", "Grace", "support"),
    )
    _, page = shown(action)
    assert "Wren Ashdown and Allies Group lead, “Grace” supports" in page


# 19. Deadlines of every kind, with their words.


@pytest.mark.parametrize(
    ("words", "kind", "lines"),
    [
        ("31 Jan 2026", "date", ["31 Jan 2026", "Saturday 31 January", "3 days overdue"]),
        (
            "Feb 2022",
            "month",
            ["Feb 2022", "Its last day counts: 28 February 2022", "3 years, 11 months overdue"],
        ),
        ("ASAP", "asap", ["“ASAP”", "As soon as possible. Agreed 2 months ago."]),
        ("Ongoing", "ongoing", ["“Ongoing”", "Looked at in every meeting"]),
        ("Share with meeting notes", "with_notes", ["“Share with meeting notes”", "When the notes go out"]),
        ("once able", "condition", ["“once able”", "When a condition holds. No date."]),
        ("once we are able", "condition", ["“once we are able”", "When a condition holds. No date."]),
        ("at next meeting", "next_meeting", ["“at next meeting”", "Tuesday 10 February, in 7 days"]),
        ("", "", ["No deadline"]),
    ],
)
def test_19_deadlines(write_down, shown, group, words, kind, lines):
    MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    action = write_down("Write the guide.", deadline=words)
    assert (action.deadline_kind, action.deadline_words) == (kind, words)
    for page in shown(action):
        for line in lines:
            assert line in page
        assert ("overdue</p>" in page) is (len(lines) == 3)


def test_19_a_deadline_at_the_next_meeting_is_overdue_once_it_was_held(write_down, shown, group):
    MeetingFactory(body=group, date=date(2026, 1, 20), stage=Stage.DRAFT)
    assert "14 days overdue" in shown(write_down("Report back.", deadline="at next meeting"))[0]


def test_19_a_deadline_with_the_notes_is_overdue_once_they_are_circulated(write_down, shown, group):
    MeetingFactory(body=group, date=NOVEMBER, stage=Stage.CIRCULATED, circulated_on=date(2026, 1, 31))
    assert "3 days overdue" in shown(write_down("Share the paper.", deadline="Share with meeting notes"))[0]


# 20. A status in the deadline column.


def test_20_a_status_in_the_deadline_column(write_down, shown):
    action = write_down("Ask about safeguarding.", deadline="In progress")
    assert (action.deadline_kind, action.deadline_words) == ("unknown", "In progress")
    listed, page = shown(action)
    for each in (listed, page):
        assert "“In progress”" in each and "That is a status. No date was set." in each
    assert "overdue</p>" not in listed


# 21. A sub-action under an action: as a point in more detail, or as an action of its own.


def test_21_a_sub_action_as_a_detail(write_down, shown):
    action = write_down("Ask about safeguarding.", details="Feed into the statement already under way")
    for page in shown(action):
        assert "<li>Feed into the statement already under way</li>" in page


def test_21_a_sub_action_of_its_own(write_down, shown, signed_in, team):
    whole, part = (
        write_down("Ask about safeguarding."),
        write_down("Feed into the statement.", ("", "Grace", "lead")),
    )
    signed_in(team).post(reverse("actions:part_of", args=[part.pk]), {"other": whole.pk})
    assert "Feed into the statement." in shown(whole)[1]
    assert "Ask about safeguarding." in shown(part)[1].partition("Part of")[2]


# 22. Carried from a meeting that is not in the record.


def test_22_carried_from_a_meeting_not_in_the_record(write_down, shown, group):
    MeetingFactory(body=group, date=NOVEMBER)
    action = write_down("Introduce contacts.", on=None)
    Action.objects.filter(pk=action.pk).update(first_seen_on=NOVEMBER)
    bring_up_to_date(group)
    action.refresh_from_db()
    listed, page = shown(action)
    assert (action.agreed_on, action.times_carried) == (None, 1)
    assert "First seen in the record 19 Nov 2025" in listed
    assert "At an earlier meeting that is not in the record. First seen on 19 November 2025." in page
    assert "Agreed 19" not in listed + page


def test_22_nothing_is_inferred_from_an_action_that_later_notes_leave_out(operator, group, shown, today):
    action = agree(
        by=operator,
        body=group,
        text="Introduce contacts.",
        agreed_on=date(2021, 11, 8),
        status=None,
        brought_in=True,
    )
    MeetingFactory(body=group, date=NOVEMBER)
    bring_up_to_date(group)
    listed, _ = shown(action)
    assert "Not recorded" in listed and "Nobody has confirmed yet that this still stands" in listed
    assert "overdue</p>" not in listed


# 23. Offers that are not actions: an offer is said of an action, or stands in the notes; it makes nobody an owner.


def test_23_offers_are_not_actions(write_down, shown, signed_in, team, ally):
    action = write_down("Write the guide.", ("", "Grace", "lead"))
    record_update(by=team, action=action, note="Wren, Ash and Bel are happy to help with this.")
    _, page = shown(action)
    assert "“Wren, Ash and Bel are happy to help with this.”" in page
    assert "“Grace” leads" in page
    assert (Action.objects.count(), action.assignments.count(), action.status) == (1, 1, Status.TODO)
