"""From draft to sealed: what each step does, who may take it, and what it freezes."""

from datetime import date, timedelta

import pytest

from actions.services import change_words, record_update
from allies.powers import Refused
from meetings.models import AgendaItem, Approval, Decision, Meeting, NotesStep, NotesVersion, Stage
from meetings.notes.frozen import check
from meetings.notes.frozen_notes import document_of
from meetings.services.approving import Approving, add_to_notes, seal
from meetings.services.circulating import StepRefused, ask_those_there, circulate, reopen
from meetings.services.minutes import save_notes
from meetings.services.planning import Arrangements, begin_notes, call_off, change_meeting, plan_meeting
from tests.factories import ActionFactory, AttendanceFactory, CapacityFactory


def again(meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def sealed(way, team) -> Approval:
    """Circulated, and approved by February's meeting."""
    circulate(by=team, meeting=way.meeting)
    begin_notes(by=team, meeting=way.next_one)
    return seal(
        by=team, meeting=way.meeting, at_meeting=way.next_one, said=Approving(chaired_by_name="Wren Chair")
    )


def test_circulating_freezes_the_notes_as_they_read(way, team, today):
    version = circulate(by=team, meeting=way.meeting)
    document = document_of(version.content)
    meeting = again(way.meeting)
    assert (meeting.stage, meeting.circulated_on) == (Stage.CIRCULATED, today)
    assert [item.title for item in document.agenda] == ["The hall", "The museum"]
    assert [(row.section.value, row.text) for row in document.actions] == [
        ("agreed", "Ring the library"),
        ("agreed", "Mend the roof"),
        ("carried", "Write the leaflet"),
    ]
    assert version.content["declarations"][0]["handled"] == [
        {"item": way.museum.pk, "how": "left", "reason": "", "decided_by": ""}
    ]
    assert version.content["decisions"][1]["took_no_part"][0]["name"] == str(way.there.person)
    assert version.content["decisions"][0]["took_part"] == [str(way.there.person)]


def test_the_words_and_states_of_that_day_stay_when_an_action_moves_on(way, team):
    version = circulate(by=team, meeting=way.meeting)
    change_words(by=team, action=way.more["ring"], text="Ring everybody", details=[])
    record_update(by=team, action=way.more["older"], status="done", note="Done.")
    version.refresh_from_db()
    assert version.content["actions"][0]["text"] == "Ring the library"
    assert [row["status"] for row in version.content["actions"]] == [None, None, "in_progress"]


def test_what_is_due_with_the_notes_is_due_on_the_day_they_are_circulated(way, team, today):
    action = ActionFactory(
        body=way.body,
        agreed_on=way.meeting.date,
        deadline_kind="with_notes",
        deadline_words="Share with meeting notes",
    )
    circulate(by=team, meeting=way.meeting)
    action.refresh_from_db()
    assert action.due_on == today
    reopen(by=team, meeting=way.meeting, reason="A name was wrong.")
    action.refresh_from_db()
    assert action.due_on is None


def test_circulated_a_second_time_with_nothing_changed_is_refused(way, team):
    circulate(by=team, meeting=way.meeting)
    with pytest.raises(StepRefused, match="Nothing has changed"):
        circulate(by=team, meeting=way.meeting)
    assert NotesVersion.objects.count() == 1


def test_reopening_leaves_a_trace_and_the_version_that_went_out(way, team):
    version = circulate(by=team, meeting=way.meeting)
    with pytest.raises(StepRefused, match="Say why"):
        reopen(by=team, meeting=way.meeting, reason=" ")
    reopen(by=team, meeting=way.meeting, reason="A name was wrong.")
    meeting = again(way.meeting)
    assert (meeting.stage, meeting.circulated_on) == (Stage.DRAFT, None)
    assert list(NotesStep.objects.values_list("step", "reason", "version")) == [
        ("circulate", "", version.pk),
        ("reopen", "A name was wrong.", None),
    ]
    save_notes(by=team, item=AgendaItem.objects.get(pk=way.hall.pk), notes="- anew", base=0)
    second = circulate(by=team, meeting=way.meeting)
    assert (second.number, second.previous) == (2, version.hash)
    assert NotesVersion.objects.get(number=1).content == version.content


def test_sealing_stands_in_both_records(way, sealed, team):
    assert again(way.meeting).stage == Stage.SEALED
    assert sealed.version.content["approval"]["words"] == (
        "Approved as presented by the meeting of Monday 2 February 2026, chaired by Wren Chair."
    )
    there = Decision.objects.get(meeting=way.next_one)
    assert there.text == "The notes of the meeting of 19 November 2025 were approved as presented."
    assert there.item.approves_id == way.meeting.pk
    assert sealed.version.content["stage"] == "sealed"


def test_approved_with_changes_lists_them(way, team):
    circulate(by=team, meeting=way.meeting)
    begin_notes(by=team, meeting=way.next_one)
    approval = seal(
        by=team,
        meeting=way.meeting,
        at_meeting=way.next_one,
        said=Approving(chaired_by=team.person, changes=["“small” should read “damp”", " "]),
    )
    assert approval.version.content["approval"]["changes"] == [
        {"item": None, "action": None, "words": "“small” should read “damp”"}
    ]
    assert approval.decision.text.endswith("were approved with changes.")


def test_sealed_notes_are_not_reopened_nor_circulated_nor_sealed_again(way, sealed, team):
    for step in (
        lambda: reopen(by=team, meeting=way.meeting, reason="Why not."),
        lambda: circulate(by=team, meeting=way.meeting),
        lambda: seal(
            by=team, meeting=way.meeting, at_meeting=way.next_one, said=Approving(chaired_by_name="W")
        ),
    ):
        with pytest.raises(StepRefused):
            step()
    assert again(way.meeting).stage == Stage.SEALED


def test_an_addendum_stands_below_and_changes_nothing(way, sealed, team):
    version = add_to_notes(by=team, meeting=way.meeting, words="The hall holds fifty.", item=way.hall)
    before, after = document_of(sealed.version.content), document_of(version.content)
    assert after.agenda[: len(before.agenda)] == before.agenda
    assert after.agenda[-1].title == "Addendum of 3 February 2026"
    assert [line.text for line in after.agenda[-1].lines] == [
        "The hall holds fifty.",
        f"Added by {team.person}.",
    ]


def test_a_draft_is_not_added_to(way, team):
    with pytest.raises(StepRefused, match="approved and sealed"):
        add_to_notes(by=team, meeting=way.meeting, words="More.")


def test_every_version_of_the_way_holds(way, sealed, team):
    add_to_notes(by=team, meeting=way.meeting, words="More.")
    versions = list(NotesVersion.objects.order_by("number"))
    assert [one.kind for one in versions] == ["circulated", "sealed", "addendum"]
    for one in versions:
        assert check(one.content, one.sealed(), erased={}, meta=one.meta(), previous=one.previous) == []


@pytest.mark.parametrize(
    ("stage", "days", "words"), [("planned", 0, "held"), ("draft", -100, "later"), ("circulated", 0, "draft")]
)
def test_only_a_later_meeting_that_is_held_and_open_approves(way, team, stage, days, words):
    circulate(by=team, meeting=way.meeting)
    Meeting.objects.filter(pk=way.next_one.pk).delete()
    other = plan_meeting(
        by=team,
        body=way.body,
        arrangements=Arrangements(date(2026, 2, 2) + timedelta(days=days)),
        with_standing_items=False,
    )
    other.stage = stage
    other.save()
    with pytest.raises(StepRefused, match=words):
        seal(by=team, meeting=way.meeting, at_meeting=other, said=Approving(chaired_by_name="W"))


def test_the_acting_chair_of_the_approving_meeting_seals_and_no_other_ally(way, team, account_of):
    circulate(by=team, meeting=way.meeting)
    begin_notes(by=team, meeting=way.next_one)
    chaired, other = account_of(way.body), account_of(way.body)
    CapacityFactory(attendance=AttendanceFactory(meeting=way.next_one, person=chaired.person), kind="chair")
    said = Approving(chaired_by=chaired.person)
    with pytest.raises(Refused):
        seal(by=other, meeting=way.meeting, at_meeting=way.next_one, said=said)
    assert seal(by=chaired, meeting=way.meeting, at_meeting=way.next_one, said=said).recorded_by == chaired


def test_the_note_taker_circulates_and_does_not_seal(way, account_of):
    taker = account_of(way.body)
    for meeting in (way.meeting, way.next_one):
        CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=taker.person), kind="notetaker")
    circulate(by=taker, meeting=way.meeting)
    begin_notes(by=taker, meeting=way.next_one)
    with pytest.raises(Refused):
        seal(by=taker, meeting=way.meeting, at_meeting=way.next_one, said=Approving(chaired_by_name="W"))


