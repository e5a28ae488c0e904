"""The table of the cache, which also holds rate limits: in the database, so that many copies share it."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("allies", "0001_initial")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
