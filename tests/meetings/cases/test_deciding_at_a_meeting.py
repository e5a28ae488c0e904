"""The group decides a case at its meeting: who took part, what was chosen, and what follows from it."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from actions.deadlines import read_deadline
from actions.models import Action
from actions.services import Owner
from allies.interests import Handling as How
from allies.models import Post, Seat
from allies.powers import Refused
from meetings.models import Decision, Meeting, Stage
from meetings.models.in_full import meeting_in_full
from meetings.models.lists import carried_into
from meetings.models.taking_part import who_took_part
from meetings.notes.reading import read
from meetings.services.answering import AnswerRefused, change_the_decision
from meetings.services.at_the_meeting import say_out
from meetings.services.cases import Group, HandedBack, decide_case, take_up
from meetings.services.conflicts import declare
from meetings.services.handling import Declaring, declare_and_handle
from meetings.services.meeting_in import write_decisions
from meetings.services.moving import move_to_next_meeting
from meetings.services.notes_out import notes_of
from meetings.services.recording import RecordRefused, Votes, withdraw_decision
from risks.keys import Why
from risks.models import Case, CaseDecision, CaseResponse, DecidedBy, StandDown
from risks.scheme import Level
from risks.services.cases import CaseRefused
from risks.services.corresponding import propose
from risks.services.deciding import Decided, ToDo
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    InterestFactory,
    MeetingFactory,
    WithholdingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAUSE = Decided(CaseResponse.PAUSE, "We need to hear the families first.")
ACCEPT = Decided(CaseResponse.ACCEPT, "The report is due.", date(2026, 5, 31))
PAUSED = "About Safer Starts, the Allies decided to pause the work. We need to hear the families first."


@pytest.fixture
def there(here, core_team, meeting):
    """Bo and Ash of the group, and somebody of the team."""
    row = AttendanceFactory(meeting=meeting, person__full_name="Tam Team")
    AppointmentFactory(person=row.person, body=core_team, post=Post.CORE_TEAM)
    return [here("Bo Best"), here("Ash Ames"), row.person]


@pytest.fixture
def next_meeting(group) -> Meeting:
    return MeetingFactory(body=group, date=date(2026, 5, 12), stage=Stage.PLANNED)


def test_the_decision_stands_with_the_case_and_in_the_notes(case, item, there, team, today):
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE, group=Group("by_all"))
    case.refresh_from_db()
    made = case.decisions.get()
    assert (made.decided_by, made.response, made.on) == (DecidedBy.MEETING, "pause", today)
    assert (case.closed_on, decision.case, decision.item) == (today, case, item)
    assert (decision.text, decision.kind, decision.reached) == (PAUSED, "decision", "by_all")
    assert [one.text for one in notes_of(meeting_in_full(team, item.meeting_id)).decisions] == [PAUSED]


def test_an_acceptance_says_until_when_and_rests(case, item, there, team):
    decision = decide_case(by=team, item=item, case=case, decided=ACCEPT)
    case.refresh_from_db()
    assert (case.closed_on, case.accepted_until) == (None, date(2026, 5, 31))
    assert decision.text == (
        "About Safer Starts, the Allies decided to accept it as it is until 31 May 2026. The report is due."
    )


def test_handing_it_back_is_a_decision_too(case, item, there, team):
    decision = decide_case(by=team, item=item, case=case, decided=HandedBack("The chairs know more now."))
    case.refresh_from_db()
    assert (case.level, case.round, case.decisions.count()) == (Level.CHAIRS, 2, 0)
    assert decision.text == (
        "About Safer Starts, the Allies decided to hand it back to the chairs, who decide anew. "
        "The chairs know more now."
    )


# ---- Who took part


def test_whoever_left_took_no_part_and_the_team_does_not_count(case, item, there, team, meeting):
    bo, ash, _ = there
    declare_and_handle(
        by=team, item=item, declaring=Declaring(person=bo, words="A cousin"), how=How.LEFT, decided_by=ash
    )
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    found = who_took_part(team, decision)
    assert (found.names, found.aside) == (["Ash Ames"], ["Tam Team"])
    assert [one.name for one in found.not_deciding] == ["Bo Best"]
    written = notes_of(meeting_in_full(team, meeting.pk)).decisions
    assert [one.text for one in written] == [f"{PAUSED} Bo Best took no part."]


def test_whoever_had_gone_out_for_the_item_does_not_count(case, item, there, team, meeting, signed_in):
    row = meeting.attendance.get(person=there[0])
    say_out(by=team, attendance=row, item=item)
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    found = who_took_part(team, decision)
    assert (found.names, found.out, found.not_deciding) == (["Ash Ames"], ["Bo Best"], [])
    page = signed_in(team).get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    assert "<dt>Out for the item</dt><dd>Bo Best</dd>" in page


@pytest.mark.parametrize("tie", ["register", "stood aside", "kept from it"])
def test_an_interest_is_handled_before_it_is_decided(case, item, there, team, tie):
    bo, ash, _ = there
    if tie == "register":
        InterestFactory(person=bo, about_project=case.about_project)
    elif tie == "stood aside":
        StandDown.objects.create(case=case, person=bo, why=Why.CONFLICT, on=case.opened_on)
    else:
        WithholdingFactory(person=bo, about_project=case.about_project)
    with pytest.raises(RecordRefused, match="the interest of Bo Best"):
        decide_case(by=team, item=item, case=case, decided=PAUSE)
    declare_and_handle(
        by=team, item=item, declaring=Declaring(person=bo, words="A tie"), how=How.STAYED, decided_by=ash
    )
    assert who_took_part(team, decide_case(by=team, item=item, case=case, decided=PAUSE)).names == [
        "Ash Ames"
    ]


def test_somebody_has_to_be_there(case, item, team):
    with pytest.raises(RecordRefused, match="who is here"):
        decide_case(by=team, item=item, case=case, decided=PAUSE)


# ---- Who may write it down


@pytest.mark.parametrize(("kind", "may"), [("chair", True), ("notetaker", True), ("guest", False)])
def test_the_acting_chair_and_the_note_taker_may(case, item, meeting, ally, kind, may):
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind=kind)
    if not may:
        with pytest.raises(Refused):
            decide_case(by=ally, item=item, case=case, decided=PAUSE)
        return
    todo = ToDo("Ring the families", [Owner("Wren", person=ally.person)])
    decision = decide_case(by=ally, item=item, case=case, decided=PAUSE, to_do=[todo])
    assert (decision.case, Action.objects.get().text) == (case, "Ring the families")


def test_the_acting_chair_finds_the_way_from_the_meetings_page(case, item, meeting, ally, signed_in):
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="chair")
    client = signed_in(ally)
    address = reverse("meetings:decide_case", args=[meeting.pk, item.pk, case.pk])
    assert f'href="{address}"' in client.get(meeting.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    response = client.post(address, {"response": "pause", "reason": "Now"})
    assert (response.status_code, response["Location"]) == (
        303,
        reverse("meetings:decision", args=[Decision.objects.get().pk]),
    )


def test_whoever_is_kept_from_it_writes_nothing_down(case, item, there, team, signed_in):
    WithholdingFactory(person=team.person, about_project=case.about_project)
    with pytest.raises(Refused):
        decide_case(by=team, item=item, case=case, decided=PAUSE)
    address = reverse("meetings:decide_case", args=[item.meeting_id, item.pk, case.pk])
    assert signed_in(team).get(address).status_code == 404


def test_what_was_decided_is_kept_from_them_even_where_the_item_is_about_something_else_now(
    case, item, there, team, ally
):
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    item.about_project = None
    item.save()
    assert list(Decision.objects.visible_to(ally)) == [decision]
    WithholdingFactory(person=ally.person, about_project=case.about_project)
    del ally._powers
    assert list(Decision.objects.visible_to(ally)) == []


# ---- Once


def test_sent_twice_it_counts_once(case, item, there, team):
    todo = [ToDo("Ring the families")]
    for decided in (ACCEPT, ACCEPT):
        decide_case(by=team, item=item, case=case, decided=decided, to_do=todo)
    assert (Decision.objects.count(), CaseDecision.objects.count(), Action.objects.count()) == (1, 1, 1)
    with pytest.raises(RecordRefused, match="decided about this case already"):
        decide_case(by=team, item=item, case=case, decided=PAUSE)


def test_it_is_neither_changed_nor_withdrawn(case, item, there, team):
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    with pytest.raises(RecordRefused, match="open the case anew"):
        withdraw_decision(by=team, decision=decision, reason="A slip")
    with pytest.raises(AnswerRefused, match="open the case anew"):
        change_the_decision(by=team, decision=decision, words="Something else", reached="")
    decision.refresh_from_db()
    assert (decision.text, decision.withdrawn) == (PAUSED, "")


def test_an_open_proposal_closes_with_it(case, item, here, there, team, today):
    proposal = propose(by=team, case=case, decided=PAUSE)
    decide_case(by=team, item=item, case=case, decided=ACCEPT)
    proposal.refresh_from_db()
    assert (proposal.closed_on, proposal.result) == (today, "to_the_meeting")


# ---- Not here, not now


def test_before_the_notes_are_begun_nothing_is_decided(case, item, there, team):
    Meeting.objects.update(stage=Stage.PLANNED)
    item.refresh_from_db()
    with pytest.raises(RecordRefused, match="Begin its notes"):
        decide_case(by=team, item=item, case=case, decided=PAUSE)


def test_an_item_about_something_else_decides_it_not(case, item, there, team, to_the_group):
    other = to_the_group("Something else")
    with pytest.raises(RecordRefused, match="does not wait for this meeting"):
        decide_case(by=team, item=item, case=other, decided=PAUSE)


def test_it_says_what_is_missing(case, item, there, team):
    with pytest.raises(CaseRefused, match="Say why"):
        decide_case(by=team, item=item, case=case, decided=Decided(CaseResponse.PAUSE, " "))
    with pytest.raises(CaseRefused, match="until when"):
        decide_case(by=team, item=item, case=case, decided=Decided(CaseResponse.ACCEPT, "For now"))
    with pytest.raises(RecordRefused, match="majority"):
        decide_case(by=team, item=item, case=case, decided=PAUSE, group=Group("agreed", Votes(5, 2, 0)))
    assert (Decision.objects.count(), CaseDecision.objects.count()) == (0, 0)


# ---- What follows


def test_its_actions_are_agreed_here_and_open_at_the_next_meeting(
    case, item, there, team, next_meeting, today
):
    bo, ash, _ = there
    todo = [
        ToDo(
            "Ring the families",
            [Owner("Bo Best", person=bo)],
            read_deadline("at next meeting", meeting_date=today),
        ),
        ToDo("Write to the partner", [Owner("Ash Ames", person=ash)]),
    ]
    decide_case(by=team, item=item, case=case, decided=PAUSE, to_do=todo)
    carried = list(carried_into(next_meeting, team).order_by("pk"))
    assert [(one.text, one.about, one.due_on) for one in carried] == [
        ("Ring the families", case.about, next_meeting.date),
        ("Write to the partner", case.about, None),
    ]
    assert {one.agreed_on for one in carried} == {today}


def test_its_actions_need_no_line_of_the_notes(case, item, there, team, signed_in):
    decide_case(by=team, item=item, case=case, decided=PAUSE, to_do=[ToDo("Ring the families")])
    page = signed_in(team).get(reverse("meetings:before_leaving", args=[item.meeting_id]))
    assert "Ring the families" not in page.content.decode()


def test_moved_to_the_next_meeting_it_is_decided_there(case, item, there, team, next_meeting, operator):
    moved = move_to_next_meeting(by=team, item=item)
    declare(by=team, meeting=item.meeting, person=there[0], words="A cousin", item=item)
    assert take_up(by=team, meeting=next_meeting, case=case) == moved


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx"])
def test_every_form_of_the_notes_carries_it_and_reads_back(case, item, there, team, signed_in, ending):
    bo, ash, _ = there
    declare_and_handle(
        by=team, item=item, declaring=Declaring(person=bo, words="A cousin"), how=How.LEFT, decided_by=ash
    )
    decided = Decided(CaseResponse.ACCEPT, "For now.\nThe report is due.", date(2026, 5, 31))
    decide_case(by=team, item=item, case=case, decided=decided, group=Group("agreed"))
    file = signed_in(team).get(reverse("meetings:notes_file", args=[item.meeting_id, ending]))
    document = read(file.content)
    assert document.decisions == notes_of(meeting_in_full(team, item.meeting_id)).decisions
    assert [one.text for one in document.decisions] == [
        "About Safer Starts, the Allies decided to accept it as it is until 31 May 2026. For now. "
        "The report is due. Bo Best took no part."
    ]


def test_notes_brought_in_later_neither_withdraw_it_nor_write_it_twice(case, item, there, team):
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    document = notes_of(meeting_in_full(team, item.meeting_id))
    for given in (document, replace(document, decisions=())):
        write_decisions(team, item.meeting, given, [])
    assert list(Decision.objects.standing()) == [decision]
    decision.refresh_from_db()
    assert decision.item == item


# ---- The page


@pytest.fixture
def note_taker(ally, meeting):
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
    return ally


@pytest.fixture
def page(case, item, meeting, team, signed_in):
    address = reverse("meetings:decide_case", args=[meeting.pk, item.pk, case.pk])
    return address, signed_in(team)


def test_the_form_makes_the_decision_and_two_actions(page, item, there):
    address, client = page
    typed = {
        "response": "pause",
        "reason": "We need to hear the families first.",
        "reached": "majority",
        "votes_for": "2",
        "votes_against": "0",
        "action-1-text": "Ring the families",
        "action-1-owner": there[0].pk,
        "action-1-deadline": "20 Feb 2026",
        "action-2-text": "Write to the partner",
    }
    for _ in range(2):
        response = client.post(address, typed)
        assert (
            response["Location"]
            == reverse("meetings:workspace", args=[item.meeting_id]) + "?item=1#decisions"
        )
    decision = Decision.objects.get()
    assert (decision.votes_words, decision.text) == ("2 for, 0 against", PAUSED)
    actions = Action.objects.order_by("pk").with_owners()
    assert [(one.text, one.due_on, len(one.owners)) for one in actions] == [
        ("Ring the families", date(2026, 2, 20), 1),
        ("Write to the partner", None, 0),
    ]


@pytest.mark.parametrize(
    ("votes_for", "against", "said"),
    [("40", "1", "There are more votes than people"), ("1", "2", "That is no majority")],
)
def test_numbers_that_nobody_can_have_voted_are_refused(page, there, votes_for, against, said):
    address, client = page
    typed = {"response": "pause", "reason": "We need to hear the families first.", "reached": "majority"}
    response = client.post(address, typed | {"votes_for": votes_for, "votes_against": against})
    assert (response.status_code, said in response.text) == (422, True)
    assert not Decision.objects.exists()


def test_a_form_that_is_not_whole_says_so_and_keeps_what_was_typed(page, there):
    address, client = page
    response = client.post(
        address, {"response": "accept", "reason": "For now", "action-1-owner": there[0].pk}
    )
    content = response.content.decode()
    assert response.status_code == 422
    assert (content.count("Say until when it is accepted"), content.count("For now</textarea>")) == (2, 1)
    assert content.count("Say what is to be done") == 2


def test_handing_back_through_the_form(page, case, there):
    address, client = page
    assert client.post(address, {"response": "hand_back", "reason": "They know more."}).status_code == 302
    case.refresh_from_db()
    assert case.level == Level.CHAIRS


def test_what_stands_in_the_way_is_said_at_the_top(page, case, there):
    InterestFactory(person=there[0], about_project=case.about_project)
    address, client = page
    content = client.get(address).content.decode()
    assert content.count("An interest has not been handled yet.") == 1
    response = client.post(address, {"response": "pause", "reason": "Now"})
    assert response.status_code == 422
    assert "Say first, under the item, how the interest of Bo Best" in response.content.decode()


def test_once_decided_the_address_leads_to_the_decision(page, case, item, there, team):
    address, client = page
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    assert client.get(address)["Location"] == f"/decisions/{decision.pk}/"


def test_a_case_that_waits_elsewhere_is_shown_instead(page, case):
    Case.objects.update(level=Level.CHAIRS)
    address, client = page
    assert client.get(address)["Location"] == case.get_absolute_url()


def test_the_workspace_leads_there_and_shows_it_once_decided(page, case, item, there, team, meeting):
    address, client = page
    workspace = reverse("meetings:workspace", args=[meeting.pk])
    assert f'href="{address}"' in client.get(workspace).content.decode()
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    content = client.get(workspace).content.decode()
    assert (content.count(PAUSED), address in content) == (1, False)
    assert reverse("meetings:change_decision", args=[meeting.pk, decision.pk]) not in content


def test_the_page_of_the_decision_shows_what_was_chosen_and_its_actions(
    case, item, there, team, ally, signed_in
):
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE, to_do=[ToDo("Ring the families")])
    content = signed_in(ally).get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    action = Action.objects.get()
    assert content.count(f'href="{case.get_absolute_url()}"') == 1
    assert content.count(f'href="{action.get_absolute_url()}"') == 1


def test_the_case_leads_to_the_meeting_that_decides_it_before_and_after(
    case, item, there, team, ally, signed_in
):
    client = signed_in(ally)
    address = case.get_absolute_url()
    coming = reverse("meetings:on_day", args=[case.body.slug, "next"])
    words = f'It is on the agenda of <a href="{coming}">the Allies’ next meeting</a> by itself.'
    assert client.get(address).content.decode().count(words) == 1
    decide_case(by=team, item=item, case=case, decided=PAUSE)
    notes = reverse("meetings:on_day", args=[case.body.slug, "2026-02-03"])
    content = client.get(address).content.decode()
    assert (content.count(f'href="{notes}#decisions"'), coming in content) == (1, False)


@pytest.mark.parametrize("number", [1, 9])
def test_the_page_asks_no_oftener(
    page, case, item, here, meeting, note_taker, signed_in, django_assert_num_queries, number
):
    signed_in(note_taker)
    for one in range(number):
        InterestFactory(person=here(f"Person {one}"), about_project=case.about_project)
        AgendaItemFactory(meeting=meeting, position=10 + one)
    address, client = page
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)


def test_a_co_chair_who_stood_aside_counts_for_nothing(case, item, here, team, there):
    chair = here("Cleo Chair", Post.CO_CHAIR, seat=Seat.LIVED)
    StandDown.objects.create(case=case, person=chair, why=Why.CONFLICT, on=case.opened_on)
    declare_and_handle(
        by=team,
        item=item,
        declaring=Declaring(person=chair, words="A tie"),
        how=How.LEFT,
        decided_by=there[0],
    )
    decision = decide_case(by=team, item=item, case=case, decided=PAUSE)
    assert who_took_part(team, decision).names == ["Bo Best", "Ash Ames"]
