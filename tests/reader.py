"""Read one workbook after the other as the program's own reading process does, started once.

The process holds what reading needs and takes each file in a fork of its own, which
lives as poorly as the real one: what a test sees is the program's reading, without
the start of an interpreter for each file.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from threading import Lock
from typing import Any, BinaryIO

from diversion.core import paths
from diversion.core.workbooks import child, reading
from diversion.core.workbooks.limits import Why

SIZE = struct.Struct("!q")
ask_anew = reading._ask_child
_one_at_a_time = Lock()
_readers: list[subprocess.Popen[bytes]] = []


def share() -> None:
    """Let every reading of this process go to one lasting reader, begun with the first."""
    reading._ask_child = _ask  # (for tests alone)


def _ask(content: bytes) -> Any:
    with _one_at_a_time:
        if not _readers:
            _readers.append(_begin())
        answer = _answer(_readers[0], content)
    if answer is None:
        raise reading.Unreadable(Why.TOO_COSTLY)
    return json.loads(answer)


def _answer(reader: subprocess.Popen[bytes], content: bytes) -> bytes | None:
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(SIZE.pack(len(content)) + content)
    reader.stdin.flush()
    size = SIZE.unpack(reader.stdout.read(SIZE.size))[0]
    return reader.stdout.read(size) if size >= 0 else None


def _begin() -> subprocess.Popen[bytes]:
    reader = subprocess.Popen(
        [sys.executable, "-m", "tests.reader"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=paths.PACKAGE.parent, env=reading._environment(),
    )  # fmt: skip
    atexit.register(_end, reader)
    return reader


def _end(reader: subprocess.Popen[bytes]) -> None:
    for pipe in (reader.stdin, reader.stdout):
        if pipe is not None:
            pipe.close()
    reader.wait()


def serve(files: BinaryIO, answers: BinaryIO) -> None:
    """Answer file after file, each from a fork; a fork that died answers with a size of -1."""
    while head := files.read(SIZE.size):
        content = files.read(SIZE.unpack(head)[0])
        number = os.fork()
        if not number:
            _read(content, answers)
        if os.waitpid(number, 0)[1]:
            answers.write(SIZE.pack(-1))
            answers.flush()


def _read(content: bytes, answers: BinaryIO) -> None:
    sys.stdin = TextIOWrapper(BytesIO(content))
    sys.stdout = said = StringIO()
    try:
        child.main()
        answer = said.getvalue().encode()
        answers.write(SIZE.pack(len(answer)) + answer)
        answers.flush()
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
