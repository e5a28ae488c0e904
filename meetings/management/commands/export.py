"""`export`: the whole record on standard output."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meetings.exporting.popolo import popolo
from meetings.exporting.record import the_record
from meetings.exporting.sheets import workbook


class Command(BaseCommand):
    help = "Write the whole record on standard output. Raisers of concerns and access needs are left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json", "xlsx", "popolo"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "xlsx":
            self.stdout.buffer.write(workbook())
            return
        content = popolo() if options["format"] == "popolo" else the_record()
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))
