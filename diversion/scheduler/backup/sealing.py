"""Write and read the files of a backup: a plain head, then chunks that fit only this head.

The key comes from the master key, which is never inside. An old backup opens with
the master key of its day, whose mark is in the head.
"""

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from diversion.core import digests
from diversion.core.errors import Refused
from diversion.core.keys import fingerprint
from diversion.core.words import _

MAGIC = b"DIVERSION-BACKUP-1\n"
CHUNK = 1 << 20
_LENGTH = struct.Struct(">I")


class NotABackup(Refused):
    """The file is whole and was written by this program."""

    sentence = _("This is not a backup of this program, or it is damaged. Nothing was restored.")


class OtherKey(Refused):
    """A backup opens with the master key of its day."""

    sentence = _("This backup needs another master key: the one that was in use on its day.")


@dataclass(frozen=True)
class Head:
    """What anyone may read about a backup without opening it."""

    id: str
    kind: str  # "database" or "keys"
    engine: str
    made_at: str
    release: str
    revision: str
    database: str
    audit_seq: int
    audit_mac: str
    master: str
    salt: str
    sha256: str = ""


def write(path: Path, head: Head, plain: Path, master: bytes) -> Head:
    """Seal the file `plain` at `path`; the checksum of what is inside goes into the head."""
    head = Head(**{**asdict(head), "sha256": digests.of_file(plain)})
    text = _text(head)
    partial = path.with_suffix(".partial")
    with partial.open("xb") as out, plain.open("rb") as source:
        partial.chmod(0o400)
        out.write(MAGIC + _LENGTH.pack(len(text)) + text)
        box = _box(master, head)
        for number, chunk, is_last in _chunks(source):
            sealed = box.encrypt(_nonce(number), chunk, _bound(text, is_last))
            out.write(_LENGTH.pack(len(sealed)) + sealed)
    partial.rename(path)
    return head


def read_head(path: Path) -> Head:
    """Return the head of a backup. Raises NotABackup."""
    with path.open("rb") as file:
        return _read_head(file)[0]


def read(path: Path, plain: Path, master: bytes) -> Head:
    """Open the backup at `path` into the new file `plain`. Raises NotABackup, OtherKey."""
    with path.open("rb") as file:
        head, text = _read_head(file)
        if head.master != fingerprint(master):
            raise OtherKey
        box, number = _box(master, head), 0
        plain.touch(mode=0o600, exist_ok=False)
        with plain.open("wb") as out:
            for sealed, is_last in _sealed_chunks(file):
                try:
                    out.write(box.decrypt(_nonce(number), sealed, _bound(text, is_last)))
                except InvalidTag:
                    raise NotABackup from None
                number += 1
    if not number or digests.of_file(plain) != head.sha256:
        raise NotABackup
    return head


def new_salt() -> str:
    return secrets.token_hex(16)


def _read_head(file: BinaryIO) -> tuple[Head, bytes]:
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise NotABackup
        text = file.read(_LENGTH.unpack(file.read(4))[0])
        return Head(**json.loads(text)), text
    except (struct.error, ValueError, TypeError):
        raise NotABackup from None


def _text(head: Head) -> bytes:
    return json.dumps(asdict(head), sort_keys=True).encode()


def _box(master: bytes, head: Head) -> AESGCM:
    salt = bytes.fromhex(head.salt)
    return AESGCM(HKDF(SHA256(), 32, salt, b"diversion backup").derive(master))


def _nonce(number: int) -> bytes:
    # Each file has a key of its own by its salt, so a counter never comes twice under one key.
    return number.to_bytes(12, "big")


def _bound(text: bytes, is_last: bool) -> bytes:
    return hashlib.sha256(text).digest() + (b"last" if is_last else b"more")


def _chunks(source: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    number, chunk = 0, source.read(CHUNK)
    while True:
        after = source.read(CHUNK)
        yield number, chunk, not after
        if not after:
            return
        number, chunk = number + 1, after


def _sealed_chunks(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    length = file.read(4)
    while length:
        if len(length) != 4:
            raise NotABackup
        sealed = file.read(_LENGTH.unpack(length)[0])
        length = file.read(4)
        yield sealed, not length
