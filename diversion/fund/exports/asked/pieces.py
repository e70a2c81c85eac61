"""Seal a finished file piece by piece, and open it again, in flat memory."""

import hashlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sqlalchemy import delete, insert, select

from diversion.core import envelopes, keys
from diversion.core.database import db, is_writing
from diversion.core.envelopes import Place, Tampered
from diversion.core.keys import Purpose
from diversion.fund.exports.asked.models import AskedFile, FilePiece

PIECE = 1 << 20


def seal(file_id: int, place: int, content: bytes) -> None:
    """Keep a piece, sealed so that it opens as this piece of this file only."""
    sealed = envelopes.seal(keys.current(Purpose.FILES), _place(file_id, place), content)
    db.session.execute(insert(FilePiece).values(file_id=file_id, place=place, sealed=sealed))


def unseal(file: AskedFile, path: Path) -> None:
    """Write a file to `path` as it was made. Raises Tampered for one that is not whole."""
    wanted, digest = file.sha256, hashlib.sha256()
    with path.open("wb") as target:
        for piece in _opened(file.id):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != wanted:
        raise Tampered


def _opened(file_id: int) -> Iterator[bytes]:
    for place in count():
        query = select(FilePiece.sealed).where(
            FilePiece.file_id == file_id, FilePiece.place == place
        )
        sealed = db.session.scalar(query)
        if not is_writing():
            db.session.rollback()  # ends the read, so that nobody waits for it
        if sealed is None:
            return
        key = keys.numbered(envelopes.key_id_of(sealed))
        yield envelopes.open_sealed(key, _place(file_id, place), sealed)


def drop(file_id: int) -> None:
    """Delete what there is of a file."""
    db.session.execute(delete(FilePiece).where(FilePiece.file_id == file_id))


def _place(file_id: int, place: int) -> Place:
    return Place("files", "asked_file_piece", "sealed", f"{file_id}/{place}")
