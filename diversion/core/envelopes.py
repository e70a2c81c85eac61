"""Seal and open bytes bound to their place, with AES-256-GCM.

What is sealed reads `version | key number | nonce | ciphertext | tag`. The
place is authenticated with it, so bytes that were moved to another row, column,
table or track don't open.
"""

import secrets
import struct
from collections.abc import Callable
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from diversion.core.errors import Unavailable
from diversion.core.keys import Key
from diversion.core.words import _

Opener = Callable[[int, bytes, bytes], bytes]
VERSION = 1
NONCE = 12
_HEAD = struct.Struct(">BI")
_BODY = _HEAD.size + NONCE


class Tampered(Unavailable):
    """What lies here was not sealed here, or was changed since."""

    sentence = _("This record can't be opened. Nothing was shown. Tell the administrator.")


class Place(NamedTuple):
    """Where sealed bytes lie. `side` is a track, or a purpose for what concerns no participant."""

    side: str
    table: str
    column: str
    row: int | str

    def text(self) -> bytes:
        return f"{self.side}|{self.table}|{self.column}|{self.row}".encode()


def seal(key: Key, place: Place, plain: bytes) -> bytes:
    """Return `plain` sealed for `place` only."""
    head = _HEAD.pack(VERSION, key.id)
    nonce = secrets.token_bytes(NONCE)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plain, head + place.text())


def open_sealed(key: Key, place: Place, sealed: bytes) -> bytes:
    """Return what was sealed for `place`. Raises Tampered."""
    return _open(key.id, key.secret, place.text(), sealed)


def opener(side: str, table: str, column: str) -> Opener:
    """Return what opens one column row by row, where the key of each row has its number."""
    before = Place(side, table, column, "").text()

    def open_row(row: int, secret: bytes, sealed: bytes) -> bytes:
        return _open(row, secret, b"%b%d" % (before, row), sealed)

    return open_row


def _open(key_id: int, secret: bytes, place: bytes, sealed: bytes) -> bytes:
    head = sealed[: _HEAD.size]
    if head != _HEAD.pack(VERSION, key_id):
        raise Tampered
    nonce = sealed[_HEAD.size : _BODY]
    try:
        return AESGCM(secret).decrypt(nonce, sealed[_BODY:], head + place)
    except (InvalidTag, ValueError):
        raise Tampered from None


def key_id_of(sealed: bytes) -> int:
    """Return the number of the key that sealed this. Raises Tampered."""
    if len(sealed) < _BODY or sealed[0] != VERSION:
        raise Tampered
    return int(_HEAD.unpack_from(sealed)[1])
