"""Keep what is in a bag and how its cash was counted, of the fund or of the state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from diversion.core.database import db
from diversion.fund.deposits.models import Bag
from diversion.ledger.receipts import OpenReceipt

Kept = TypeVar("Kept", bound=Bag)


@dataclass(frozen=True)
class Tables(Generic[Kept]):
    """Where bags of one kind stand, what is in them, and their counts."""

    bag: type[Kept]
    item: type[Any]
    count: type[Any]

    def keep(
        self, chosen: Collection[OpenReceipt], pieces: Mapping[int, int], **about: Any
    ) -> Kept:
        """Keep a bag with its receipts and its count; `about` are its own columns."""
        made = self.bag(**about)
        db.session.add(made)
        db.session.flush()
        db.session.add_all(self.item(receipt_id=r.id, deposit_id=made.id) for r in chosen)
        db.session.add_all(
            self.count(deposit_id=made.id, unit=unit, pieces=number)
            for unit, number in pieces.items()
            if number
        )
        db.session.flush()
        return made
