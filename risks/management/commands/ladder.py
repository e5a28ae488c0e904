"""`ladder`: the whole ladder of the scheme in force, as a table and a diagram in Markdown."""

from typing import Any

from django.core.management.base import BaseCommand

from allies import clock
from risks.ladder import as_markdown
from risks.models.known import scheme_in_force


class Command(BaseCommand):
    help = "Print the ladder of the scheme in force, or of the first one, as Markdown: a table and a diagram."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(scheme_in_force(clock.today())), ending="")
