"""Do for the journal what is due by the clock."""

from diversion.audit.jobs import anchor_file
from diversion.core.database import transaction
from diversion.ledger import checkpoints


def checkpoint() -> None:
    """Write where the journal stands, if anything was posted since. Due every hour."""
    with transaction():
        if checkpoints.is_due():
            checkpoints.append(anchor_file())
