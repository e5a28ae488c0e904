"""Reading the database as it is at one moment, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def one_moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let every read inside see the same moment, without holding up anybody's writing.

    SQLite: a deferred transaction in WAL mode reads its first moment throughout; Django's own transactions are
    immediate here and would hold the write lock. PostgreSQL: REPEATABLE READ.
    """
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if connection.vendor == "postgresql"
        else "BEGIN DEFERRED"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
