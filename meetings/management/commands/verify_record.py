"""`verify_record`: whether the frozen notes still say what went out."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meetings.safekeeping.copies import verify_copy
from meetings.safekeeping.verifying import verify_record


class Command(BaseCommand):
    help = (
        "Check every frozen version of every group's notes, and copies of them. "
        "Says what was altered and where; exit 1 if anything was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="copies of notes that went out")
        parser.add_argument(
            "--hash",
            action="append",
            default=[],
            dest="hashes",
            help="a hash as it is printed on a copy; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verified = verify_record(hashes=options["hashes"])
        found = list(verified.found)
        for given, version in verified.ours.items():
            self.stdout.write(f"The hash {given} is of {version}.")
        for path in options["files"]:
            copy = verify_copy(path)
            found += copy.found
            if copy.of and not copy.found:
                self.stdout.write(f"{path} says what went out: {copy.of}.")
        for one in found:
            self.stdout.write(f"{one}.")
        groups = f"{verified.chains} {'group' if verified.chains == 1 else 'groups'}"
        versions = f"{verified.versions} {'version' if verified.versions == 1 else 'versions'}"
        if found:
            self.stdout.write(f"Checked {versions} of {groups}. Not everything is as it went out.")
            sys.exit(1)
        self.stdout.write(f"Checked {versions} of {groups}. Everything is as it went out.")
