"""Have a page laid out as a tagged PDF, by a process of its own that knows no secret of ours."""

import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec

from diversion.core.errors import Unavailable
from diversion.core.paths import PACKAGE
from diversion.core.words import _

SECONDS = 30
MAKER = "diversion.web.pdf.maker"


class NoPdf(Unavailable):
    """The layout took too long, asked for something from elsewhere, or a library is missing."""

    sentence = _("The PDF could not be made here. Print the page from the browser instead.")


@cache
def is_installed() -> bool:
    """Say whether this installation has the extra that makes PDFs; nothing of it is loaded."""
    return find_spec("weasyprint") is not None


def pdf_of(page: str) -> bytes:
    """Return a page as a PDF with tags, its language and its title. Raises NoPdf.

    The page goes by a pipe and is in no file; it may use files of `static/` and no others.
    """
    command = [sys.executable, "-m", MAKER]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the page comes by standard input)
            command, input=page.encode(), capture_output=True, timeout=SECONDS,
            cwd=PACKAGE.parent, env=kept, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoPdf from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise NoPdf
    return done.stdout
