"""The page of one meeting, and the list of all: what they say, to whom, and in how many queries."""

from datetime import date, time

import pytest
from django.urls import reverse

from actions.services import agree, record_update
from actions.services.agreeing import Owner
from actions.statuses import Status
from allies.models import OPERATOR, Declaration
from allies.partial_dates import PartialDate
from meetings.models import (
    AnnouncedMeeting,
    Capacity,
    InterestsState,
    Paper,
    Presenter,
    SourceDocument,
    Stage,
)
from meetings.models.in_full import before_the_meeting, meeting_in_full
from meetings.models.lists import agreed_at, carried_into, closed_before
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    MentionFactory,
)

pytestmark = pytest.mark.django_db

# Session, account with person, appointments, and which bodies lie below which.
SIGNED_IN = 4


@pytest.fixture
def november(group, today):
    return MeetingFactory(body=group, date=date(2025, 11, 19), stage=Stage.DRAFT)


@pytest.fixture
def february(group, today):
    return MeetingFactory(
        body=group,
        date=date(2026, 2, 10),
        stage=Stage.PLANNED,
        starts=time(11),
        ends=time(13),
        place="Online",
    )


def text_of(response) -> str:
    """The words of a page, tags taken away and white space made single."""
    import re
    from html import unescape

    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(words).split())


def fill(meeting, rows: int) -> None:
    """As many of everything that hangs on a meeting, some of them with several parts."""
    meeting.interests_state = InterestsState.DECLARED
    meeting.save()
    for number in range(rows):
        item = AgendaItemFactory(
            meeting=meeting, position=number, notes="- One point\n  - A reply\n- ACTION: Wren to write"
        )
        Presenter.objects.create(item=item, as_written="Wren")
        Presenter.objects.create(item=item, as_written="Dev")
        one = AttendanceFactory(meeting=meeting)
        CapacityFactory(attendance=one, kind="guest")
        CapacityFactory(attendance=one, kind="notetaker")
        DecisionFactory(meeting=meeting, item=item)
        Paper.objects.create(
            meeting=meeting, item=item, title=f"Report {number}", link="https://example.org/report"
        )
        Declaration.objects.create(body=meeting.body, on=meeting.date, words="A paid seat", person=one.person)
        AnnouncedMeeting.objects.create(meeting=meeting, as_written="Spring", date=PartialDate(2026, 4))
        for agreed_on in (meeting.date, date(2024, 1, 9)):
            action = ActionFactory(body=meeting.body, agreed_on=agreed_on)
            AssignmentFactory(action=action)
            AssignmentFactory(action=action, role="support")
            MentionFactory(
                meeting=meeting,
                action=action,
                place="agreed",
                position=number * 2 + (agreed_on == meeting.date),
            )


@pytest.mark.parametrize("brought_in", [False, True])
@pytest.mark.parametrize("rows", [1, 7])
def test_a_meeting_takes_twelve_queries_at_most_however_much_there_is(
    november, ally, signed_in, django_assert_num_queries, rows, brought_in
):
    fill(november, rows)
    if brought_in:
        SourceDocument.objects.create(meeting=november, text="Notes", understood={})
        ActionFactory(body=november.body, agreed_on=date(2024, 1, 9))
    client = signed_in(ally)
    with django_assert_num_queries(12 if brought_in else 11):
        response = client.get(november.get_absolute_url())
    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 7])
