"""The way of a meeting's notes: planned, draft, circulated, sealed; published is separate (DESIGN §3, §4).

One table, `STEPS`: every service that moves a meeting asks it, the pages offer what it offers, and
`python manage.py stages` prints it.
"""

from dataclasses import dataclass
from enum import StrEnum


class At(StrEnum):
    """Where the notes stand; the same words as the stage of a meeting."""

    PLANNED = "planned"
    DRAFT = "draft"
    CIRCULATED = "circulated"
    SEALED = "sealed"


class Step(StrEnum):
    """One step that somebody takes with the notes."""

    BEGIN = "begin"
    CIRCULATE = "circulate"
    REOPEN = "reopen"
    SEAL = "seal"
    ADD = "add"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class Who(StrEnum):
    """Who may take a step (DESIGN §6)."""

    NOTE_TAKERS = "the chairs, the core team, and this meeting’s note-taker"
    APPROVERS = "a chair, the acting chair of the meeting that approves, or the core team"
    KEEPERS = "the chairs and the core team"


@dataclass(frozen=True, slots=True)
class Way:
    """One row of the table: from where to where (`to` None: the stage stays), who may, and what it does."""

    step: Step
    name: str
    came_from: frozenset[At]
    to: At | None
    who: Who
    needs: str
    freezes: str
    does: str


_GONE_OUT = frozenset({At.CIRCULATED, At.SEALED})

STEPS: tuple[Way, ...] = (
    Way(
        Step.BEGIN,
        "Begin the notes",
        frozenset({At.PLANNED}),
        At.DRAFT,
        Who.NOTE_TAKERS,
        "the day of the meeting has come",
        "",
        "The meeting is being held, and its notes can be written.",
    ),
    Way(
        Step.CIRCULATE,
        "Circulate the notes",
        frozenset({At.DRAFT, At.CIRCULATED}),
        At.CIRCULATED,
        Who.NOTE_TAKERS,
        "",
        "a version",
        "Everybody who was there is asked to check their words. The notes and both lists of actions stay as they are.",
    ),
    Way(
        Step.REOPEN,
        "Reopen the notes",
        frozenset({At.CIRCULATED}),
        At.DRAFT,
        Who.NOTE_TAKERS,
        "a reason",
        "",
        "It makes the notes a draft again, so that they can be changed. What was circulated stays readable.",
    ),
    Way(
        Step.SEAL,
        "Record the approval",
        frozenset({At.CIRCULATED}),
        At.SEALED,
        Who.APPROVERS,
        "a later meeting that approved them, as presented or with changes",
        "a version",
        "It makes the notes final. What turns out to be wrong later is added with its date, never changed.",
    ),
    Way(
        Step.ADD,
        "Add to the notes",
        frozenset({At.SEALED}),
        None,
        Who.KEEPERS,
        "words",
        "a version",
        "A dated addendum stands below the notes. The notes stay as they were approved.",
    ),
    Way(
        Step.PUBLISH,
        "Publish the notes",
        _GONE_OUT,
        None,
        Who.KEEPERS,
        "",
        "a version, as the public sees it",
        "Anybody can read them on the public pages, marked as circulated or approved.",
    ),
    Way(
        Step.WITHDRAW,
        "Withdraw the published notes",
        _GONE_OUT | {At.DRAFT},
        None,
        Who.KEEPERS,
        "a reason",
        "",
        "A note stands in their place on the public pages.",
    ),
)

# Notes can be written only until they are circulated.
OPEN = frozenset({At.PLANNED, At.DRAFT})


def way(step: Step) -> Way:
    """Give the row of the table for a step."""
    return next(one for one in STEPS if one.step is step)


def may_follow(step: Step, stage: str) -> bool:
    """Answer whether a step can be taken from a stage; who may is the policies' to say."""
    return stage in way(step).came_from


def is_open(stage: str) -> bool:
    """Answer whether notes at this stage can be written: planned ones and drafts, and no others."""
    return stage in OPEN


def not_now(step: Step, stage: str) -> str:
    """Give in a sentence why a step cannot be taken from this stage."""
    came_from = [at for at in At if at in way(step).came_from]
    words = " or ".join(_WORDS[at] for at in came_from)
    return f"Only notes that are {words} can be {_DONE[step]}. These are {_WORDS[At(stage)]}."


_WORDS = {
    At.PLANNED: "still planned",
    At.DRAFT: "a draft",
    At.CIRCULATED: "circulated",
    At.SEALED: "approved and sealed",
}
_DONE = {
    Step.BEGIN: "begun",
    Step.CIRCULATE: "circulated",
    Step.REOPEN: "reopened",
    Step.SEAL: "approved",
    Step.ADD: "added to",
    Step.PUBLISH: "published",
    Step.WITHDRAW: "withdrawn",
}


def done(step: Step) -> str:
    """What was done, in a word or two for a list of what happened: "Circulated"."""
    return _DONE[step].capitalize()


def as_markdown() -> str:
    """The table and a diagram of it, in Markdown: what `python manage.py stages` prints and docs/stages.md holds."""
    rows = [
        "| step | from | to | who may | needs | freezes | what it does |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in STEPS:
        came_from = ", ".join(at for at in At if at in one.came_from)
        cells = (one.name, came_from, one.to or "the stage stays", one.who, one.needs, one.freezes, one.does)
        rows.append("| " + " | ".join(cells) + " |")
    arrows = ["    [*] --> planned"]
    for one in STEPS:
        for at in At:
            if at in one.came_from:
                arrows.append(f"    {at} --> {one.to or at}: {one.step}")
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    head = (
        "# The way of the notes\n\n"
        "Printed by `python manage.py stages` from the table in `meetings/stages.py`. Do not write in this file.\n"
    )
    return "\n".join([head, "\n".join(rows), "", diagram, ""])
