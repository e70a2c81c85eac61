"""Make the addresses of many rows of one kind, asking the framework once and not for each."""

from collections.abc import Callable
from typing import Any

from flask import url_for

STAND_IN = "aeiouaeiou"  # no name of a row: handles have no vowels, public numbers no letters


def url_of_each(endpoint: str, name: str, **values: Any) -> Callable[[str], str]:
    """Return what makes the address of `endpoint` for one row after the other.

    `name` is what tells the rows apart: a handle or a public number, which needs no quoting.
    """
    address = url_for(endpoint, **{**values, name: STAND_IN})
    before, _stand_in, after = address.partition(STAND_IN)
    return lambda row: f"{before}{row}{after}"
