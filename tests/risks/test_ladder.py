"""The whole ladder: every trigger has its rung, and the page in the docs is the first scheme's, word for word."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from risks.ladder import Weighed, as_markdown, reached, whole
from risks.limits import limit_of
from risks.models import SchemeVersion
from risks.scheme import FIRST, Band, Level, Scheme, Velocity
from risks.scoring import Score
from tests.factories import AlliesGroupFactory

DOCS = Path(__file__).parents[2] / "docs"


def scored(number: int, band: Band) -> Score:
    return Score(number, band, 1, 1, ())


LOW, AMBER, RED = scored(7, Band.GREEN), scored(14, Band.AMBER), scored(15, Band.RED)
# Every trigger that the rules know, alone: what is known, and the rung it reaches with the words that say why.
TRIGGERS = [
    ("nothing", {}, Level.ROUTINE, ()),
    ("green", {"assessments": [Weighed(LOW)]}, Level.ROUTINE, ()),
    ("green within days", {"assessments": [Weighed(LOW, Velocity.DAYS)]}, Level.ROUTINE, ()),
    ("amber", {"assessments": [Weighed(AMBER)]}, Level.WATCH, ("A score of 14 (watch)",)),
    (
        "amber within weeks",
        {"assessments": [Weighed(AMBER, Velocity.WEEKS)]},
        Level.WATCH,
        ("A score of 14 (watch)",),
    ),
    (
        "amber within days",
        {"assessments": [Weighed(AMBER, Velocity.DAYS)]},
        Level.CHAIRS,
        ("A score of 14 (watch), and it would hit within days",),
    ),
    ("red", {"assessments": [Weighed(RED)]}, Level.CHAIRS, ("A score of 15 (high)",)),
    (
        "red within months",
        {"assessments": [Weighed(RED, Velocity.MONTHS)]},
        Level.CHAIRS,
        ("A score of 15 (high)",),
    ),
    (
        "red within days",
        {"assessments": [Weighed(RED, Velocity.DAYS)]},
        Level.ALLIES,
        ("A score of 15 (high), and it would hit within days",),
    ),
    ("aligned", {"positions": [("human", 0)]}, Level.ROUTINE, ()),
    ("mostly aligned", {"positions": [("human", 1)]}, Level.ROUTINE, ()),
    ("in tension", {"positions": [("human", 2)]}, Level.WATCH, ("Human: in tension",)),
    ("against", {"positions": [("human", 3)]}, Level.CHAIRS, ("Human: against",)),
    ("crosses a line", {"positions": [("human", 4)]}, Level.ALLIES, ("Human: crosses a line",)),
    (
        "a concern taken up",
        {"concern_taken_up": True},
        Level.CHAIRS,
        ("A concern that the chairs took up",),
    ),
]


@pytest.mark.parametrize(
    ("known", "level", "because"), [row[1:] for row in TRIGGERS], ids=[row[0] for row in TRIGGERS]
)
def test_every_trigger_has_its_rung(known: dict, level: Level, because: tuple[str, ...]):
    found = reached(known.pop("assessments", []), known.pop("positions", []), scheme=FIRST, **known)
    assert (found.level, found.because) == (level, because)


def test_every_trigger_of_the_rules_stands_in_the_table_at_its_rung():
    said = {one.level: one.reached_by for one in whole(FIRST)}
    assert said == {
        Level.ROUTINE: ("a score below 8 (low)", "“Aligned” on a value", "“Mostly aligned” on a value"),
        Level.WATCH: ("a score from 8 to 14 (watch)", "“In tension” on a value"),
        Level.CHAIRS: (
            "a score from 15 (high)",
            "a score from 8 to 14 (watch) that would hit within days",
            "“Against” on a value",
            "a concern that the chairs take up",
            "opened by hand, with a reason",
        ),
        Level.ALLIES: (
            "a score from 15 (high) that would hit within days",
            "“Crosses a line” on a value",
            "the two keys differ",
            "a key that nobody can hold",
        ),
        Level.HOST: ("a matter of law or regulation, or the host’s own decision: the university is told",),
    }


@pytest.mark.parametrize(
    ("change", "level", "limit", "day"),
    [
        ({}, Level.CHAIRS, "5 working days", date(2026, 2, 10)),
        ({"chairs_working_days": 1}, Level.CHAIRS, "1 working day", date(2026, 2, 4)),
        ({"correspondence_days": 10}, Level.ALLIES, "10 days", date(2026, 2, 13)),
        ({}, Level.HOST, "told the same day", date(2026, 2, 3)),
    ],
)
def test_the_limits_in_the_table_are_those_of_the_rule(change: dict, level: Level, limit: str, day: date):
    scheme = replace(FIRST, **change)
    [step] = [one for one in whole(scheme) if one.level is level]
    assert step.limit.startswith(limit)
    assert limit_of(level, date(2026, 2, 3), scheme=scheme) == day


def test_another_scheme_moves_what_the_table_says():
    scheme = Scheme(level_of_position=(0, 0, 1, 1, 2), days_raise=0)
    said = {one.level: one.reached_by for one in whole(scheme)}
    assert "“Crosses a line” on a value" in said[Level.CHAIRS]
    assert said[Level.ALLIES] == ("the two keys differ", "a key that nobody can hold")


def test_the_docs_hold_the_ladder_of_the_first_scheme():
    assert (DOCS / "ladder.md").read_text() == as_markdown(FIRST)


@pytest.mark.django_db
def test_the_command_prints_the_ladder_of_the_scheme_in_force(capsys, today):
    call_command("ladder")
    assert capsys.readouterr().out == as_markdown(FIRST)
    scheme = replace(FIRST, chairs_working_days=3)
    group = AlliesGroupFactory()
    for version, content, adopted_on in ((1, FIRST, date(2025, 1, 1)), (2, scheme, today), (3, FIRST, None)):
        SchemeVersion.objects.create(
            body=group,
            version=version,
            content=content.as_data(),
            why="Why",
            proposed_on=date(2025, 1, 1),
            adopted_on=adopted_on,
        )
    call_command("ladder")
    assert capsys.readouterr().out == as_markdown(scheme)
