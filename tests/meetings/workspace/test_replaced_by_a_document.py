"""Notes that a document wrote anew: what was typed before it stays among the saved states, and comes back."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.urls import reverse

from meetings.models import AgendaItem, Revision
from meetings.services.minutes import save_notes
from tests.factories import AlliesGroupFactory

NOTES = """Allies Group
Meeting notes: Tuesday 11 March 2025

Members
Present: Piers Lamb, Odile Marr

Summary of conversation
The garden plan
- The beds are dug.
"""


def bring_in(path, text: str, **options: object) -> None:
    path.write_text(text)
    with suppress(SystemExit):  # its code tells what is left to settle
        call_command("import_notes", str(path), **options)


@pytest.fixture
def garden(db, tmp_path, capsys) -> AgendaItem:
    """An item that a document brought in."""
    AlliesGroupFactory()
    bring_in(tmp_path / "notes.txt", NOTES)
    return AgendaItem.objects.get()


def states(item: AgendaItem) -> list[tuple[int, str]]:
    return list(Revision.objects.filter(item=item).values_list("number", "notes"))


def test_what_was_typed_stays_when_the_document_is_replaced(garden, team, tmp_path, client, capsys):
    first = garden.notes
    save_notes(by=team, item=garden, notes=f"{first}\n- Wren waters them.", base=garden.version)
    bring_in(tmp_path / "again.txt", NOTES.replace("are dug", "are dug and sown"), replace=True)
    garden.refresh_from_db()
    assert "are dug and sown" in garden.notes
    kept = dict(states(garden))
    assert kept[0] == first
    assert kept[1] == f"{first}\n- Wren waters them."
    assert kept[garden.version] == garden.notes

    client.force_login(team)
    page = client.get(reverse("meetings:revisions", args=[garden.meeting_id, garden.pk])).content.decode()
    assert page.count("brought in from a document") == 1
    client.post(reverse("meetings:bring_back", args=[garden.meeting_id, garden.pk, 1]))
    garden.refresh_from_db()
    assert garden.notes == f"{first}\n- Wren waters them."


def test_a_document_that_says_the_same_makes_no_state(garden, tmp_path, capsys):
    bring_in(tmp_path / "again.txt", NOTES.replace("Odile Marr", "Odile Marr, Vero Pike"), replace=True)
    assert states(garden) == []
