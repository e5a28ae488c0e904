"""The page before a meeting: for an Ally, the core team and a chair, each with what is theirs first."""

import re
from datetime import date, time

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import strip_tags

from allies.models import BodyKind, Post, Seat
from meetings.models import Answer, Attendance, Meeting, Paper, Presenter, SourceDocument, Stage
from meetings.models.home import outstanding_before
from meetings.models.lists import carried_into
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    InterestsReturnFactory,
    MeetingFactory,
    MentionFactory,
    PersonFactory,
    UpdateFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

NOVEMBER, FEBRUARY = date(2025, 11, 19), date(2026, 2, 10)


@pytest.fixture
def november(group) -> Meeting:
    return MeetingFactory(body=group, date=NOVEMBER)


@pytest.fixture
def february(group, november) -> Meeting:
    return MeetingFactory(
        body=group,
        date=FEBRUARY,
        starts=time(11),
        ends=time(13),
        stage=Stage.PLANNED,
        place="Online",
        link="https://example.org/join",
        access="Captions are on.",
    )


@pytest.fixture
def read(signed_in):
    """Open the page as somebody, and give its words with single spaces between."""

    def opened(account) -> str:
        response = signed_in(account).get(reverse("home"))
        assert response.status_code == 200
        return words(response.content.decode())

    return opened


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(
        strip_tags(re.sub(r"<(?=/?(p|li|td|th|dt|dd|h\d|div|b|br|caption)\b)", " <", main)).split()
    )


def part(page: str, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end, page.index(start))]


# ---- Who opens it


def test_whoever_is_not_signed_in_is_welcomed_and_sees_nothing_of_the_record(read, february):
    ActionFactory(body=february.body, text="Write to the harbour office")
    page = read(None)
    assert ["Sign in" in page, "harbour" in page, "10 February" in page] == [True, False, False]


def test_an_account_that_belongs_to_nobody_gets_a_kind_sentence(read, account_without_person):
    assert "You are not on any of the groups at the moment" in read(account_without_person)


def test_a_former_chair_gets_a_kind_sentence(read, former_chair, february):
    page = read(former_chair)
    assert ["thank you for what you gave" in page, "10 February" in page] == [True, False]


# ---- The next meeting


def test_the_programme_says_when_where_and_how_long(read, ally, february):
    page = read(ally)
    assert (
        part(page, "Next meeting", "Will you")
        == "Next meeting, in 7 days Tuesday 10 February 2026 11:00 to 13:00, two hours "
    )
    assert "Where Online. Joining link" in page
    assert "Access Captions are on." in page


def test_those_who_chair_and_take_notes_at_this_meeting_are_named(read, ally, february, chair, called):
    guest = called("Esme Ward")
    CapacityFactory(attendance=AttendanceFactory(meeting=february, person=guest, presence=""), kind="chair")
    taking = AttendanceFactory(meeting=february, person=called("Dev Patel"), presence="")
    CapacityFactory(attendance=taking, kind="notetaker")
    assert "Chairs Esme Ward Notes Dev Patel" in read(ally)


def test_without_a_chair_of_the_day_those_of_the_group_are_named(read, ally, chair, february):
    assert f"Chairs {chair.person.full_name} " in read(ally)


def test_it_says_how_many_come(read, ally, february):
    for answer in (Answer.COMING, Answer.COMING, Answer.APOLOGIES, ""):
        AttendanceFactory(meeting=february, presence="", answer=answer)
    assert "Coming 2 of 4 so far, 1 apology" in read(ally)


def test_the_agenda_has_times_presenters_purposes_and_papers(read, ally, february):
    first = AgendaItemFactory(
        meeting=february, position=0, title="Welcome", minutes=10, purpose="information"
    )
    Presenter.objects.create(item=first, as_written="Bel")
    second = AgendaItemFactory(
        meeting=february, position=1, title="Co-chairing", minutes=20, purpose="decision"
    )
    paper = Paper(meeting=february, item=second, title="Three options")
    paper.file.save("options.pdf", ContentFile(b"%PDF-1.7"), save=True)
    AgendaItemFactory(meeting=february, position=2, title="Any other business")
    agenda = part(read(ally), "Agenda and papers", "Your actions")
    assert agenda == (
        "Agenda and papers 11:00 1. Welcome Bel, 10 minutes Information "
        "11:10 2. Co-chairing 20 minutes Three options PDF Decision "
        "11:30 3. Any other business "
    )


def test_a_withdrawn_paper_is_not_there_to_read(read, ally, february):
    Paper.objects.create(
        meeting=february, title="Old draft", link="https://example.org/a", withdrawn="wrong one"
    )
    page = read(ally)
    assert ["Old draft" in page, "Read a paper" in page] == [False, False]


