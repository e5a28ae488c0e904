"""The table of the way: what may follow what, and that the page in docs is what the command prints."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from meetings.models import Stage
from meetings.stages import STEPS, At, Step, is_open, may_follow, not_now, way

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("step", "stages"),
    [
        (Step.BEGIN, {"planned"}),
        (Step.CIRCULATE, {"draft", "circulated"}),
        (Step.REOPEN, {"circulated"}),
        (Step.SEAL, {"circulated"}),
        (Step.ADD, {"sealed"}),
        (Step.PUBLISH, {"circulated", "sealed"}),
        (Step.WITHDRAW, {"draft", "circulated", "sealed"}),
    ],
)
def test_from_which_stages_a_step_can_be_taken(step, stages):
    assert {stage.value for stage in Stage if may_follow(step, stage)} == stages


def test_nothing_leads_out_of_sealed():
    assert {one.to for one in STEPS if At.SEALED in one.came_from} == {None}


def test_notes_can_be_written_until_they_are_circulated():
    assert [stage.value for stage in Stage if is_open(stage)] == ["planned", "draft"]


def test_the_stages_of_the_table_are_those_of_a_meeting():
    assert [at.value for at in At] == list(Stage.values)


def test_each_step_has_one_row():
    assert [one.step for one in STEPS] == list(Step)
    assert [way(step).step for step in Step] == list(Step)


def test_why_not_now_is_a_sentence():
    assert not_now(Step.REOPEN, "sealed") == (
        "Only notes that are circulated can be reopened. These are approved and sealed."
    )


def test_the_page_in_docs_is_what_the_command_prints():
    out = StringIO()
    call_command("stages", stdout=out)
    assert (ROOT / "docs" / "stages.md").read_text() == out.getvalue()
