"""Find the papers behind payments: voucher, award, purpose, and the kind of payee."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.fund.awards.models import Award
from diversion.fund.orders.kinds import OrderKind
from diversion.fund.orders.models import Order, OrderPosting, Payment
from diversion.fund.vouchers.models import Voucher
from diversion.ledger.models import Entry
from diversion.partners.agencies.models import Organization

_Asked = aliased(Order)


@dataclass(frozen=True)
class Paper:
    """What stands behind a payment; an organization has a name, a survivor has none."""

    voucher: str | None
    payee_kind: str
    payee: str | None
    award: str
    aim: str
    actor: int
    approver: int | None
    reference: str

    def cells(self, names: Mapping[int, str]) -> tuple[str | None, ...]:
        """Return voucher, payee type, payee, grant, purpose, who asked, who approved."""
        return (
            self.voucher, self.payee_kind, self.payee, self.award, self.aim.replace("_", " "),
            names.get(self.actor), names.get(self.approver or 0),
        )  # fmt: skip


def papers_of(entries: Collection[int]) -> dict[int, Paper]:
    """Return the papers of payments by entry, in one statement."""
    of_voucher = and_(_Asked.voucher_id == Voucher.id, _Asked.kind == OrderKind.VOUCHER)
    query = (
        select(
            Payment.entry, Voucher.number, Award.payee_kind, Organization.name,
            Award.number.label("award"), Award.aim, _Asked.asked_by_id, Entry.approver,
            Payment.reference,
        )
        .outerjoin(Voucher, Voucher.id == Payment.voucher_id)
        .join(_Asked, or_(of_voucher, _Asked.id == Payment.order_id))
        .join(Award, Award.id == func.coalesce(Voucher.award_id, _Asked.award_id))
        .outerjoin(Organization, Organization.id == Award.organization_id)
        .outerjoin(OrderPosting, OrderPosting.order_id == _Asked.id)
        .outerjoin(Entry, Entry.id == OrderPosting.entry)
        .where(Payment.entry.in_(entries))
    )  # fmt: skip
    return {
        row.entry: Paper(
            row.number, row.payee_kind.value, row.name, row.award, row.aim.value, row.asked_by_id,
            row.approver, row.reference,
        )
        for row in db.session.execute(query)
    }  # fmt: skip
