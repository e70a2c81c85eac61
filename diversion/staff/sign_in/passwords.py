"""Choose, hash and check passwords.

Source: NIST SP 800-63B 5.1.1 (length, no composition rules, a block list with its
reason); OWASP ASVS 5.0 V6.2.
"""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.staff.sign_in import blocklist

SHORTEST = 12
LONGEST = 128
ROUNDS = 600_000
CONTEXT = ("diversion", "community court", "communitycourt", "sbad", "district attorney")
ARGON2 = "argon2id"
PBKDF2 = "pbkdf2_sha256"


class BadPassword(Invalid):
    """A new password is long enough and not one that is tried early."""

    field = "password"


@dataclass(frozen=True)
class Method:
    """How passwords are hashed in this installation, and how many at once."""

    name: str = ARGON2
    memory_kib: int = 65536
    time_cost: int = 3
    at_once: int = 4

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Method":
        """Read the method from the settings. Raises ValueError for an unknown name."""
        if settings["PASSWORD_HASH"] not in {ARGON2, PBKDF2}:
            raise ValueError("PASSWORD_HASH is argon2id or pbkdf2_sha256")
        return cls(
            settings["PASSWORD_HASH"], settings["ARGON2_MEMORY_KIB"],
            settings["ARGON2_TIME_COST"], settings["HASHES_AT_ONCE"],
        )  # fmt: skip


def check_new(password: str, *, context: Iterable[str]) -> None:
    """Refuse a password that is too short, too long, or easily guessed; say why.

    `context` are words that belong to the person or the county.
    """
    password = unicodedata.normalize("NFKC", password)
    if len(password) < SHORTEST:
        raise BadPassword(_("Use at least {n} signs. A few words with spaces do well.", n=SHORTEST))
    if len(password) > LONGEST:
        raise BadPassword(_("Use at most {n} signs.", n=LONGEST))
    folded = password.casefold()
    for word in _context_words(context):
        if word in folded:
            raise BadPassword(
                _("Leave out “{word}”: it belongs to you or to this office.", word=word)
            )
    if blocklist.is_known(password):
        raise BadPassword(
            _("This is on the list of passwords that are tried first. Choose other words.")
        )


def _context_words(context: Iterable[str]) -> list[str]:
    pieces = [piece for text in context for piece in text.casefold().replace("@", " ").split()]
    return [*CONTEXT, *(piece for piece in pieces if len(piece) >= 4)]


def hashed(password: str, method: Method) -> str:
    """Return the hash that is kept. Takes long by intent: call it outside a transaction."""
    text = unicodedata.normalize("NFKC", password).encode()
    with _turn(method.at_once):
        if method.name == PBKDF2:
            return _pbkdf2(text, secrets.token_bytes(16), ROUNDS)
        return _argon2(method).hash(text)


def matches(kept: str | None, password: str, method: Method) -> bool:
    """Say whether `password` is the one kept; takes as long when nothing is kept.

    Takes long by intent: call it outside a transaction.
    """
    if len(password) > LONGEST:
        password, kept = "", None
    text = unicodedata.normalize("NFKC", password).encode()
    dummy = _dummy(method)  # made at the first sign-in of a process, whoever it is
    against = kept or dummy
    with _turn(method.at_once):
        return _verify(against, text, method) and kept is not None


def is_outdated(kept: str, method: Method) -> bool:
    """Say whether the hash was made with other parameters than are set now."""
    if kept.startswith(PBKDF2):
        return method.name != PBKDF2 or int(kept.split("$")[1]) != ROUNDS
    return method.name != ARGON2 or _argon2(method).check_needs_rehash(kept)


def _verify(kept: str, text: bytes, method: Method) -> bool:
    if kept.startswith(PBKDF2):
        _name, rounds, salt, _digest = kept.split("$")
        return hmac.compare_digest(kept, _pbkdf2(text, b64decode(salt), int(rounds)))
    try:
        return _argon2(method).verify(kept, text)
    except (VerificationError, InvalidHashError):
        return False


def _pbkdf2(text: bytes, salt: bytes, rounds: int) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", text, salt, rounds)
    return f"{PBKDF2}${rounds}${b64encode(salt).decode()}${b64encode(digest).decode()}"


@cache
def _argon2(method: Method) -> PasswordHasher:
    return PasswordHasher(method.time_cost, method.memory_kib, 1)


@cache
def _dummy(method: Method) -> str:
    return hashed(secrets.token_urlsafe(24), method)


@cache
def _turn(at_once: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(at_once)