def test_a_planned_meeting_takes_ten_queries(
    february, november, ally, signed_in, django_assert_num_queries, rows
):
    fill(february, rows)
    client = signed_in(ally)
    with django_assert_num_queries(10):
        assert client.get(february.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_eight_queries_at_one_row_and_at_many(
    group, today, ally, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        MeetingFactory(body=group, date=date(2020, 1, 1 + number))
        MeetingFactory(body=group, date=date(2027, 1, 1 + number), stage=Stage.PLANNED)
    client = signed_in(ally)
    with django_assert_num_queries(SIGNED_IN + 4):
        assert client.get(reverse("meetings:list")).status_code == 200


def test_the_list_names_each_meeting_with_its_stage_and_what_it_agreed(
    november, february, group, ally, signed_in
):
    ActionFactory(body=group, agreed_on=november.date)
    ActionFactory(body=group, agreed_on=november.date)
    MeetingFactory(body=group, date=date(2025, 6, 3), stage=Stage.PLANNED)
    MeetingFactory(body=group, date=date(2025, 5, 2), stage=Stage.PLANNED, called_off="Too few could come.")
    response = signed_in(ally).get(reverse("meetings:list"))
    words = text_of(response)
    assert [one.pk for one in response.context["coming"]] == [february.pk]
    assert "Tuesday 10 February 2026 11:00 to 13:00 Allies Group Planned" in words
    assert "Wednesday 19 November 2025 Allies Group Draft notes 2 actions agreed" in words
    assert "Tuesday 3 June 2025 Allies Group Waiting for its notes" in words
    assert "Friday 2 May 2025 Allies Group Called off Too few could come." in words


def test_the_list_can_be_of_one_body_and_shows_only_what_the_reader_may_see(november, group, ally, signed_in):
    below = BodyFactory(parent=group, slug="safety", name="Safety working group")
    MeetingFactory(body=below, date=date(2025, 9, 1))
    elsewhere = MeetingFactory(body=BodyFactory(), date=date(2025, 9, 2))
    client = signed_in(ally)
    assert [one.date for one in client.get(reverse("meetings:list"), {"body": "safety"}).context["past"]] == [
        date(2025, 9, 1)
    ]
    assert [one.date for one in client.get(reverse("meetings:list")).context["past"]] == [
        date(2025, 11, 19),
        date(2025, 9, 1),
    ]
    assert client.get(elsewhere.get_absolute_url()).status_code == 404


def test_the_one_query_gives_what_the_three_lists_give(november, february, group, core_team):
    early = MeetingFactory(body=group, date=date(2025, 3, 4))
    for text, agreed_on in (
        ("Agreed here", november.date),
        ("Carried", early.date),
        ("Closed between", early.date),
        ("Closed long ago", date(2021, 1, 5)),
        ("Agreed later", february.date),
        ("From a meeting not in the record", None),
    ):
        action = agree(
            by=OPERATOR, body=group, text=text, agreed_on=agreed_on, first_seen_on=agreed_on or early.date
        )
        if text == "Closed between":
            record_update(by=OPERATOR, action=action, status=Status.DONE, on=date(2025, 6, 1))
        if text == "Closed long ago":
            record_update(by=OPERATOR, action=action, status=Status.DONE, on=date(2021, 6, 1))
    together = {action.text for action in before_the_meeting(november, OPERATOR)}
    apart = {
        action.text
        for actions in (agreed_at, carried_into, closed_before)
        for action in actions(november, OPERATOR)
    }
    assert (
        together == apart == {"Agreed here", "Carried", "Closed between", "From a meeting not in the record"}
    )
    full = meeting_in_full(OPERATOR, november.pk)
    assert [action.text for action in full.agreed] == ["Agreed here"]
    assert [action.text for action in full.closed] == ["Closed between"]
    assert {action.text for action in full.carried} == {"Carried", "From a meeting not in the record"}


def test_owners_are_said_as_they_were_at_the_meeting(november, group, called):
    early = date(2025, 3, 4)
    action = agree(
        by=OPERATOR,
        body=group,
        text="Write the guide",
        agreed_on=early,
        owners=[
            Owner("Ada", person=called("Ada Okafor")),
            Owner("Dev", "support", person=called("Dev Patel")),
        ],
    )
    action.assignments.filter(as_written="Ada").update(until=date(2026, 1, 5))
    full = meeting_in_full(OPERATOR, november.pk)
    assert [one.owner_words for one in full.carried] == ["Ada Okafor, with Dev Patel"]


def test_the_page_reads_like_the_notes(november, group, ally, signed_in, called):
    for name, presence, kinds in (
        ("Hugh Bannerman", "present", ["chair"]),
        ("Dev Patel", "present", ["guest", "notetaker"]),
        ("Carys Lund", "apologies", ["co-chair"]),
    ):
        one = AttendanceFactory(meeting=november, person=called(name), presence=presence)
        for kind in kinds:
            Capacity.objects.create(attendance=one, kind=kind)
    item = AgendaItemFactory(
        meeting=november,
        title="Progress and risk report",
        notes="- Bel gave an update.\n  - Hugh asked why.\n  - ACTION:** Bel to write it down.\n- DECISION: We go on.",
    )
    Presenter.objects.create(item=item, as_written="Bel")
    AnnouncedMeeting.objects.create(
        meeting=november, as_written="Tuesday 10 February 2026, 11:00–13:00", date=PartialDate(2026, 2, 10)
    )
    response = signed_in(ally).get(november.get_absolute_url())
    words = text_of(response)
    assert "Meeting notes: Wednesday 19 November 2025" in words
    assert "Present Hugh Bannerman (chaired the meeting), Dev Patel (guest, notetaking)" in words
    assert "Apologies Carys Lund (co-chair)" in words
    assert (
        "Progress and risk report Bel Bel gave an update. Hugh asked why. "
        "Action: Bel to write it down. Agreed: We go on." in words
    )
    assert "Date of next meeting Tuesday 10 February 2026, 11:00–13:00" in words
    assert "Plan this meeting" not in words


@pytest.mark.parametrize(
    ("state", "own_words", "says"),
    [
        (InterestsState.NONE_DECLARED, "", "No conflicts of interest were declared."),
        (InterestsState.NONE_DECLARED, "None were declared today.", "None were declared today."),
        (InterestsState.NOT_RECORDED, "", "Nothing was recorded about interests at this meeting."),
        (InterestsState.DECLARED, "", "Ada Okafor: She advises the Harbour Trust."),
    ],
)
def test_interests_have_three_states(november, ally, signed_in, called, state, own_words, says):
    november.interests_state, november.interests_words = state, own_words
    november.save()
    if state == InterestsState.DECLARED:
        Declaration.objects.create(
            body=november.body,
            on=november.date,
            person=called("Ada Okafor"),
            words="She advises the Harbour Trust.",
        )
    assert f"Summary of conversation {says}" in text_of(signed_in(ally).get(november.get_absolute_url()))


def test_a_brought_in_meeting_keeps_its_documents_two_lists_and_the_rest_apart(
    november, group, ally, signed_in
):
    SourceDocument.objects.create(meeting=november, text="Notes", understood={})
    agreed = ActionFactory(body=group, text="Draft a proposal", agreed_on=november.date)
    carried = ActionFactory(body=group, text="Ask the trust", agreed_on=None, first_seen_on=november.date)
    old = ActionFactory(body=group, text="Introduce contacts", agreed_on=date(2021, 11, 8))
    MentionFactory(
        meeting=november,
        action=agreed,
        place="agreed",
        position=0,
        text="Draft a proposal to share",
        owners_as_written="Bel / Ada",
        deadline_as_written="31 Jan 2026",
    )
    MentionFactory(
        meeting=november,
        action=carried,
        place="carried",
        position=0,
        text="Ask the Trust",
        details="Feed into the work",
        owners_as_written="Bel",
        deadline_as_written="In progress",
    )
    response = signed_in(ally).get(november.get_absolute_url())
    words = text_of(response)
    assert (
        "Actions agreed in this meeting Action Person taking this on Deadline "
        "Draft a proposal to share Bel / Ada 31 Jan 2026" in words
    )
    assert "Ask the Trust Feed into the work Bel In progress" in words
    assert "Open in our record, not in these notes" in words
    assert [action.pk for action in response.context["full"].also_open] == [old.pk]
    assert f'href="{agreed.get_absolute_url()}"' in response.content.decode()


def test_a_planned_meeting_shows_what_is_before_it(february, november, group, ally, signed_in):
    ActionFactory(body=group, text="Write the guide", agreed_on=november.date)
    AgendaItemFactory(meeting=february, position=1, title="Welcome", minutes=10, purpose="information")
    item = AgendaItemFactory(meeting=february, position=2, title="Progress", minutes=20, purpose="advice")
    Paper.objects.create(
        meeting=february,
        item=item,
        title="Income report",
        version="February 2026",
        link="https://example.org/income",
    )
    AttendanceFactory(meeting=february, presence="", answer="coming")
    AttendanceFactory(meeting=february, presence="", answer="apologies")
    AttendanceFactory(meeting=february, presence="", answer="")
    words = text_of(signed_in(ally).get(february.get_absolute_url()))
    assert "In 7 days Tuesday 10 February 2026 11:00 to 13:00" in words
    assert (
        "11:00 1. Welcome 10 minutes Information 11:10 2. Progress 20 minutes Income report, February 2026 Link Advice"
        in words
    )
    assert "1 of 3 so far, 1 apology" in words
    assert "Write the guide Agreed 19 Nov 2025" in words


def test_a_meeting_is_found_by_its_body_and_day(november, ally, signed_in):
    client = signed_in(ally)
    found = client.get(reverse("meetings:on_day", args=["allies-group", "2025-11-19"]))
    assert (found.status_code, found.url) == (302, november.get_absolute_url())
    assert client.get(reverse("meetings:on_day", args=["allies-group", "yesterday"])).status_code == 404
    assert client.get(reverse("meetings:on_day", args=["no-such-group", "2025-11-19"])).status_code == 404


def test_a_day_on_which_nobody_met_leads_to_the_meetings_and_says_so(november, ally, signed_in):
    client = signed_in(ally)
    response = client.get(reverse("meetings:on_day", args=["allies-group", "2025-11-20"]), follow=True)
    assert response.redirect_chain == [("/meetings/?body=allies-group", 302)]
    assert "No meeting of Thursday 20 November 2025 is in the record." in response.text


def test_the_next_meeting_of_a_body_is_the_planned_one_that_comes_first(
    november, february, group, ally, signed_in
):
    client, address = signed_in(ally), reverse("meetings:on_day", args=["allies-group", "next"])
    MeetingFactory(body=group, date=date(2026, 5, 12), stage=Stage.PLANNED)
    MeetingFactory(body=group, date=date(2026, 2, 5), stage=Stage.PLANNED, called_off="Snow")
    MeetingFactory(body=BodyFactory(parent=group), date=date(2026, 2, 4), stage=Stage.PLANNED)
    found = client.get(address)
    assert (found.status_code, found.url) == (302, february.get_absolute_url())


def test_where_no_meeting_is_planned_the_next_leads_to_the_meetings_and_says_so(group, ally, signed_in):
    address = reverse("meetings:on_day", args=["allies-group", "next"])
    response = signed_in(ally).get(address, follow=True)
    assert response.redirect_chain == [("/meetings/?body=allies-group", 302)]
    assert f"No meeting of the {group} is planned yet." in response.text
    assert signed_in(ally).get(address.replace("allies-group", "no-such-group")).status_code == 404


def test_an_actions_mentions_stand_with_their_place_and_wording(november, group, ally, signed_in):
    action = ActionFactory(body=group, text="Share the strategy", agreed_on=november.date)
    item = AgendaItemFactory(meeting=november, title="Any other business")
    MentionFactory(
        meeting=november,
        action=action,
        place="agreed",
        text="Share the strategy",
        owners_as_written="Bel",
        deadline_as_written="Ongoing",
    )
    MentionFactory(
        meeting=november, action=action, item=item, text="Bel to share it once able", owners_as_written="Bel"
    )
    MentionFactory(meeting=MeetingFactory(body=BodyFactory()), action=action, text="Not for these eyes")
    words = text_of(signed_in(ally).get(reverse("meetings:mentions", args=[action.pk])))
    assert (
        "Wednesday 19 November 2025 Allies Group : in the table of actions agreed “Share the strategy” "
        "Owners, as written “Bel” Deadline, as written “Ongoing”" in words
    )
    assert (
        "in the notes, under “Any other business” “Bel to share it once able” "
        "Owners, as written “Bel” Deadline, as written None" in words
    )
    assert "Not for these eyes" not in words


def test_announced_meetings_wait_for_whoever_can_plan(november, team, ally, signed_in):
    notice = AnnouncedMeeting.objects.create(
        meeting=november, as_written="Tuesday 10 February 2026", date=PartialDate(2026, 2, 10)
    )
    over = AnnouncedMeeting.objects.create(
        meeting=november, as_written="January 2026", date=PartialDate(2026, 1)
    )
    assert signed_in(team).get(reverse("meetings:list")).context["announced"] == [notice]
    assert over.became is None
    assert signed_in(ally).get(reverse("meetings:list")).context["announced"] == []
    link = f"{reverse('meetings:plan')}?announced={notice.pk}"
    assert link in signed_in(team).get(november.get_absolute_url()).content.decode()
    assert link not in signed_in(ally).get(november.get_absolute_url()).content.decode()
