"""Model fields that hold the rules' own values."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Lookup

from allies.partial_dates import PartialDate, ways_to_write


class PartialDateField(models.CharField):
    """A `PartialDate`, kept as text; None where nothing is known.

    The database holds the empty string for None, so that comparing as text needs no NULL.
    """

    description = "A year, a month of a year, or a day"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return PartialDate.read(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value in (None, ""):
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.read(str(value))
        except ValueError as error:
            raise ValidationError("Give a year, a month and year, or a full date.") from error

    def get_prep_value(self, value: Any) -> str:
        value = self.to_python(value)
        return str(value) if value else ""

    def clean(self, value: Any, model_instance: Any) -> PartialDate | None:
        value = self.to_python(value)
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))


@PartialDateField.register_lookup
class BegunBy(Lookup):
    """`starts__begun_by=day`: unknown, or its first possible day is on or before `day`."""

    lookup_name = "begun_by"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        # A shorter form sorts before every day it includes, so text order is enough.
        return f"{column} <= %s", [*params, self.rhs]


@PartialDateField.register_lookup
class NotOverBy(Lookup):
    """`ends__not_over_by=day`: unknown, or its last possible day is on or after `day`."""

    lookup_name = "not_over_by"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        year, month, whole = ways_to_write(self.rhs)
        sql = f"({column} = '' OR {column} >= %s OR {column} IN (%s, %s))"
        return sql, [*params, *params, whole, *params, year, month]