def test_a_member_of_two_groups_sees_the_next_meeting_first_and_the_other_named(read, ally, february):
    equity = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP)
    AppointmentFactory(person=ally.person, body=equity)
    MeetingFactory(body=equity, date=date(2026, 2, 5), stage=Stage.PLANNED)
    page = read(ally)
    assert "Thursday 5 February 2026" in part(page, "Next meeting", "Will you")
    assert "Also coming: Tuesday 10 February 2026, Allies Group" in page


def test_the_meeting_of_a_group_one_does_not_sit_on_is_not_ones_next(read, ally, group, february):
    below = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP, parent=group)
    MeetingFactory(body=below, date=date(2026, 2, 5), stage=Stage.PLANNED)
    page = read(ally)
    assert "10 February 2026" in part(page, "Next meeting", "Will you")
    assert "Also coming: Thursday 5 February 2026, Equity working group" in page


def test_whoever_is_on_the_list_of_a_meeting_sees_it(read, ally, group, february):
    below = BodyFactory(name="Equity working group", kind=BodyKind.WORKING_GROUP, parent=group)
    meeting = MeetingFactory(body=below, date=date(2026, 2, 5), stage=Stage.PLANNED)
    AttendanceFactory(meeting=meeting, person=ally.person, presence="")
    assert "5 February 2026" in part(read(ally), "Next meeting", "Will you")


def test_a_meeting_that_was_called_off_is_not_next(read, ally, group, november):
    MeetingFactory(body=group, date=FEBRUARY, stage=Stage.PLANNED, called_off="snow")
    assert "No meeting is planned yet." in read(ally)


@pytest.mark.parametrize(("who", "can_plan"), [("ally", False), ("team", True), ("chair", True)])
def test_without_a_next_meeting_those_who_can_are_asked_to_plan_it(request, read, november, who, can_plan):
    page = read(request.getfixturevalue(who))
    assert ["No meeting is planned" in page, "Plan it" in page] == [True, can_plan]


# ---- What is left to do


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "Say if you are coming Not answered yet"),
        (Answer.COMING, "Done: Say if you are coming Done. You are coming."),
        (Answer.APOLOGIES, "Done: Say if you are coming Done. You sent apologies."),
        (Answer.UNDECIDED, "Say if you are coming You are not sure yet."),
    ],
)
def test_the_first_step_is_to_say_whether_one_comes(signed_in, ally, february, answer, said):
    Attendance.objects.create(meeting=february, person=ally.person, answer=answer)
    html = signed_in(ally).get("/").content.decode().replace('aria-label="Done:">', ">Done: ")
    assert said in words(html)


def test_an_answer_can_be_given_where_one_reads(signed_in, ally, february):
    client = signed_in(ally)
    answered = client.post(
        reverse("meetings:answer", args=[february.pk]), {"answer": "apologies", "next": "/"}
    )
    assert [answered.status_code, answered.url] == [302, "/"]
    assert "You sent apologies." in words(client.get("/").content.decode())


def test_the_steps_count_what_was_said_of_ones_actions_since_the_last_meeting(read, ally, february):
    said, unsaid, old = (ActionFactory(body=february.body, agreed_on=date(2025, 3, 4)) for _ in range(3))
    for one in (said, unsaid, old):
        AssignmentFactory(action=one, person=ally.person)
    UpdateFactory(action=said, on=date(2026, 1, 20))
    UpdateFactory(action=old, on=date(2025, 6, 1))
    assert "Update your actions 1 of 3 updated" in read(ally)


def test_the_steps_count_the_papers(read, ally, february):
    for title in ("Income report", "Review plan"):
        Paper.objects.create(meeting=february, title=title, link="https://example.org/a")
    assert "Read 2 papers" in read(ally)


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


# ---- What waits for the team, and for a chair


def test_the_core_team_sees_first_what_needs_it(read, team, group, november, february):
    AttendanceFactory(meeting=february, presence="")
    february.invited_at = "2026-01-20T10:00Z"
    february.save()
    AgendaItemFactory(meeting=february, title="Co-chairing", purpose="decision")
    MeetingFactory(body=group, date=date(2026, 1, 13), stage=Stage.PLANNED)
    november.announced.create(as_written="Tuesday 5 May 2026, 11:00–13:00", date="2026-05-05")
    MentionFactory(meeting=november, action=None, place="notes", text="Wren to ring the office")
    AttendanceFactory(meeting=november, person=None, name_as_written="Robin")
    SourceDocument.objects.create(meeting=november, text="", understood={})
    ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False)
    page = read(team)
    for said in (
        "The meeting of Tuesday 13 January 2026 has no notes yet.",
        "The next meeting is announced and not planned: “Tuesday 5 May 2026, 11:00–13:00”",
        "1 person has not answered for the next meeting.",
        "1 item for a decision has no paper. Co-chairing",
        "1 remark and 1 name in the notes of Wednesday 19 November 2025 wait for an answer.",
        "1 action from old notes waits for somebody to say that they still stand.",
    ):
        assert said in page
    assert page.index("What the team has to do") < page.index("Next meeting, in 7 days")


