"""Build the reports of the counter: the daily close, and what is out of the ordinary."""

from collections import Counter
from datetime import datetime

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.fees.voids.queries import copies_of
from diversion.fund.drawers import queries as drawers
from diversion.fund.drawers.models import DrawerSession
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.fund.weekly.unusual import words_of
from diversion.ledger import exceptions, extracts, office
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.events import RELAXED, Event
from diversion.staff.queries import names_of
from diversion.web.filters import words

CLOSE = (
    Column(_("At the counter"), width=44), Column(_("From"), width=16), Column(_("To"), width=16),
    Column(_("How many"), Kind.WHOLE, 12), Column(_("Amount"), Kind.MONEY),
)  # fmt: skip
UNUSUAL = (
    Column(_("What"), width=30), Column(_("Date"), Kind.DAY, 12), Column(_("Paper"), width=18),
    Column(_("Amount"), Kind.MONEY), Column(_("Entered by"), width=20),
    Column(_("Approved by"), width=20), Column(_("Remark"), width=44),
)  # fmt: skip
GIVEN = frozenset(
    {
        Event.RECEIPT, Event.RECEIPT_CARD, Event.RECEIPT_UNIDENTIFIED, Event.DONATION_RECEIPT,
        Event.STF_RECEIPT,
    }
)  # fmt: skip


def daily_close(asked: Question) -> Report:
    """Return the numbers given, the money by mode, the voids, and the totals of the books."""
    wanted = asked.wanted
    given = [r for rows in extracts.receipts(wanted) for r in rows if r.event in GIVEN]
    rows = [
        Row((_("Receipts of the series {series}", series=prefix.rstrip("-")), f"{low:06d}",
             f"{high:06d}", count, Money(sum(r.cents for r in given if r.series == prefix))))
        for prefix, count, low, high in extracts.series(wanted)
    ]  # fmt: skip
    by_series = Money.total(row.cells[4] for row in rows)
    counts, sums = Counter[Mode](), Counter[Mode]()
    for each in given:
        counts[each.mode] += 1
        sums[each.mode] += each.cents
    rows += [Row((words(m), "", "", counts[m], Money(sums[m]))) for m in Mode if counts[m]]
    void = [r for r in given if r.back in (Event.VOID_RECEIPT, Event.STF_VOID)]
    voided, whole = Money(sum(r.cents for r in void)), Money(sums.total())
    rows.append(Row((_("Voided"), "", "", len(void), -voided)))
    kept = len(given) - len(void)
    rows.append(Row((_("Taken and kept"), "", "", kept, whole - voided), strong=True))
    trial = ledger.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to)
    debits, credits = (
        Money.total(getattr(line, side) for line in trial) for side in ("debits", "credits")
    )
    rows.append(Row((_("Debits of the trial balance"), "", "", None, debits)))
    rows.append(Row((_("Credits of the trial balance"), "", "", None, credits)))
    return Report(CLOSE, rows, ((_("Debits less credits"), debits - credits),
                                (_("By mode less by series"), whole - by_series)))  # fmt: skip


def unusual(asked: Question) -> Report:
    """Return what somebody else should look at: voids, waivers, corrections, over and short."""
    found = exceptions.between(asked.wanted)
    copies = copies_of([row.id for row in found])
    names = names_of({who for row in found for who in (row.actor, row.approver) if who})
    rows = [
        Row(
            (words_of(row.event), row.effective_on, row.doc, Money(int(row.cents)),
             names.get(row.actor, ""), names.get(row.approver or 0, ""),
             copies.get(row.id) or _remark(row.event)),
            link={"endpoint": "fund.register.entry", "number": row.id},
        )
        for row in found
    ]  # fmt: skip
    known_at = ledger.known_at(asked.wanted.up_to)
    differing = drawers.differing(asked.wanted.first, asked.wanted.last, known_at=known_at)
    people = names_of({who for d in differing for who in (d.cashier_id, d.signed_by_id) if who})
    rows += _switches(asked)
    return Report(UNUSUAL, [*rows, *(_drawer(each, people, known_at) for each in differing)])


def _remark(event: Event) -> Sentence | str:
    return _("Small-office mode was on") if event in RELAXED else ""


def _switches(asked: Question) -> list[Row]:
    """Return how small-office mode was switched in these days, by then."""
    wanted = asked.wanted
    made = [
        each for each in office.switches()
        if wanted.first <= each.switched_on <= wanted.last and each.after_entry <= wanted.up_to
    ]  # fmt: skip
    names = names_of({each.actor for each in made})
    on, off = _("Small-office mode on"), _("Small-office mode off")
    return [
        Row((on if each.is_on else off, each.switched_on, "", None, names.get(each.actor, ""), "",
             each.reason), link={"endpoint": "fund.office.show"})
        for each in made
    ]  # fmt: skip


def _drawer(drawer: DrawerSession, names: dict[int, str], known_at: datetime | None) -> Row:
    is_signed = drawer.signed_at and (known_at is None or drawer.signed_at <= known_at)
    reason = drawer.reason.words if drawer.reason else ""
    remark = reason if is_signed else _("Nobody signed it yet")
    signed_by = names.get(drawer.signed_by_id or 0, "") if is_signed else ""
    over = drawer.difference > Money(0)
    cells = (
        _("Drawer over") if over else _("Drawer short"), drawer.opened_on, "", drawer.difference,
        names.get(drawer.cashier_id, ""), signed_by, remark,
    )  # fmt: skip
    return Row(cells, link={"endpoint": "fund.drawers.show", "handle": drawer.handle})
