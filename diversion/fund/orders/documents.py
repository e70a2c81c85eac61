"""Take the fingerprint of a paper; the paper may name a person, so the program does not keep it."""

import hashlib
from typing import Any

from diversion.web.uploads import taken


def fingerprint(field: Any) -> str:
    """Return the SHA-256 of the file of a form's field, or nothing. Raises NoFile, TooLarge."""
    file = field.data
    if file is None or not getattr(file, "filename", ""):
        return ""
    return hashlib.sha256(taken(file, field=field.name)).hexdigest()
