"""Look for names where none may be: raw, UTF-16, base64, and inside compressed members."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
LIMIT = 50_000_000


@dataclass(frozen=True)
class Canaries:
    """The secrets to look for, in every shape in which they could lie somewhere."""

    shapes: dict[bytes, str]

    @classmethod
    def of(cls, secrets: Iterable[str]) -> "Canaries":
        return cls({shape: secret for secret in secrets for shape in _shapes(secret)})

    def in_bytes(self, content: bytes) -> set[str]:
        """Return the secrets found, those inside compressed parts included."""
        return {
            secret
            for layer in _layers(content)
            for shape, secret in self.shapes.items()
            if shape in layer
        }

    def in_folder(self, folder: Path) -> dict[str, set[str]]:
        """Return the secrets found by file; a file name counts too."""
        found = {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            inside = self.in_bytes(path.read_bytes()) | self.in_bytes(path.name.encode())
            if inside:
                found[str(path.relative_to(folder))] = inside
        return found


def _shapes(secret: str) -> Iterator[bytes]:
    yield secret.encode()
    yield secret.encode("utf-16-le")
    yield secret.encode("utf-16-be")
    for start in range(3):
        # Base64 of the middle, whatever stands before and after it.
        coded = base64.b64encode(b"\0" * start + secret.encode()).rstrip(b"=")
        whole = (start + len(secret.encode())) * 8 // 6  # signs that depend on nothing behind
        yield coded[-(-start * 8 // 6) : whole]


def _layers(content: bytes, depth: int = 0) -> Iterator[bytes]:
    yield content
    if depth < 3:
        for inner in (*_members(content), *_streams(content)):
            yield from _layers(inner, depth + 1)


def _members(content: bytes) -> Iterator[bytes]:
    """Yield names and contents of an archive, also of one behind other bytes."""
    if b"PK\x05\x06" not in content:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    except zipfile.BadZipFile:
        return


def _streams(content: bytes) -> Iterator[bytes]:
    """Yield what looks compressed and can be inflated, wherever it begins."""
    for match in STREAM.finditer(content):
        try:
            inflated = zlib.decompressobj(47).decompress(content[match.start() :], LIMIT)
        except zlib.error:
            continue
        if len(inflated) > 8:
            yield inflated
