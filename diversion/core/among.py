"""Ask for the rows of many keys with one parameter, so that the text of a statement never changes.

A list of parameters is written into the text anew in every call, which costs as much as to
run the statement, and a database takes so many and no more.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, Text, bindparam, types
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Keys = Collection[int]
Column = ColumnElement[int] | InstrumentedAttribute[int]


class _Keys(types.TypeDecorator[Keys]):
    """Whole numbers as one value: an array, or JSON where there are no arrays."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> types.TypeEngine[Any]:
        return ARRAY(Integer()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Keys | None, dialect: Dialect) -> Any:
        found = list(value or ())
        return found if dialect.name == "postgresql" else json.dumps(found)


class _Each(FunctionElement[int]):
    name = "each"
    type = Integer()
    inherit_cache = True


@compiles(_Each)
def _of_json(element: _Each, compiler: SQLCompiler, **how: Any) -> str:
    keys = compiler.process(element.clause_expr, **how)
    return f"(SELECT value FROM json_each{keys})"  # noqa: S608 (a part of a statement)


@compiles(_Each, "postgresql")
def _of_array(element: _Each, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT unnest{compiler.process(element.clause_expr, **how)})"


def among(column: Column, name: str = "ids") -> ColumnElement[bool]:
    """Return the condition that `column` is one of the keys that come as the value `name`."""
    return column.bool_op("IN")(_Each(bindparam(name, type_=_Keys())))
