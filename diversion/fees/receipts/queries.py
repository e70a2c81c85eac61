"""Ask for receipts as lists and papers show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.fees.models import Receipt, ReceiptVoid
from diversion.fees.receipts.wording import WORDING, spoken
from diversion.ledger import receipts as register
from diversion.ledger.movements import taken_back
from diversion.participants.models import Participant
from diversion.participants.queries import numbers_of
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Paper:
    """A receipt as it is shown and printed; the participant by number.

    `back` says that its bank or the card processor took the money again.
    """

    receipt: Receipt
    void: ReceiptVoid | None
    participant: str
    cashier: str
    voided_by: str
    language: str = "en"
    back: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """Return what the paper says, in the language of whoever paid."""
        return WORDING[self.language]


def listed() -> Select[*tuple[Any, ...]]:
    """Return receipts as light rows, newest first."""
    return (
        select(
            Receipt.number, Receipt.taken_on, Receipt.amount, Receipt.mode, Receipt.reference,
            Receipt.imported, Participant.number.label("participant"), Staff.name.label("cashier"),
            ReceiptVoid.voided_on,
        )
        .join(Participant, Participant.id == Receipt.participant_id)
        .join(Staff, Staff.id == Receipt.taken_by)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .order_by(Receipt.taken_on.desc(), Receipt.id.desc())
    )  # fmt: skip


def all_of(track: Track) -> Select[int]:
    """Return everyone of a track, for those who see receipts and never a name."""
    return select(Participant.id).where(Participant.track == track)


def paper(receipt: Receipt) -> Paper:
    """Return a receipt with the words around it."""
    void = db.session.get(ReceiptVoid, receipt.id)
    who = numbers_of(receipt.track, [receipt.participant_id])
    names = select(Staff.id, Staff.name).where(
        Staff.id.in_([receipt.taken_by, void.voided_by if void else receipt.taken_by])
    )
    staff = {row.id: row.name for row in db.session.execute(names)}
    voider = staff[void.voided_by] if void else ""
    language = select(Participant.language).where(
        Participant.id == receipt.participant_id, Participant.track == receipt.track
    )
    return Paper(
        receipt, void, who[receipt.participant_id], staff[receipt.taken_by], voider,
        spoken(db.session.scalar(language) or ""), bool(taken_back([receipt.number])),
    )  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """Whether the numbers of a series are whole."""

    series: str
    first: int
    last: int
    missing: int

    @property
    def name(self) -> str:
        return self.series.rstrip("-")


def statements() -> list[Statement]:
    """Say for each series which numbers were given and how many are missing: none if sound."""
    short = {series: highest - count for series, count, highest in register.gaps()}
    return [Statement(s, first, last, short.get(s, 0)) for s, first, last in register.series()]
