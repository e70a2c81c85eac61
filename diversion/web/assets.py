"""Serve what comes with the program under names that change with its contents.

One digest of the whole folder is part of every address, so a browser may keep a
file for good, and addresses inside a stylesheet or module stay relative.
"""

import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, has_request_context, request, url_for
from werkzeug.exceptions import NotFound

from diversion.core import paths

ENDPOINT = "static"
A_YEAR = 365 * 24 * 3600
ASIDE = re.compile(rb"^\s*//.*\n|^\s+", re.MULTILINE)
ENDS = re.compile(rb"(?<=[;{},])\n")  # of lines, where the language needs none
SPACED = re.compile(rb" (=>|[-+]?=|[!=]==|&&|\|\||\?\?) ")
KINDS = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def set_up(app: Flask) -> None:
    app.add_url_rule("/static/<string:digest>/<path:name>", ENDPOINT, show, methods=["GET"])
    app.jinja_env.globals["asset"] = asset


def show(digest: str, name: str) -> Response:
    """Send one file; an address of another release is answered, but not kept."""
    content = files().get(name)
    if content is None:
        raise NotFound
    suffix = f".{name.rpartition('.')[2]}"
    kind = KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "text/plain"
    is_present = digest == current_digest()
    kept = f"public, max-age={A_YEAR}, immutable" if is_present else "no-cache"
    return current_app.response_class(content, mimetype=kind, headers={"Cache-Control": kept})


def asset(name: str) -> str:
    """Return the address of a file of `static/`, such as `app.css`."""
    if not has_request_context():
        return url_for(ENDPOINT, digest=current_digest(), name=name)
    return _address(request.script_root, name)


@cache
def _address(root: str, name: str) -> str:
    """Build the address once; a page names some ten of them, a list one for each line."""
    return f"{root}/static/{current_digest()}/{name}"


@cache
def files() -> dict[str, bytes]:
    """Return all files of `static/` by their path inside it; half a megabyte, read once."""
    folder = paths.shipped("static")
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        name: sent(name, path) for path in found for name in [path.relative_to(folder).as_posix()]
    }


def sent(name: str, path: Path) -> bytes:
    """Return a file as it is sent: a module of our own without what only its readers need."""
    content = path.read_bytes()
    if not name.startswith("js/"):
        return content
    return SPACED.sub(rb"\1", ENDS.sub(b"", ASIDE.sub(b"", content)))


@cache
def current_digest() -> str:
    """Return the digest of all files of `static/`."""
    total = hashlib.sha256()
    for name, content in files().items():
        total.update(f"{name} {len(content)} ".encode())
        total.update(content)
    return total.hexdigest()[:16]