@pytest.mark.parametrize("step", ["circulate", "reopen", "seal", "add"])
def test_an_ally_takes_no_step(way, ally, step):
    with pytest.raises(Refused):
        {
            "circulate": lambda: circulate(by=ally, meeting=way.meeting),
            "reopen": lambda: reopen(by=ally, meeting=way.meeting, reason="R"),
            "seal": lambda: seal(by=ally, meeting=way.meeting, at_meeting=way.next_one, said=Approving()),
            "add": lambda: add_to_notes(by=ally, meeting=way.meeting, words="W"),
        }[step]()


def approvals() -> list[tuple[date, str]]:
    items = AgendaItem.objects.filter(approves__isnull=False).order_by("meeting__date")
    return [(item.meeting.date, item.title) for item in items]


NOTES_TO_APPROVE = "Notes of the meeting of 19 November 2025, to approve"


def test_circulated_notes_put_themselves_on_the_next_agenda_first(way, team):
    circulate(by=team, meeting=way.meeting)
    assert approvals() == [(way.next_one.date, NOTES_TO_APPROVE)]
    assert way.next_one.items.order_by("position").first().approves == way.meeting
    reopen(by=team, meeting=way.meeting, reason="A name was wrong.")
    assert approvals() == []


def test_the_item_follows_when_meetings_are_planned_moved_and_called_off(way, team):
    circulate(by=team, meeting=way.meeting)
    sooner = plan_meeting(by=team, body=way.body, arrangements=Arrangements(date(2026, 1, 20)))
    assert approvals() == [(date(2026, 1, 20), NOTES_TO_APPROVE)]
    change_meeting(by=team, meeting=sooner, arrangements=Arrangements(date(2026, 3, 20)))
    assert approvals() == [(way.next_one.date, NOTES_TO_APPROVE)]
    call_off(by=team, meeting=again(way.next_one), reason="Snow.")
    assert approvals() == [(date(2026, 3, 20), NOTES_TO_APPROVE)]


def test_a_meeting_planned_after_circulation_has_the_item_at_once(way, team):
    way.next_one.delete()
    circulate(by=team, meeting=way.meeting)
    plan_meeting(by=team, body=way.body, arrangements=Arrangements(date(2026, 4, 1)))
    assert approvals() == [(date(2026, 4, 1), NOTES_TO_APPROVE)]


def test_those_who_were_there_are_written_to_and_nobody_else(way, team, mailoutbox):
    circulate(by=team, meeting=way.meeting)
    asked = ask_those_there(by=team, meeting=again(way.meeting), address="https://example.org/x/")
    assert asked.written_to == (way.there.person,)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([way.there.email], "Notes to check: Allies Group, Wednesday 19 November 2025")
    ]
