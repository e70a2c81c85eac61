"""Do what is due by the clock and belongs to no single floor above this one."""

from pathlib import Path

from flask import current_app

from diversion.audit.jobs import anchor_file
from diversion.core import clock
from diversion.core.database import transaction
from diversion.fund.periods.services import note_proof
from diversion.participants.uploads import drop_old
from diversion.scheduler import soundness
from diversion.scheduler.backup import services as backups
from diversion.staff import access, session_lists
from diversion.staff.sign_in.services import clear_old_tries


class NotSound(Exception):
    """The nightly check found damage: see `diversion verify`."""


def verify_nightly() -> None:
    """Prove the log and the ledger. Raises NotSound, which the row of this run then shows."""
    found = soundness.examine(anchor_file())
    with transaction():
        note_proof(found.entries, 0 if found.is_sound else found.exit_code, by=None,
                   now=clock.now())  # fmt: skip
    if not found.is_sound:
        raise NotSound


def drop_waiting_uploads() -> None:
    """Delete uploaded files that were neither imported nor dropped within a day."""
    with transaction():
        drop_old(clock.now())


def clear_sessions() -> None:
    """Delete sign-in sessions that ended long ago."""
    with transaction():
        session_lists.clear_old(limits=access.limits(), now=clock.now())


def clear_tries() -> None:
    """Delete failed sign-ins that are too old to count."""
    with transaction():
        clear_old_tries(now=clock.now())


def back_up() -> None:
    """Make a backup, then delete those that are no longer kept."""
    folder = backup_folder()
    made = backups.make(folder, Path(current_app.config["MASTER_KEY_FILE"]), now=clock.now())
    backups.rotate(folder, now=clock.now())
    with transaction():
        backups.note(made)


def backup_folder() -> Path:
    """Return where backups are written; another machine fetches them from there."""
    if named := current_app.config["BACKUP_FOLDER"]:
        return Path(named)
    return Path(current_app.config["DATA_FOLDER"]) / "backups"
