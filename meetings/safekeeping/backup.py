"""Making a backup: the rows of every table and every upload, in one zip file.

Rows are kept as Django writes them, not as one database does, so that a record kept in a file can be restored
into PostgreSQL, and the other way round.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from allies import clock
from meetings.models import Paper
from meetings.safekeeping.snapshot import one_moment

FORMAT = 1
ROWS, UPLOADS, MANIFEST = "record.jsonl", "uploads/", "manifest.json"
_LEFT_OUT = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", "auth.Group"}


def kept_models() -> list[type[models.Model]]:
    """Give the models whose rows a backup holds: all but sign-ins under way and what migrations make anew."""
    return [model for model in apps.get_models() if model._meta.label not in _LEFT_OUT]


def make_backup(path: Path) -> dict[str, int]:
    """Write a backup to `path`, whole or not at all, for its owner's eyes alone. Gives how many rows and uploads.

    Raises OSError where the file cannot be written, or an upload cannot be read.
    """
    draft = path.with_name(f"{path.name}.unfinished")
    try:
        # Addresses and what people need are in it: nobody else on the machine may read it, not even half-written.
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600, exist_ok=False)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
            counts = _write(file)
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _write(file: zipfile.ZipFile) -> dict[str, int]:
    rows, digest = 0, hashlib.sha256()
    with one_moment(connection):
        made = applied_migrations()
        uploads = sorted(set(Paper.history.exclude(file="").values_list("file", flat=True)))
        with file.open(ROWS, "w", force_zip64=True) as out:
            for row in _every_row():
                line = serializers.serialize("jsonl", [row], cls=_Exact).encode()
                out.write(line)
                digest.update(line)
                rows += 1
    # Uploads are only ever added, so what the rows speak of is still there.
    for name in uploads:
        with default_storage.open(name) as upload, file.open(UPLOADS + name, "w", force_zip64=True) as out:
            for chunk in upload.chunks():
                out.write(chunk)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "rows": rows,
        "sha256": digest.hexdigest(),
        "uploads": uploads,
        "migrations": made,
    }
    file.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return {"rows": rows, "uploads": len(uploads)}


class _Exact(DjangoJSONEncoder):
    """Keeps moments to the microsecond: Django's own cuts them, and the order of two updates hangs on it."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _every_row() -> Iterable[models.Model]:
    for model in kept_models():
        yield from model._default_manager.order_by("pk").iterator(chunk_size=500)


def applied_migrations() -> list[str]:
    """Give the migrations this database has been through, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
