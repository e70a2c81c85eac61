"""Every import contract holds, and every one can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import source

PLANTED = {
    "The floors of the house": ("core/money.py", "from diversion.web import planted as _p\n"),
    "Rules know nothing of the web": ("core/money.py", "import flask as _p\n"),
    "No circles anywhere": ("core/errors.py", "from diversion.core import money as _p\n"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [str(program), "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(source.PACKAGE, folder / "diversion")
    shutil.copy(source.ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold(copy: Path) -> None:
    done = _lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(contract: str, copy: Path) -> None:
    name, planted = PLANTED[contract]
    path = copy / "diversion" / name
    before = path.read_text()
    (copy / "diversion" / "web" / "planted.py").write_text('"""Planted."""\n')
    path.write_text(before + planted)
    try:
        done = _lint(copy)
    finally:
        path.write_text(before)
        (copy / "diversion" / "web" / "planted.py").unlink()
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
