"""Serve what comes with the program under names that change with its contents.

One digest of the whole folder is part of every address, so a browser may keep a
file for good, and addresses inside a stylesheet or module stay relative.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, send_from_directory, url_for

from diversion.core import paths

ENDPOINT = "static"
A_YEAR = 365 * 24 * 3600


def set_up(app: Flask) -> None:
    app.add_url_rule("/static/<digest>/<path:name>", ENDPOINT, show, methods=["GET"])
    app.jinja_env.globals["asset"] = asset


def show(digest: str, name: str) -> Response:
    """Send one file; an address of another release is answered, but not kept."""
    response = send_from_directory(paths.shipped("static"), name)
    if digest == current_digest():
        response.cache_control.max_age = A_YEAR
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    return response


def asset(name: str) -> str:
    """Return the address of a file of `static/`, such as `app.css`."""
    return url_for(ENDPOINT, digest=current_digest(), name=name)


@cache
def current_digest() -> str:
    """Return the digest of all files of `static/`, read once."""
    folder = paths.shipped("static")
    total = hashlib.sha256()
    for path in sorted(_files(folder)):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
