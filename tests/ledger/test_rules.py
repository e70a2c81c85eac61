"""Prove the rule of each event from one table: what it may touch, who may post it, when."""

from datetime import date

import pytest

from diversion.core.money import Money
from diversion.ledger.accounts import BY_CODE, CHART, Group
from diversion.ledger.chain import FIRST, Sealed, canonical, link
from diversion.ledger.codes import Code
from diversion.ledger.commands import OWN_RECEIPT, Command, Line, Mode, PeriodState, Tender
from diversion.ledger.events import BY_EVENT, RULES, Books, Event, Rule
from diversion.ledger.refusals import SENTENCES
from diversion.ledger.rules import Asked, Draft, Original, Refusal, Snapshot, decide
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
RICH = 10**9
POSTED = [rule for rule in RULES if not rule.reverses]
BACK = [rule for rule in RULES if rule.reverses]


def line(account: int, cents: int) -> Line:
    known = BY_CODE[account]
    sub = 1 if known.sub else 0
    return Line(account, cents, sub)


def lines_of(rule: Rule) -> list[Line]:
    """Return two lines that the rule allows, or four where one group needs its mirror."""
    money = 50_000
    if rule.receipt:
        taken = min(a for a in rule.debits if a in (1010, 1030, 7010))
        given = max(a for a in rule.credits if a not in (1200,))
        return [Line(taken, money, OWN_RECEIPT), line(given, -money)]
    for debit in sorted(rule.debits - {1010}):
        for credit in sorted(rule.credits):
            same_group = BY_CODE[debit].group == BY_CODE[credit].group
            mirror = {debit, credit} & {1200, 2500}
            if same_group and debit != credit and mirror in (set(), {1200, 2500}):
                return [line(debit, money), line(credit, -money)]
    raise AssertionError(rule.event)


def asked(rule: Rule, lines: list[Line], **other: object) -> Asked:
    mode = Mode.CARD if rule.event is Event.RECEIPT_CARD else Mode.CASH
    imported = rule.event is Event.IMPORTED_RECEIPT
    tender = Tender("M-2026-", mode, Money(50_000), "ch_1", imported) if rule.receipt else None
    command = Command(rule.event, lines, tender=tender, reverses=1 if rule.reverses else None)
    given = {"on": TODAY, "by": 1, "approved_by": 2 if rule.second else None, **other}
    return Asked(command, **given)  # type: ignore[arg-type]


def facts(rule: Rule, lines: list[Line], **other: object) -> Snapshot:
    """Return a snapshot in which nothing but the case itself stands against the entry."""
    net = {(x.account, x.sub, x.earmark): BY_CODE[x.account].sgn * RICH for x in lines}
    whole = {key: 50_000 for key in net if key[0] in (1010, 7010)}
    given = {
        "period": 0 if rule.books is Books.BEFORE else 202611,
        "state": PeriodState.OPEN, "posted_on": TODAY, "net": {**net, **whole},
        "tenders": {1: 50_000}, **other,
    }  # fmt: skip
    return Snapshot(**given)  # type: ignore[arg-type]


def refusal(rule: Rule, lines: list[Line], about: dict[str, object] | None = None,
            **other: object) -> Code | None:  # fmt: skip
    answer = decide(facts(rule, lines, **other), asked(rule, lines, **(about or {})))
    return answer.code if isinstance(answer, Refusal) else None


@pytest.mark.parametrize("rule", POSTED, ids=lambda rule: rule.event)
def test_the_event_posts_what_its_rule_allows(rule: Rule) -> None:
    lines = lines_of(rule)
    answer = decide(facts(rule, lines), asked(rule, lines))
    assert answer == Draft(tuple(lines), 50_000)


@pytest.mark.parametrize("rule", POSTED, ids=lambda rule: rule.event)
def test_the_event_is_refused_outside_its_rule(rule: Rule) -> None:
    lines = lines_of(rule)
    one_off = [lines[0], Line(lines[1].account, lines[1].cents - 1, lines[1].sub)]
    assert refusal(rule, one_off) is Code.UNBALANCED
    assert refusal(rule, lines, state=PeriodState.CLOSED) is Code.PERIOD_CLOSED
    closing = refusal(rule, lines, state=PeriodState.CLOSING)
    assert closing is (None if rule.closing else Code.PERIOD_CLOSED)
    if rule.books is not Books.EITHER:
        other = 202611 if rule.books is Books.BEFORE else 0
        assert refusal(rule, lines, period=other) is Code.PERIOD_WRONG
    ahead = {"on": date(2026, 11, 22)}
    assert refusal(rule, lines, ahead) is Code.DATE_AHEAD
    inactive = frozenset({lines[0].account})
    assert refusal(rule, lines, inactive=inactive) is Code.ACCOUNT_INACTIVE
    assert refusal(rule, lines[:1]) is Code.TOO_FEW_LINES
    assert refusal(rule, [*lines, lines[1]]) is Code.SAME_KEY_TWICE


