"""`restore`: bring a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.safekeeping.restore import CannotRestore, restore_backup


class Command(BaseCommand):
    help = "Bring a backup back into an empty record, or with --replace instead of the one here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="put it in the place of the record that is here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = restore_backup(options["path"], replace=options["replace"])
        except CannotRestore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {counts['rows']} rows and {counts['uploads']} uploads. Everyone signs in again."
        )
