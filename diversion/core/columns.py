"""Say how the program's own types lie in columns, on both engines."""

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, String, types

from diversion.core.money import Money


class Instant(types.TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps none of the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Cents(types.TypeDecorator[Money]):
    """Money as integer cents."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.cents

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))  # a sum may come as a decimal


def _values(codes: type[enum.Enum]) -> list[str]:
    return [str(code.value) for code in codes]


CODE = Enum(enum.Enum, native_enum=False, length=40, values_callable=_values)

TYPES: dict[Any, Any] = {
    datetime: Instant(),
    Money: Cents(),
    str: String(),
    enum.Enum: CODE,
    enum.StrEnum: CODE,
}
