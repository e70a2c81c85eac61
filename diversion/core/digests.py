"""Say by which number a file is known again."""

import hashlib
from pathlib import Path


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hex, read piece by piece."""
    with path.open("rb") as contents:
        return hashlib.file_digest(contents, "sha256").hexdigest()
