"""Do for the log what is due by the clock."""

from pathlib import Path

from flask import current_app

from diversion.audit import anchors
from diversion.core.database import transaction


def anchor_file() -> Path:
    """Return where anchors are kept: a file that the county may put on another machine."""
    if named := current_app.config["ANCHOR_FILE"]:
        return Path(named)
    return Path(current_app.config["DATA_FOLDER"]) / "anchors.jsonl"


def append_anchor() -> None:
    """Sign where the log stands. Due every hour and when the program stops."""
    with transaction():
        anchors.append(anchor_file())
