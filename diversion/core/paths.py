"""Say where the files that come with the program lie.

Templates, static files and the settings file stand beside the package in a
checkout and inside it in an installed wheel.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MIGRATIONS = PACKAGE / "migrations"


def shipped(name: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Raises FileNotFoundError if this installation lacks it.
    """
    for folder in (PACKAGE, PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(name)
