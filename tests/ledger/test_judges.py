"""Let accounting programs of others judge the journals: they accept ours and no damaged copy."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.ledger import extracts, queries
from diversion.ledger.accounts import CHART
from diversion.ledger.commands import Line
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.journals import exports
from diversion.ledger.journals.names import PATHS, beancount
from tests.conftest import NOW
from tests.ledger import books, histories, judges
from tests.ledger.histories import History

ALL = date(2026, 6, 1), date(2026, 11, 30)
ABOUT = [("Fund", "Human Trafficking Account"), ("Program version", "0.1.0")]
GROUPS = ("fund", "budget", "statutory")
TOGETHER = 200  # of which hledger reads many at once


def write(folder: Path, first: date = ALL[0], last: date = ALL[1]) -> Path:
    folder.mkdir(exist_ok=True)
    exports.write(folder, Range(first, last, queries.head().number), ABOUT)
    return folder


def agree(folder: Path) -> int:
    """Ask every judge about every text of a folder; return how many texts they read."""
    journals = agree_alone(folder)
    assert judges.hledger(*journals), refused(journals)
    return len(journals)


def agree_alone(folder: Path) -> list[Path]:
    """Ask those who judge each text alone, and hledger for the balances; return the journals."""
    journals, lines = sorted(folder.glob("*.journal")), set()
    assert {journal.stem for journal in journals} <= {*GROUPS}
    for journal in journals:
        claim = journal.with_suffix(f".{exports.BALANCES}")
        claimed = judges.ours(claim)
        assert judges.ledger_balances(journal) == claimed, journal.stem
        theirs = judges.bean_balances(journal.with_suffix(".beancount"))
        assert theirs == {beancount(path): has for path, has in claimed.items()}, journal.stem
        lines |= set(claim.read_text("utf-8").splitlines())
    assert judges.balances(*journals) == sorted(lines)
    return journals


def refused(journals: list[Path]) -> list[str]:
    return [f"{each.parent.name}/{each.name}" for each in journals if not judges.hledger(each)]


def run(folder: Path, seeds: range, moves: int) -> set[str]:
    """Let each life be judged, and return the events that were seen."""
    seen: set[str] = set()
    journals: list[Path] = []
    for seed in seeds:
        life = db.session.begin_nested()
        History(seed).live(moves)
        journals += agree_alone(write(folder / str(seed)))
        seen |= set(re.findall(r"\(E\d+\) (\w+)", (folder / f"{seed}/fund.journal").read_text()))
        life.rollback()
    for first in range(0, len(journals), TOGETHER):
        part = journals[first : first + TOGETHER]
        assert judges.hledger(*part), refused(part)
    return seen


def test_every_judge_accepts_random_histories(
    session: Session, engine_name: str, tmp_path: Path
) -> None:
    judges.need()
    first = 0 if engine_name == "sqlite" else 20
    seen = run(tmp_path, range(first, first + 20), moves=22)
    assert len(seen) > 20, "the histories are too tame"


@pytest.mark.soak
def test_every_judge_accepts_a_thousand_histories(
    session: Session, engine_name: str, tmp_path: Path
) -> None:
    judges.need()
    first = 1_000 if engine_name == "sqlite" else 2_000
    seen = run(tmp_path, range(first, first + 1_000), moves=40)
    assert len(seen) > 20, "the histories are too tame"


def test_a_month_begins_with_what_stood_before(session: Session, tmp_path: Path) -> None:
    judges.need()
    History(7).live(60)
    folder = write(tmp_path, date(2026, 9, 1), date(2026, 9, 30))
    assert "BROUGHT_FORWARD" in (folder / "fund.journal").read_text("utf-8")
    assert agree(folder) == 3
    until = Range(date(2026, 1, 1), date(2026, 9, 30), queries.head().number)
    claimed = judges.ours(folder / f"fund.{exports.BALANCES}")
    for code, money in extracts.closings(until).items():
        if code < 7000 and money:
            assert claimed[PATHS[code]] == f"{money.plain()} USD"


def test_a_month_without_an_entry_still_says_what_stands(session: Session, tmp_path: Path) -> None:
    judges.need()
    books.assess(on=date(2026, 7, 1))
    folder = write(tmp_path, date(2026, 8, 1), date(2026, 8, 31))
    assert agree(folder) == 1
    assert "(CLOSE-202608) CLOSE" in (folder / "fund.journal").read_text("utf-8")


def test_bean_check_itself_accepts_the_books(session: Session, tmp_path: Path) -> None:
    History(3).live(30)
    assert judges.bean_check(write(tmp_path) / "fund.beancount")


def test_a_later_entry_changes_nothing_of_an_earlier_journal(
    session: Session, tmp_path: Path
) -> None:
    History(5).live(30)
    wanted = Range(*ALL, queries.head().number)
    texts = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        exports.write(tmp_path / name, wanted, ABOUT)
        texts.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
        books.assess(9_999, on=date(2026, 7, 4), now=NOW + timedelta(hours=1))
    assert texts[0] == texts[1]


def test_every_account_has_a_path_of_its_own() -> None:
    assert set(PATHS) == {account.code for account in CHART}
    names = [beancount(path) for path in PATHS.values()]
    assert len(set(names)) == len(set(PATHS.values())) == len(PATHS)
    assert not [a for a in names for b in names if b.startswith(a + ":")], "none inside another"


def small(folder: Path) -> tuple[str, str]:
    """Write a few entries and return the two texts of the fund."""
    histories.set_up()
    for day in (3, 9, 20):
        on = date(2026, 10, day)
        books.post(Event.INTEREST, Line(1020, 4_242, 0), Line(4200, -4_242, 0), on=on)
        books.assess(day, 5_000, on=on)
    write(folder, date(2026, 10, 1), date(2026, 10, 31))
    return tuple((folder / f"fund.{kind}").read_text("utf-8") for kind in ("journal", "beancount"))


def middle(text: str) -> str:
    """Return the second entry of interest, its empty line included."""
    blocks = [b for b in re.split(r"(?=\n\n)", text) if "INTEREST" in b and "payee" not in b]
    return blocks[1]


def in_middle(old: str, new: str, count: int = -1) -> Callable[[str], str]:
    def damage(text: str) -> str:
        block = middle(text)
        assert re.search(old, block)
        return text.replace(block, re.sub(old, new, block, count=max(count, 0)))

    return damage


def cut_first(pattern: str, new: str = "") -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


def cent_off_at_close(text: str) -> str:
    found = re.search(r"(?:0\.00 USD = 127\.26 USD|balance \S+Treasurer  127\.26)", text)
    assert found
    return text.replace(found[0], found[0].replace("127.26", "127.25"))


# Which of hledger, Ledger and beancount must notice.
DAMAGES: dict[str, tuple[Callable[[str], str], tuple[bool, bool, bool]]] = {
    "one cent off in one line": (in_middle(r"  42\.42", "  42.43", 1), (True, True, True)),
    "account not declared": (
        cut_first(r"^(account revenue:interest\n.*\n|\S+ open Income:Interest USD\n.*\n)"),
        (True, True, True),
    ),
    "date out of order": (in_middle("2026-10-09", "2026-10-02"), (True, False, False)),
    "closing total one cent off": (cent_off_at_close, (True, True, True)),
    "entry deleted": (lambda text: text.replace(middle(text), ""), (True, True, True)),
    "entry duplicated": (
        lambda text: text.replace(middle(text), middle(text) * 2), (True, True, True)
    ),
    "amount changed on both sides": (in_middle(r"(-?)42\.42 USD(?! *;|\n *;)", r"\g<1>52.42 USD"),
                                     (True, True, True)),
    "posting moved to another account": (
        in_middle("assets:cash:county treasurer|Assets:Cash:County-Treasurer", "MOVED"),
        (True, True, True),
    ),
    "commodity misspelt": (in_middle("USD", "UDS"), (True, True, True)),
    "payee not declared": (in_middle("INTEREST", "INTERREST"), (True, True, False)),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_the_judges_notice_a_damaged_copy(session: Session, tmp_path: Path, name: str) -> None:
    judges.need()
    damage, notice = DAMAGES[name]
    texts = small(tmp_path / "whole")
    agree(tmp_path / "whole")
    moved = "assets:cash:change fund", "Assets:Cash:Change-Fund"
    verdicts = []
    for text, kind, other in zip(texts, ("journal", "beancount"), moved, strict=True):
        damaged = damage(text).replace("MOVED", other)
        assert damaged != text
        path = tmp_path / f"damaged.{kind}"
        path.write_text(damaged, "utf-8")
        asked = (judges.hledger, judges.ledger) if kind == "journal" else (judges.beancount,)
        verdicts += [not judge(path) for judge in asked]
    assert all(found for found, must in zip(verdicts, notice, strict=True) if must), verdicts
