"""Read PDFs, and fail where nothing that makes them may be missing."""

import io
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader


def need() -> None:
    """Skip by name where the libraries are missing; fail where everything must run."""
    if _can_make():
        return
    if os.environ.get("CI"):
        pytest.fail("WeasyPrint or Pango missing, and PDFs must be made here.")
    pytest.skip("WEASYPRINT OR PANGO NOT INSTALLED: no PDF was made.")


@cache
def _can_make() -> bool:
    asked = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def tags(content: bytes, kind: str) -> list[dict[str, Any]]:
    """Return the tags of one kind, such as `/H1`, in their order."""
    root = read(content).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return [each for each in _walk(root["/K"]) if each["/S"] == kind]


def _walk(node: Any) -> Any:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        yield from _walk(node.get("/K"))
