"""Send files to keep, under plain names that say nothing about a person."""

import re
from collections.abc import Iterable
from pathlib import Path

from flask import Response, current_app
from werkzeug.datastructures import Headers
from werkzeug.wsgi import FileWrapper

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": WORKBOOK,
    ".zip": "application/zip",
}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


def send(content: bytes | Iterable[bytes] | Path, name: str) -> Response:
    """Send `content` as a file to keep. `name` is ASCII and says neither person nor program.

    A path is sent in pieces and never held in memory; so is what is iterated over.
    """
    suffix = Path(name).suffix
    if not _PLAIN.fullmatch(name) or suffix not in KINDS:
        raise ValueError("not a plain file name")
    headers = Headers({"Content-Disposition": f'attachment; filename="{name}"'})
    if isinstance(content, Path):
        headers["Content-Length"] = str(content.stat().st_size)
        content = FileWrapper(content.open("rb"), 64 * 1024)
    return current_app.response_class(content, headers=headers, content_type=KINDS[suffix])
