"""Take files that people send, within bounds, without believing their names."""

import hashlib
from typing import Any

from werkzeug.datastructures import FileStorage

from diversion.core.errors import Invalid
from diversion.core.words import _

AT_MOST = 5 * 1024 * 1024


class NoFile(Invalid):
    """A file was asked for."""

    sentence = _("Choose a file.")


class TooLarge(Invalid):
    """A file has a largest size."""


def taken(file: FileStorage | None, *, field: str = "file", at_most: int = AT_MOST) -> bytes:
    """Return what the file holds. Raises NoFile, TooLarge."""
    content = file.stream.read(at_most + 1) if file is not None else b""
    if not content:
        raise NoFile(field=field)
    if len(content) > at_most:
        raise TooLarge(
            _("The file is larger than {limit} MB.", limit=at_most // 1024 // 1024), field=field
        )
    return content


def fingerprint(field: Any, *, needed: bool = False) -> str:
    """Return the SHA-256 of the file of a form's field as lower-case hex, or nothing.

    It proves later which paper it was; the paper may name a person, so it stays in its
    folder. Raises NoFile where it is `needed`, TooLarge.
    """
    if field.data is None and not needed:
        return ""
    return hashlib.sha256(taken(field.data, field=field.name)).hexdigest()
