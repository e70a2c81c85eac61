"""A wheel, with nothing of the checkout beside it, serves the sign-in page."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import databases
from tests.house import source

SERVES = """
import sys
sys.path.insert(0, sys.argv[1])
from diversion.app import create_app
from diversion.core import paths
assert str(paths.PACKAGE).startswith(sys.argv[1]), paths.PACKAGE
app = create_app({"DATABASE_URL": sys.argv[2], "DATA_FOLDER": sys.argv[3], "SECRET_KEY": "w" * 40,
                  "MASTER_KEY_FILE": sys.argv[4], "LOOPBACK_ONLY": True})
page = app.test_client().get("/sign-in")
assert page.status_code == 200, page.status
assert b"<h1" in page.data
print("served")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source.ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_alone_serves_the_sign_in_page(
    unpacked: Path, servers: databases.Servers, tmp_path: Path
) -> None:
    url, drop = servers.fresh("sqlite", tmp_path)
    key = databases.settings(tmp_path)["MASTER_KEY_FILE"]
    done = subprocess.run(
        [sys.executable, "-P", "-c", SERVES, str(unpacked), url, str(tmp_path), key],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    drop()
    assert done.stdout.strip() == "served", done.stderr


def test_the_wheel_brings_templates_styles_settings_and_migrations(unpacked: Path) -> None:
    for name in ("templates", "static/app.css", "config.py", "migrations/env.py"):
        assert (unpacked / "diversion" / name).exists(), name