def test_an_ally_does_not_see_what_waits_for_the_team(read, ally, group, november, february):
    MeetingFactory(body=group, date=date(2026, 1, 13), stage=Stage.PLANNED)
    page = read(ally)
    assert ["What the team has to do" in page, "has no notes yet" in page] == [False, False]


def test_what_is_announced_and_planned_does_not_wait(read, team, november, february):
    november.announced.create(as_written="Tuesday 10 February 2026", date="2026-02-10")
    november.announced.create(as_written="March 2026", date="2026-03", became=february)
    november.announced.create(as_written="Tuesday 20 January 2026", date="2026-01-20")
    assert "announced and not planned" not in read(team)


def test_a_name_that_means_no_more_than_it_says_does_not_wait(read, team, november, february):
    action = ActionFactory(body=february.body)
    AssignmentFactory(action=action, person=None, as_written="Robin")
    MentionFactory(meeting=november, action=action, place="agreed")
    source = SourceDocument.objects.create(meeting=november, text="", understood={})
    assert "1 name in the notes of Wednesday 19 November 2025 waits for an answer." in read(team)
    source.answers = {"names": {"Robin": "as_written"}}
    source.save()
    assert "waits for an answer" not in read(team)


def test_a_team_with_nothing_to_do_is_told_so(read, team, group, february):
    february.invited_at = "2026-01-20T10:00Z"
    february.save()
    AgendaItemFactory(meeting=february, purpose="information")
    assert "Nothing is waiting for the team." in read(team)


def test_a_chair_sees_the_empty_seat_and_the_terms_that_end(read, chair, group, february):
    AppointmentFactory(body=group, person=PersonFactory(full_name="Joan Pike"), starts="2023-04")
    page = read(chair)
    assert "The co-chair’s seat for learnt experience is empty. Allies Group" in page
    assert "Joan Pike comes to the end of a term: Three years in April 2026." in page
    assert page.index("As a chair") < page.index("Next meeting, in 7 days")


def test_a_chair_with_both_seats_held_and_no_term_ending_is_told_so(read, chair, group, february):
    AppointmentFactory(body=group, post=Post.CO_CHAIR, seat=Seat.LEARNT, starts="2025")
    assert "Nothing is waiting for the chairs." in read(chair)


# ---- Interests


def test_whoever_has_not_answered_about_interests_is_asked_with_a_link(read, ally, february):
    assert "We ask everyone for their interests" in read(ally)
    InterestsReturnFactory(person=ally.person, on=date(2026, 1, 10))
    assert "We ask everyone for their interests" not in read(ally)


# ---- How much it asks of the database


def test_it_asks_as_often_at_one_action_as_at_many(
    signed_in, django_assert_num_queries, account_of, group, february
):
    ally = account_of(group)
    AppointmentFactory(person=ally.person, body=BodyFactory(parent=group))
    _fill(february, ally, 1)
    client = signed_in(ally)
    client.get("/")
    with django_assert_num_queries(12):
        client.get("/")
    _fill(february, ally, 130)
    with django_assert_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("who", ["team", "chair"])
def test_it_asks_no_oftener_of_those_who_keep_the_record(
    request, signed_in, django_assert_max_num_queries, group, november, february, who
):
    account = request.getfixturevalue(who)
    for number in (1, 40):
        _fill(february, account, number)
        november.announced.create(as_written="June 2026", date="2026-06")
        MentionFactory(meeting=november, action=None, place="notes")
        MeetingFactory(body=group, date=date(2026, 1, 13 + min(number, 5)), stage=Stage.PLANNED)
    client = signed_in(account)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")


def _fill(meeting: Meeting, account, number: int) -> None:
    """So many actions in every group, half of them one's own, with items, papers and people."""
    for place in range(number):
        action = ActionFactory(
            body=meeting.body,
            due_on=date(2026, 1 + place % 6, 5) if place % 2 else None,
            times_carried=place % 5,
            stands=place % 3 != 0,
        )
        AssignmentFactory(action=action, person=account.person if place % 2 else PersonFactory())
        UpdateFactory(action=action, on=date(2026, 1, 20))
    for _ in range(min(number, 5)):
        item = AgendaItemFactory(meeting=meeting)
        Presenter.objects.create(item=item, as_written="Bel")
        Paper.objects.create(meeting=meeting, item=item, title="A paper", link="https://example.org/a")
        CapacityFactory(attendance=AttendanceFactory(meeting=meeting, presence=""), kind="notetaker")
