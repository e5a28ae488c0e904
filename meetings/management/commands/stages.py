"""`stages`: the way of the notes as a table and a diagram, in Markdown. docs/stages.md is what it prints."""

from typing import Any

from django.core.management.base import BaseCommand

from meetings.stages import as_markdown


class Command(BaseCommand):
    help = "Print the steps from planned to sealed, who may take each, and what it does, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
