"""Running `import_notes`, and the whole record in words, to hold two records against each other."""

import io
from pathlib import Path

from django.core.management import call_command

from actions.models import Action
from allies.models import Body, Person
from meetings.models import Meeting, Mention

SAMPLES = Path(__file__).parent.parent / "samples"


FIRST, SECOND = SAMPLES / "hall-2024-03-12.txt", SAMPLES / "hall-2025-03-11.txt"


SCHEMA = Path(__file__).parent.parent.parent.parent / "shared" / "design" / "notes.schema.json"


def import_notes(*paths: object, **options: object) -> tuple[int, str, str]:
    """Run the command; its exit code, what it printed, and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_notes", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def names_of(action: Action) -> list[str]:
    return [owner.name for owner in action.assignments.current().in_order()]


def the_record() -> object:
    """All that two records would have to share, in words and not in numbers."""
    return (
        sorted(Person.objects.values_list("full_name", "first_seen_on")),
        sorted(
            (
                action.text,
                str(action.agreed_on),
                action.first_seen_on,
                action.deadline_words,
                action.status,
                action.times_carried,
                str(action.due_on),
                tuple(names_of(action)),
                tuple(sorted((str(one.meeting.date), one.place, one.text) for one in action.mentions.all())),
            )
            for action in Action.objects.all()
        ),
        sorted(
            (str(meeting.date), tuple(str(one.became and one.became.date) for one in meeting.announced.all()))
            for meeting in Meeting.objects.all()
        ),
    )


def clear_the_record() -> None:
    Mention.objects.all().delete()
    for model in (Action, Meeting, Person, Body):
        model.objects.all().delete()
