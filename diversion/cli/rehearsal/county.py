"""Keep the fictional county's files: one folder, made anew when its year no longer ends today."""

import os
import shutil
from datetime import date
from pathlib import Path

KEPT = "fictional-year-ends-on"


def settings(folder: Path) -> dict[str, str]:
    """Return the environment under which the fictional county runs, by name."""
    return {
        "DIVERSION_DATA_FOLDER": str(folder / "county"),
        "DIVERSION_MASTER_KEY_FILE": str(folder / "keys" / "master.key"),
        "DIVERSION_LOOPBACK_ONLY": "true",
        "DIVERSION_SECRET_KEY": _secret(folder / "keys" / "pages.key"),
        "DIVERSION_COUNTY": "Example County",
    }


def is_current(folder: Path, today: date) -> bool:
    """Say whether a whole year that ends today lies in `folder`."""
    mark = folder / KEPT
    return mark.is_file() and mark.read_text().strip() == today.isoformat()


def make_room(folder: Path) -> None:
    """Empty the folder of an earlier fictional county. Raises ValueError for anything else."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        return
    known = {"county", "keys", KEPT}
    strange = {entry.name for entry in folder.iterdir()} - known
    if strange:
        raise ValueError(f"{folder} holds something that is no fictional county: {strange}")
    for name in known:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def finish(folder: Path, today: date) -> None:
    """Mark the year as whole; a rehearsal that was cut off has no mark and is made anew."""
    (folder / KEPT).write_text(today.isoformat())


def _secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.write_text(os.urandom(32).hex())
        path.chmod(0o400)
    return path.read_text()
