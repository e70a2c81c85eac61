"""The limit of a page about people: the bare page, its envelopes opened, the log kept first.

Why there is a second limit: docs/decisions/0007-the-limit-with-its-guards.md.
"""

import json
import secrets
import sqlite3
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from benchmarks.limits import signed_in_page
from benchmarks.timing import Job

HEAD, NONCE = 5, 17
NAME = json.dumps({"form": 1, "first": "Juniper", "last": "Hale"}).encode()


def page(people: int = 40) -> Job:
    """Make the job: the bare page of so many rows, with the guards it can't be shown without."""
    bare, outer = signed_in_page(people), secrets.token_bytes(32)
    folder = Path(tempfile.mkdtemp(prefix="dvlimit"))
    connection = sqlite3.connect(folder / "guarded.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("create table sealed(id integer primary key, wrapped, sealed)")
    connection.execute("create table log(seq integer primary key, actor, act, objects, mac)")
    connection.executemany(
        "insert into sealed values (?, ?, ?)", [_sealed(outer, each) for each in range(people)]
    )

    def job() -> None:
        bare()
        connection.execute("BEGIN IMMEDIATE")
        for number, wrapped, sealed in connection.execute("select id, wrapped, sealed from sealed"):
            opener = AESGCM(aes_key_unwrap(outer, wrapped))
            place = sealed[:HEAD] + f"sbad|envelope|sealed|{number}".encode()
            json.loads(opener.decrypt(sealed[HEAD:NONCE], sealed[NONCE:], place))
        connection.execute("insert into log(actor, act, objects, mac) values (1, 'x', 'y', 'z')")
        connection.execute("COMMIT")

    return job


def _sealed(outer: bytes, number: int) -> tuple[int, bytes, bytes]:
    secret, nonce, head = secrets.token_bytes(32), secrets.token_bytes(12), bytes(HEAD)
    place = head + f"sbad|envelope|sealed|{number}".encode()
    body = AESGCM(secret).encrypt(nonce, NAME, place)
    return number, aes_key_wrap(outer, secret), head + nonce + body
