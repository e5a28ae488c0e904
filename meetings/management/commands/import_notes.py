"""`import_notes PATH…`: bring sets of notes into the record (DESIGN §8)."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from allies.models import OPERATOR, Body
from meetings.differences import Difference
from meetings.notes.document import NotesDocument, to_json
from meetings.services.importing import CannotBringIn, Contradicts, Incoming, body_for, bring_in, first_body
from meetings.services.open_matters import left_open_in_words
from meetings.services.settling import left_open
from meetings.services.taking_in import Taken, UnreadableNotes, day_in_name, take_in

DONE, LEFT_OPEN, NOT_READ = 0, 1, 2
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    slug: str
    dry_run: bool
    as_json: bool
    day: date | None
    replacing: bool


class Command(BaseCommand):
    """Bring in notes; several files one after the other, each at once or not at all."""

    help = "Bring sets of notes into the record: Word, HTML, Markdown or text. Exit code 0: done; 1: something was "
    help += "left open, or the record says other things; 2: it could not be read, and nothing was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file with notes; - reads standard input"
        )
        parser.add_argument(
            "--body", default="", metavar="SLUG", help="whose meeting it was, such as allies-group"
        )
        parser.add_argument(
            "--date", default="", metavar="YYYY-MM-DD", help="the day, where the notes do not say it"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read, say what was understood, write nothing"
        )
        parser.add_argument(
            "--replace", action="store_true", help="let this copy replace what the record says"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="what to print")

    def handle(self, *args: Any, **given: Any) -> None:
        """Bring in each path; the worst of their codes is the command's."""
        try:
            day = date.fromisoformat(given["date"]) if given["date"] else None
        except ValueError:
            self._problem("", f"“{given['date']}” is no date. Write it as 2025-11-19.")
            sys.exit(NOT_READ)
        options = Options(given["body"], given["dry_run"], given["format"] == "json", day, given["replace"])
        several = len(given["paths"]) > 1
        documents: list[NotesDocument] = []
        code = DONE
        for path in given["paths"]:
            code = max(code, self._one(path, options, documents, named=several))
        if options.as_json and (documents or several):
            found = [to_json(document) for document in documents]
            self.stdout.write(json.dumps(found if several else found[0], ensure_ascii=False, indent=1))
        if code:
            sys.exit(code)

    def _one(self, path: str, options: Options, documents: list[NotesDocument], *, named: bool) -> int:
        said = f"{path}: " if named else ""
        try:
            name = "" if path == STANDARD_INPUT else Path(path).name
            content = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
            taken = take_in(content, name)
        except OSError as error:
            self._problem(said, f"{path} cannot be opened: {error.strerror or error}.")
            return NOT_READ
        except UnreadableNotes as error:
            self._problem(said, str(error))
            return NOT_READ
        if options.day and not taken.document.date:
            taken = replace(taken, document=replace(taken.document, date=options.day.isoformat()))
        if not options.dry_run:
            try:
                code = self._save(taken, options, said)
            except DatabaseError as error:
                self._problem(
                    said, f"The record cannot be written ({error}). Run migrate first. Nothing was written."
                )
                return NOT_READ
            if code != NOT_READ:
                documents.append(taken.document)
            return code
        documents.append(taken.document)
        self._tell(said, summary(taken.document), options)
        for warning in taken.document.warnings:
            self._tell(said, warning_in_words(warning.line, warning.message), options)
        if not taken.document.date:
            self._tell(said, no_date(taken), options)
        return DONE

    def _save(self, taken: Taken, options: Options, said: str) -> int:
        if not taken.document.date:
            self._problem(said, no_date(taken))
            return NOT_READ
        if options.slug:
            body = Body.objects.filter(slug=options.slug).first()
            problem = f"The record has no group called {options.slug}. Its groups: {_groups()}."
        else:
            body = body_for(taken.document, taken.text) or first_body(by=OPERATOR)
            problem = f"Say whose meeting it was with --body. The record has: {_groups()}."
        if body is None:
            self._problem(said, problem)
            return NOT_READ
        incoming = Incoming(taken.document, taken.text, taken.name)
        try:
            outcome = bring_in(by=OPERATOR, body=body, incoming=incoming, replacing=options.replacing)
        except Contradicts as contradiction:
            self._tell(
                said,
                f"{contradiction} Nothing was changed. With --replace this copy takes its place.",
                options,
            )
            for difference in contradiction.differences:
                self._tell("", difference_in_words(difference), options)
            return LEFT_OPEN
        except CannotBringIn as problem_found:
            self._problem(said, str(problem_found))
            return LEFT_OPEN
        if not outcome.changed:
            self._tell(said, f"Nothing changed: {outcome.meeting} is in the record already.", options)
            return DONE
        self._tell(said, f"Saved as a draft: {outcome.meeting}. {summary(taken.document)}", options)
        matters = [warning_in_words(one.line, one.message) for one in taken.document.warnings]
        matters += left_open_in_words(left_open(outcome.meeting, OPERATOR))
        if not matters:
            return DONE
        self._tell("", "Left open:", options)
        for matter in matters:
            self._tell("", f"- {matter}", options)
        self._tell("", f"The core team can settle it at /meetings/{outcome.meeting.pk}/settle/.", options)
        return LEFT_OPEN

    def _tell(self, said: str, words: str, options: Options) -> None:
        """With --format json only the document goes to stdout."""
        (self.stderr if options.as_json else self.stdout).write(said + words, _as_it_is)

    def _problem(self, said: str, words: str) -> None:
        self.stderr.write(said + words, _as_it_is)


def summary(document: NotesDocument) -> str:
    """What was read, counted."""
    agreed = sum(1 for one in document.actions if one.section == "agreed")
    counted = (
        (len(document.attendance), "person", "people"),
        (agreed, "action agreed", "actions agreed"),
        (len(document.actions) - agreed, "action carried over", "actions carried over"),
        (len(document.agenda), "item", "items"),
        (len(document.decisions), "decision", "decisions"),
    )
    return (
        "Read: "
        + ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted)
        + "."
    )


def no_date(taken: Taken) -> str:
    """What to do where the notes do not say their day."""
    offered = day_in_name(taken.name)
    if offered:
        return (
            "These notes do not say the date of the meeting. "
            f"Their file's name says {offered.isoformat()}: add --date {offered.isoformat()} if that is right."
        )
    return "These notes do not say the date of the meeting. Add --date with it, such as --date 2025-11-19."


def warning_in_words(line: int | None, message: str) -> str:
    """A doubt of the reader, with its line."""
    return f"Line {line}: {message}" if line else message


def difference_in_words(difference: Difference) -> str:
    """One part in which the record and the document differ: "-" in the record, "+" in the document."""
    return "\n".join((f"{difference.title}:", *(f"  {line.sign} {line.words}" for line in difference.lines)))


def _as_it_is(words: str) -> str:
    """No colour: what is said may be read by a program."""
    return words


def _groups() -> str:
    return ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
