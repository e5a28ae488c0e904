"""Once notes have gone out, no service writes what they show: every service is walked, and a new one fails until
it is named here."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from actions.deadlines import Deadline, DeadlineKind
from allies.interests import Handling as How
from allies.models import Declaration
from allies.powers import Refused
from meetings import services
from meetings.models import (
    Attendance,
    Handling,
    InterestsState,
    Meeting,
    Mention,
    Paper,
    Revision,
    Settled,
    Stage,
)
from meetings.services.agenda_items import ItemWords
from meetings.services.answering import Said
from meetings.services.before_leaving import read_before_leaving
from meetings.services.handling import Declaring
from meetings.services.importing import CannotBringIn
from meetings.services.planning import Arrangements, MeetingRefused
from meetings.services.recording import Seen
from tests.factories import CaseFactory, MentionFactory

A_DAY = Deadline("1 May 2026", DeadlineKind.DATE, "2026-05-01")
# Services that write nothing which frozen notes show, or that are a step of the way themselves, and why.
LEFT_OUT = {
    "adopting.adopt_by_decision": "says which scheme a decision adopted; the decision's words stay",
    "approval_items.approvals_follow": "writes the next agenda, which is open",
    "approving.seal": "a step of the way",
    "approving.add_to_notes": "a step of the way",
    "circulating.circulate": "a step of the way",
    "circulating.reopen": "a step of the way",
    "circulating.ask_those_there": "writes letters",
    "corrections.suggest": "a correction stands beside the notes",
    "corrections.accept": "the one way to change circulated notes",
    "corrections.decline": "a correction stands beside the notes",
    "freezing.freeze": "adds a version; its callers are steps",
    "freezing.write_step": "writes down a step",
    "frozen_content.content_of": "reads",
    "frozen_content.addendum": "reads",
    "frozen_content.made_by": "reads",
    "importing.first_body": "makes a group",
    "interests_state.say_state": "part of others, which are walked",
    "inviting.invite": "closed from the start of the meeting on",
    "inviting.invite_guest": "closed from the start of the meeting on",
    "inviting.tell_of_change": "writes letters",
    "inviting.answer": "closed from the start of the meeting on",
    "matters.about_follows": "part of changing an item, which is walked",
    "meeting_in.write_attendance": "part of bringing in, which is walked",
    "meeting_in.write_declarations": "part of bringing in, which is walked",
    "meeting_in.write_items": "part of bringing in, which is walked",
    "meeting_in.write_decisions": "part of bringing in, which is walked",
    "meeting_in.write_next_meetings": "part of bringing in, which is walked",
    "actions_in.bring_in_rows": "part of bringing in, which is walked",
    "actions_in.bring_in_remarks": "part of bringing in, which is walked",
    "replacing.replace_notes": "part of bringing in, which is walked",
    "people_in.bring_in_people": "part of bringing in, which is walked",
    "people_in.remember_name": "keeps another name of a person",
    "minutes.save_corrected": "part of accepting a correction",
    "minutes.note_rewritten": "part of bringing in, which is walked",
    "moving.declarations_follow": "follows a planned meeting that is moved",
    "planning.plan_meeting": "makes another meeting",
    "planning.call_off": "only of a planned meeting",
    "planning.begin_notes": "changes nothing once they are begun",
    "settling.settle_name": "says whom a name means; the words stay",
    "settling.settle_name_as_new": "says whom a name means; the words stay",
    "settling.settle_as_the_same": "of actions, which go on",
    "settling.settle_as_two": "of actions, which go on",
}  # fmt: skip
# Modules of other ways, with walks of their own.
OTHER_WAYS = {
    "by_hand",
    "erasing",
    "rewriting",
    "own_data",
    "publishing",
    "withdrawing",
    "redacting",
    "calendar",
}


def walked(way: Any, team: Any) -> dict[str, Callable[[], object]]:
    """Each service that writes the record of a meeting, about the meeting whose notes have gone out."""
    meeting = Meeting.objects.get(pk=way.meeting.pk)
    item, row = meeting.items.get(pk=way.hall.pk), Attendance.objects.get(pk=way.row.pk)
    mention = Mention.objects.get(item=item)
    decision = meeting.decisions.first()
    handling = Handling.objects.get()
    declaration = Declaration.objects.get()
    paper = Paper.objects.get()
    reading = read_before_leaving(team, meeting, announced=[], attendance=[])
    case = CaseFactory(body=way.body)
    modules = {
        name: importlib.import_module(f"meetings.services.{name}")
        for _, name, _ in pkgutil.iter_modules(services.__path__)
    }
    said = Said("Ring them", owners=())
    asked = {
        "agenda_items.add_item": {"meeting": meeting, "words": ItemWords("More")},
        "agenda_items.change_item": {"item": item, "words": ItemWords("More")},
        "agenda_items.move_item": {"item": item, "places": 1},
        "agenda_items.remove_item": {"item": item},
        "agenda_items.write_item_notes": {"item": item, "notes": "- more"},
        "answering.accept_action": {"mention": mention, "said": said},
        "answering.same_action": {"mention": mention, "action": way.more["ring"]},
        "answering.same_decision": {"mention": mention, "decision": decision},
        "answering.another_one": {"mention": mention},
        "answering.change_the_action": {"mention": mention, "said": said},
        "answering.leave_as_it_is": {"mention": mention},
        "answering.set_aside": {"mention": mention},
        "answering.accept_decision": {"mention": mention, "words": "W", "reached": "agreed"},
        "answering.change_the_decision": {"decision": decision, "words": "W", "reached": "agreed"},
        "at_the_meeting.say_presence": {"meeting": meeting, "presence": "absent", "attendance": row},
        "at_the_meeting.say_capacity": {"meeting": meeting, "kind": "chair", "did": True, "attendance": row},
        "at_the_meeting.add_guest": {"meeting": meeting, "name": "Gus", "capacities": ["guest"]},
        "at_the_meeting.say_times": {"attendance": row, "capacities": [], "arrived": None, "left": None},
        "at_the_meeting.say_out": {"attendance": row, "item": item},
        "at_the_meeting.review": {"meeting": meeting, "actions": [way.more["older"]], "status": None},
        "at_the_meeting.agree_again": {"meeting": meeting, "action": way.more["older"], "deadline": A_DAY},
        "at_the_meeting.skip_item": {"item": item, "skipped": True},
        "cases.take_up": {"meeting": meeting, "case": case},
        "conflicts.nobody_declared": {"meeting": meeting},
        "conflicts.answer_none": {"meeting": meeting, "attendance": row},
        "conflicts.take_back_answer": {"meeting": meeting, "attendance": row},
        "conflicts.declare": {"meeting": meeting, "attendance": row, "words": "chairs it"},
        "conflicts.record_declaration": {"meeting": meeting, "words": "chairs it", "name": "Gus"},
        "handling.declare_and_handle": {
            "item": item,
            "declaring": Declaring(words="chairs it", attendance=row),
            "how": How.NOTED,
        },
        "handling.handle": {"declaration": declaration, "item": item, "how": How.NOTED},
        "handling.came_back": {"handling": handling, "at": None},
        "handling.take_back_handling": {"handling": handling, "reason": "R"},
        "handling.withdraw_declaration": {"declaration": declaration, "meeting": meeting, "reason": "R"},
        "handling.take_chair": {"item": item, "person": None},
        "matters.matter_of": {"item": item},
        "minutes.save_notes": {"item": item, "notes": "- more", "base": item.version},
        "minutes.bring_back": {"revision": Revision.objects.get()},
        "minutes.let_follow": {"meeting": meeting, "on": True},
        "moving.move_to_next_meeting": {"item": item},
        "next_meeting.say_next": {"meeting": meeting, "day": date(2026, 4, 1)},
        "papers.add_paper": {"meeting": meeting, "title": "T", "link": "https://example.org/"},
        "papers.withdraw_paper": {"paper": paper, "reason": "R"},
        "planning.change_meeting": {"meeting": meeting, "arrangements": Arrangements(meeting.date, place="P")},
        "recording.record_attendance": {"meeting": meeting, "seen": [Seen("present", name="Gus")]},
        "recording.record_interests": {"meeting": meeting, "state": InterestsState.NONE_DECLARED},
        "recording.record_decision": {"meeting": meeting, "text": "T", "kind": "decision"},
        "recording.withdraw_decision": {"decision": decision, "reason": "R"},
        "recording.announce_next": {"meeting": meeting, "as_written": "soon"},
        "settling.settle_remark": {"mention": mention, "action": None},
        "settling_notes.leave_unreviewed": {"reading": reading},
        "settling_notes.unsettle": {"settled": Settled.objects.get()},
    }  # fmt: skip
    calls = {}
    for name, values in asked.items():
        module, _, service = name.partition(".")
        function = getattr(modules[module], service)
        calls[name] = lambda function=function, values=values: function(by=team, **values)
    return calls


# What these write is in no frozen notes: one that comes a moment too late does no harm.
BESIDE_THE_NOTES = {"minutes.let_follow", "settling_notes.leave_unreviewed"}
# Walked by tests of their own: they need a document, a reading's question, or a case at a meeting.
ELSEWHERE = {"importing.bring_in", "settling_notes.settle", "cases.decide_case"}


def all_services() -> set[str]:
    found = set()
    for _, name, _ in pkgutil.iter_modules(services.__path__):
        if name in OTHER_WAYS:
            continue
        module = importlib.import_module(f"meetings.services.{name}")
        for called, function in inspect.getmembers(module, inspect.isfunction):
            ours = function.__module__ == module.__name__ and not called.startswith("_")
            if ours and "by" in inspect.signature(function).parameters:
                found.add(f"{name}.{called}")
    return found


@pytest.fixture
def gone_out(way, team):
    """With a mention, a paper, a revision and an answer, so that every service has something to write."""
    MentionFactory(meeting=way.meeting, item=way.hall, action=way.more["ring"], line=3)
    Paper.objects.create(meeting=way.meeting, title="Plan", link="https://example.org/plan")
    Revision.objects.create(
        item=way.hall, number=1, notes="- before", saved_at="2025-11-19T12:00:00Z", answer=1
    )
    Settled.objects.create(meeting=way.meeting, key="k", at="2025-11-19T12:00:00Z")
    return way


def test_every_service_is_walked_or_says_why_not(gone_out, team):
    assert all_services() == set(walked(gone_out, team)) | set(LEFT_OUT) | ELSEWHERE


@pytest.mark.parametrize("stage", [Stage.CIRCULATED, Stage.SEALED])
def test_no_service_writes_in_a_record_that_is_closed(gone_out, team, stage):
    Meeting.objects.filter(pk=gone_out.meeting.pk).update(stage=stage)
    wrote = []
    for name, call in walked(gone_out, team).items():
        try:
            call()
        except (Refused, MeetingRefused):
            continue
        wrote.append(name)
    assert wrote == []


def test_whoever_read_the_meeting_before_it_went_out_writes_nothing_either(gone_out, team):
    calls = walked(gone_out, team)
    Meeting.objects.filter(pk=gone_out.meeting.pk).update(stage=Stage.CIRCULATED)
    wrote = []
    for name, call in calls.items():
        try:
            call()
        except (Refused, ValueError):
            continue
        wrote.append(name)
    assert set(wrote) == BESIDE_THE_NOTES


def test_a_corrected_copy_is_not_brought_in_once_the_notes_have_gone_out(way, team):
    from meetings.services.importing import Incoming, bring_in
    from meetings.services.taking_in import take_in

    Meeting.objects.filter(pk=way.meeting.pk).update(stage=Stage.SEALED)
    taken = take_in(b"Allies Group\n19 November 2025\n\nThe hall\n- another hall\n", "notes.txt")
    with pytest.raises(CannotBringIn, match="have been circulated"):
        bring_in(by=team, body=way.body, incoming=Incoming(taken.document, taken.text), replacing=True)
