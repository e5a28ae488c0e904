"""Bringing a backup back, whole or not at all."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.core import serializers
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

from allies.models import Account, Person
from meetings.models import Meeting
from meetings.safekeeping.backup import FORMAT, MANIFEST, ROWS, UPLOADS, applied_migrations, kept_models


class CannotRestore(Exception):
    """The backup cannot be brought back; its words say why, and nothing was changed."""


def restore_backup(path: Path, *, replace: bool = False) -> dict[str, int]:
    """Bring back the backup at `path`. Gives how many rows and uploads.

    Into an empty record, or with `replace` instead of everything there. Raises CannotRestore, with nothing changed;
    OSError where an upload cannot be written, with the rows as they were.
    """
    if not replace and (Person.objects.exists() or Account.objects.exists() or Meeting.objects.exists()):
        raise CannotRestore("There is a record here already. Say --replace to put the backup in its place.")
    try:
        with zipfile.ZipFile(path) as file:
            manifest = _manifest(file)
            _check_uploads(file, manifest)
            with transaction.atomic():
                rows = _load(file, manifest)
                for name in manifest["uploads"]:
                    _keep_upload(file, name)
    except FileNotFoundError as error:
        raise CannotRestore(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError) as error:
        raise CannotRestore(f"{path} is not a backup, or only part of one.") from error
    return {"rows": rows, "uploads": len(manifest["uploads"])}


def _manifest(file: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(file.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise CannotRestore("This backup was made by a later version. Update first, then restore.")
    unknown = sorted(set(manifest["migrations"]) - set(applied_migrations()))
    if unknown:
        raise CannotRestore(
            f"This backup was made by a later version, with {unknown[0]}. Update first, then restore."
        )
    if any(
        PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in manifest["uploads"]
    ):
        raise CannotRestore("This backup names files outside its own folder. It was not made here.")
    return manifest


def _check_uploads(file: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Every upload is there and whole: files cannot be taken back as rows can, so this comes before any writing."""
    missing = {UPLOADS + name for name in manifest["uploads"]} - set(file.namelist())
    if missing or file.testzip() is not None:
        raise CannotRestore("The backup was damaged: an upload is missing or not what was kept.")


def _load(file: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    models = kept_models()
    # Foreign keys are checked at the end of the transaction, so the order of tables does not matter.
    for model in models:
        model._base_manager.all()._raw_delete(connection.alias)
    rows, digest = 0, hashlib.sha256()
    with file.open(ROWS) as lines:
        for line in lines:
            digest.update(line)
            for row in serializers.deserialize("jsonl", line.decode()):
                row.save(force_insert=True)
                rows += 1
    if (rows, digest.hexdigest()) != (manifest["rows"], manifest["sha256"]):
        raise CannotRestore("The backup was damaged: its content is not what was written.")
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise CannotRestore(
            "The backup does not hold together: a row points at one that is missing."
        ) from error
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return rows


def _keep_upload(file: zipfile.ZipFile, name: str) -> None:
    if default_storage.exists(name):
        default_storage.delete(name)
    with file.open(UPLOADS + name) as upload:
        default_storage.save(name, File(upload))
