"""Who may take which step with a meeting's notes: one table over every role, for both halves of each pair."""

import pytest

from allies.models import OPERATOR
from allies.powers import Refused
from meetings import policies
from meetings.models import Meeting, Stage
from tests.factories import AttendanceFactory, CapacityFactory

ROLES = (
    "ally",
    "was there",
    "note-taker",
    "acting chair",
    "team",
    "chair",
    "former chair",
    "nobody",
    "machine",
)
MAY = {
    "keep_notes": {"note-taker", "team", "chair", "machine"},
    "write_notes": {"note-taker", "team", "chair", "machine"},
    "suggest": {"was there", "note-taker", "acting chair", "team", "chair", "machine"},
    "record_approval": {"acting chair", "team", "chair", "machine"},
    "add_to_notes": {"team", "chair", "machine"},
}


@pytest.fixture
def actors(way, ally, team, chair, former_chair, account_without_person, account_of):
    found = {
        "ally": ally,
        "was there": way.there,
        "team": team,
        "chair": chair,
        "former chair": former_chair,
        "nobody": account_without_person,
        "machine": OPERATOR,
    }
    for role, kind in (("note-taker", "notetaker"), ("acting chair", "chair")):
        found[role] = account_of(way.body)
        row = AttendanceFactory(meeting=way.meeting, person=found[role].person)
        CapacityFactory(attendance=row, kind=kind)
    return found


def allowed(check, actor, meeting) -> bool:
    try:
        check(actor, meeting)
    except Refused:
        return False
    return True


def test_both_halves_of_each_pair_say_what_the_table_says(way, actors):
    for what, roles in MAY.items():
        can, check = getattr(policies, f"can_{what}"), getattr(policies, f"check_can_{what}")
        assert (what, {role for role in ROLES if can(actors[role], way.meeting)}) == (what, roles)
        assert (what, {role for role in ROLES if allowed(check, actors[role], way.meeting)}) == (what, roles)


@pytest.mark.parametrize("stage", [Stage.CIRCULATED, Stage.SEALED])
def test_once_notes_have_gone_out_nobody_writes_them_and_they_are_still_kept(way, actors, stage):
    Meeting.objects.filter(pk=way.meeting.pk).update(stage=stage)
    meeting = Meeting.objects.get(pk=way.meeting.pk)
    assert {role for role in ROLES if policies.can_write_notes(actors[role], meeting)} == set()
    assert {role for role in ROLES if policies.can_keep_notes(actors[role], meeting)} == MAY["keep_notes"]
    with pytest.raises(Refused):
        policies.check_notes_open(meeting)
