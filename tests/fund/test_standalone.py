"""Prove that the auditor's script needs nothing of ours, passes a sound export, and no other."""

import ast
import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from diversion.fund.exports import csv_files
from diversion.fund.leaving.models import FileKind
from diversion.ledger import queries
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff
from tests.fund.month import build

Rows = list[list[str]]


def check(folder: Path) -> tuple[int, str]:
    """Run the script as an auditor does, without our program at hand."""
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True,
        check=False, cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def unpack(packed: Path, folder: Path) -> Path:
    with ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder


def whole(folder: Path) -> Path:
    head = queries.head()
    wanted = Range(date(2000, 1, 1), date(2026, 12, 31), head.number)
    csv_files.write(folder / "all.zip", wanted, head, "all", spreadsheet=False)
    return unpack(folder / "all.zip", folder / "all")


def rewrite(folder: Path, change: Callable[[list[str], Rows], None], *, sign: bool = True) -> None:
    """Change rows of the file, and let its own digest follow where `sign` says so."""
    page = next(folder.glob("*.csv"))
    rows = list(csv.reader(page.read_text("utf-8").splitlines()))
    heads, body = rows[0], rows[1:]
    change(heads, body)
    with page.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\r\n").writerows([heads, *body])
    control = next(folder.glob("*.control.json"))
    said = json.loads(control.read_text("utf-8"))
    if sign:
        said["sha256_of_csv"] = hashlib.sha256(page.read_bytes()).hexdigest()
    control.write_text(json.dumps(said), "utf-8")


def test_the_script_needs_python_alone() -> None:
    tree = ast.parse(csv_files.SCRIPT.read_text("utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    assert {str(name).partition(".")[0] for name in named} <= set(sys.stdlib_module_names)


def test_the_script_passes_the_whole_books(month: Staff, tmp_path: Path) -> None:
    code, said = check(whole(tmp_path))
    assert (code, said.splitlines()[-1]) == (0, "All is well.")
    assert f"{queries.head().number} entries" in said
    assert queries.head().hash in said


def test_the_script_passes_a_month(month: Staff, tmp_path: Path) -> None:
    assert check(unpack(build(tmp_path, FileKind.CSV_AUDIT).path, tmp_path / "m"))[0] == 0


def test_a_folder_without_the_files_is_not_called_sound(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(csv_files.SCRIPT.read_bytes())
    assert check(tmp_path)[0] == 2


def _set(name: str, text: str, row: int = 4) -> Callable[[list[str], Rows], None]:
    def change(heads: list[str], body: Rows) -> None:
        body[row][heads.index(name)] = text

    return change


def _cut_entry(number: str) -> Callable[[list[str], Rows], None]:
    def change(heads: list[str], body: Rows) -> None:
        body[:] = [row for row in body if row[0] != number]

    return change


DAMAGES: dict[str, tuple[Callable[[list[str], Rows], None], str]] = {
    "an amount": (_set("amount_cents", "77"), "was changed"),
    "an amount as shown": (_set("debit", "77.00", 0), "shows another amount"),
    "a date": (_set("effective_date", "2026-11-20", 0), "was changed"),
    "who approved": (_set("approver", "3", 0), "was changed"),
    "the hash": (_set("hash", "A" * 64, 0), "was changed"),
    "an entry in the middle": (_cut_entry("3"), "not in its place"),
    "the last entry": (lambda heads, body: _cut_entry(body[-1][0])(heads, body), "the last"),
    "a line": (lambda _h, body: body.__delitem__(0), "misses lines"),
    "an entry twice": (lambda _h, body: body.insert(0, body[0]), "misses lines"),
    "a receipt's number": (
        lambda heads, body: [
            row.__setitem__(heads.index("document"), "M-2026-000009")
            for row in body if row[heads.index("document")] == "M-2026-000002"
        ] and None,
        "missing or stands twice",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_the_script_names_the_damage(month: Staff, tmp_path: Path, name: str) -> None:
    folder = whole(tmp_path)
    change, sentence = DAMAGES[name]
    rewrite(folder, change)
    code, said = check(folder)
    assert code == 1
    assert sentence in said


def test_a_file_that_is_not_the_one_exported_is_noticed(month: Staff, tmp_path: Path) -> None:
    folder = whole(tmp_path)
    rewrite(folder, lambda _heads, body: body[0].__setitem__(8, "Another name"), sign=False)
    assert "the file was changed" in check(folder)[1]


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(month: Staff, tmp_path: Path) -> None:
    folder = whole(tmp_path)
    page = next(folder.glob("*.csv"))
    sound = page.read_bytes()
    for torn in (b"\xff\xfe" * 9, sound.replace(b"amount_cents", b"cents")):
        page.write_bytes(torn)
        code, said = check(folder)
        assert (code, "can't be read" in said, "Traceback" in said) == (1, True, False)
    page.unlink()
    assert check(folder)[0] == 2
