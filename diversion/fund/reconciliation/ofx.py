"""Read a statement in OFX, of the old kind without closing tags or the new one in XML.

The file is never given to an XML parser: its tags are looked for one by one, within
bounds, so there is nothing that could declare, fetch or unfold anything.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from diversion.core.errors import Invalid
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.reconciliation.statement import (
    Line,
    NotAStatement,
    Statement,
    check_in,
    made,
    plain,
)

LARGEST = 5 * 1024 * 1024
MOST_LINES = 20_000
TAG = re.compile(r"<(/?)([A-Za-z0-9.]{1,32})>([^<\r\n]{0,400})")
SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&", "&nbsp;": " "}


class Declared(NotAStatement):
    """A statement declares nothing of its own."""

    sentence = _("This file declares outside content, so it was not opened.")


def is_ofx(content: bytes) -> bool:
    """Say whether a file is written in OFX, by its first signs."""
    head = content[:2000].lstrip().upper()
    return head.startswith((b"OFXHEADER", b"<OFX")) or (head.startswith(b"<?") and b"OFX" in head)


def read(content: bytes, *, today: date) -> Statement:
    """Return the statement in an OFX file. Raises NotAStatement, Declared."""
    if len(content) > LARGEST:
        raise NotAStatement(_("The file is larger than {limit} MB.", limit=LARGEST // 1024 // 1024))
    text = _decoded(content)
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Declared
    lines, closing = [], None
    for place, facts in enumerate(_aggregates(text)):
        if place > MOST_LINES:
            raise NotAStatement(_("This statement has more than {n} lines.", n=MOST_LINES))
        if "TRNAMT" in facts:
            lines.append(_line(facts))
        elif "BALAMT" in facts:
            closing = _money(facts["BALAMT"])
    return made(content, _once(lines), closing, today=today)


def _once(lines: Sequence[Line]) -> list[Line]:
    """Drop what stands twice: in OFX the bank's mark (FITID) names one transaction."""
    marks: set[tuple[str, date, Money]] = set()
    kept = []
    for line in lines:
        mark = (line.reference, line.on, line.amount)
        if not line.reference or mark not in marks:
            kept.append(line)
        marks.add(mark)
    return kept


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _aggregates(text: str) -> Iterator[dict[str, str]]:
    """Yield what stands in each transaction, and in the balance of the ledger."""
    facts: dict[str, str] | None = None
    for match in TAG.finditer(text):
        closes, name, value = bool(match[1]), match[2].upper(), match[3].strip()
        if name in {"STMTTRN", "LEDGERBAL"}:
            if facts:
                yield facts
            facts = None if closes else {}
        elif facts is not None and not closes and value:
            facts.setdefault(name, _unescaped(value))
    if facts:
        yield facts


def _unescaped(value: str) -> str:
    for written, sign in SIGNS.items():
        value = value.replace(written, sign)
    return value


def _line(facts: dict[str, str]) -> Line:
    named = " ".join(facts[tag] for tag in ("NAME", "PAYEE", "MEMO") if tag in facts)
    words = plain(named or facts.get("TRNTYPE", ""))
    check = re.sub(r"\D", "", facts.get("CHECKNUM", "")).lstrip("0")[:20]
    amount = _money(facts["TRNAMT"])
    if not amount:
        raise NotAStatement(_("A line of this statement has no amount."))
    return Line(
        _day(facts.get("DTPOSTED", "")), words, amount, check or check_in(words),
        plain(facts.get("FITID", ""))[:60],
    )  # fmt: skip


def _money(written: str) -> Money:
    text = written.strip().lstrip("+")
    if re.fullmatch(r"-?\d+,\d{1,2}", text):  # a comma may stand for the point
        text = text.replace(",", ".")
    text = re.sub(r"(\.\d\d)0+$", r"\1", text)
    try:
        return Money.parse(text)
    except Invalid as no:
        raise NotAStatement(_("“{value}” is not an amount.", value=plain(written)[:20])) from no


def _day(written: str) -> date:
    found = re.match(r"(\d{4})(\d{2})(\d{2})", written)
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day(written)
    except ValueError:
        return _no_day(written)


def _no_day(written: str) -> date:
    raise NotAStatement(_("“{value}” is not a date.", value=plain(written)[:20]))