@pytest.mark.parametrize("rule", POSTED, ids=lambda rule: rule.event)
def test_the_event_touches_no_other_account_and_no_other_group(rule: Rule) -> None:
    good = lines_of(rule)
    for account in CHART:
        lines = [line(account.code, 50_000), good[1]]
        if account.code in rule.debits or account.code == good[1].account or rule.receipt:
            continue
        assert refusal(rule, lines) is Code.NOT_FOR_THIS_EVENT, account.code
    groups = {BY_CODE[code].group for code in rule.debits | rule.credits}
    assert groups <= rule.groups
    assert Group.STATUTORY not in groups or groups == {Group.STATUTORY}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.event)
def test_a_second_person_is_there_and_another(rule: Rule) -> None:
    stf = rule.event is Event.STF_VOID
    back = [line(7300, 5), line(7020, -5)] if stf else [line(4200, 5), line(1020, -5)]
    lines = back if rule.reverses else lines_of(rule)
    original = _original(rule, lines) if rule.reverses else None
    given = {"original": original} if original else {}
    assert refusal(rule, lines, {"approved_by": 1}, **given) is Code.SECOND_PERSON
    if rule.second:
        assert refusal(rule, lines, {"approved_by": None}, **given) is Code.SECOND_PERSON
    apart = refusal(rule, lines, apart=frozenset({1}), **given)
    assert apart is Code.NOT_KEPT_APART


def _original(rule: Rule, back: list[Line], **other: object) -> Original:
    exact = frozenset(Line(x.account, -x.cents, x.sub, x.earmark) for x in back)
    given = {
        "event": min(rule.reverses), "effective_on": TODAY,
        "before_the_books": rule.books is Books.BEFORE, "lines": exact, "reversed": False, **other,
    }  # fmt: skip
    return Original(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", BACK, ids=lambda rule: rule.event)
def test_a_reversal_is_exact_once_and_of_its_kind(rule: Rule) -> None:
    stf = rule.event is Event.STF_VOID
    back = [line(7300, 5), line(7020, -5)] if stf else [line(4200, 5), line(1020, -5)]

    def answer(**other: object) -> Code | None:
        return refusal(rule, back, original=_original(rule, back, **other))

    assert answer() is None
    assert answer(reversed=True) is Code.ALREADY_REVERSED
    assert answer(lines=frozenset(back)) is Code.REVERSAL_NOT_EXACT
    wrong = next(event for event in Event if event not in rule.reverses)
    assert answer(event=wrong) is Code.NOT_REVERSIBLE
    before = rule.books is not Books.BEFORE
    assert answer(before_the_books=before) is Code.NOT_REVERSIBLE
    day = answer(effective_on=date(2026, 11, 20))
    assert day is (Code.NOT_THE_SAME_DAY if rule.same_day else None)
    assert refusal(rule, back) is Code.NOT_REVERSIBLE


def test_a_floor_is_kept_for_every_account_that_has_one() -> None:
    for account in CHART:
        rule = next((r for r in POSTED if account.code in r.credits | r.debits), None)
        if account.sgn == 0 or rule is None or rule.receipt:
            continue
        sign = -account.sgn
        side = rule.credits if sign < 0 else rule.debits
        if account.code not in side:
            continue
        other = next(
            c for c in sorted(rule.debits if sign < 0 else rule.credits)
            if BY_CODE[c].group == account.group and c != account.code
        )  # fmt: skip
        lines = [line(account.code, sign * 50_000), line(other, -sign * 50_000)]
        poor = {(account.code, lines[0].sub, 0): account.sgn * 49_999,
                (other, lines[1].sub, 0): BY_CODE[other].sgn * RICH}  # fmt: skip
        answer = refusal(rule, lines, net=poor)
        assert answer in (Code.BELOW_FLOOR, Code.NOT_WHOLE), account.code


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(BY_EVENT) == set(Event)


# The published vector: three entries whose bytes every engine and every script must make.
VECTOR = (
    "FD869772B4274DA0A6C9C4FFA629C866D026F0679904F6DD72696EBECCB5ADB0",
    "D6CAF7F7E7F73A52C1210D2E9BC41B38BE4E77EDCCA379BF49100362BC21AF05",
    "37ED48DC48AD836F1B8A542960B04DAC82D0DBB294EA4CE8CACA464B96E4B251",
)


def test_the_published_vector_of_three_entries_stays() -> None:
    assert tuple(vector()) == VECTOR


def vector() -> list[str]:
    prev, hashes = FIRST, []
    given = (
        ("ASSESS", "q8m4x2wkb7", None, None, [Line(1200, 100_000, 31), Line(2500, -100_000, 31)]),
        ("RECEIPT", "", None, None, [
            Line(1010, 40_000, 1), Line(2500, 40_000, 31), Line(1200, -40_000, 31),
            Line(4010, -40_000, 0, 3),
        ]),
        ("REVERSE", "", 8, 1, [Line(1200, -100_000, 31), Line(2500, 100_000, 31)]),
    )  # fmt: skip
    for number, (event, doc, approver, reverses, lines) in enumerate(given, 1):
        total = sum(x.cents for x in lines if x.cents > 0)
        sealed = Sealed(number, f"key-{number}", "A" * 64, event, doc, TODAY, NOW, 202611, 7,
                        approver, reverses, "B" * 64, len(lines), total)  # fmt: skip
        prev = link(prev, canonical(sealed, lines))
        hashes.append(prev)
    return hashes
