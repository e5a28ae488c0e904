"""`backup`: one file with the whole record, made while people work."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allies import clock
from meetings.safekeeping.backup import make_backup


class Command(BaseCommand):
    help = "Write the whole record, with its uploads, to one file. People can go on working meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="where to (default: backups/ in ALLIES_DATA)")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"]
        if path is None:
            folder = settings.ALLIES_DATA / "backups"
            folder.mkdir(exist_ok=True)
            path = folder / f"allies-{clock.now():%Y-%m-%d-%H%M%S}.zip"
        try:
            counts = make_backup(path)
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error}.") from error
        self.stdout.write(f"Kept {counts['rows']} rows and {counts['uploads']} uploads in {path}.")
