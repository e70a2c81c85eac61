"""Chain the rows of the log: what a row's code is computed from, and how."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = bytes(32)


def canonical(row: Mapping[str, Any]) -> bytes:
    """Return the one text of a row that its code is computed from: all columns but `mac`."""
    plain = {name: _plain(value) for name, value in row.items() if name != "mac"}
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


def code(secret: bytes, before: bytes, row: Mapping[str, Any]) -> bytes:
    """Return the code of `row`, which binds it to the code of the row before it."""
    return hmac.new(secret, before + canonical(row), hashlib.sha256).digest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
