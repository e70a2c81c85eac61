"""Let judges, the auditor's script and the control sheet agree on the fictional county's books."""

import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from diversion.app import create_app
from diversion.core.database import db
from diversion.fund.exports import services
from diversion.fund.leaving.models import FileKind
from diversion.ledger.journals.names import PATHS
from diversion.ledger.models import Balance, Posting
from tests import counties
from tests.conftest import NOW
from tests.fund.test_workbook import ties
from tests.ledger import judges
from tests.ledger.test_judges import agree

ALL = services.WHOLE_FROM, NOW.date()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Generator[Flask]:
    folder = counties.untouched(tmp_path_factory)
    app = create_app(counties.settings(folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def take(kind: FileKind, folder: Path) -> Path:
    zone = ZoneInfo("America/Los_Angeles")
    path = services.make(services.as_of(kind, *ALL), zone=zone, folder=folder).path
    db.session.rollback()
    return path


def unpacked(kind: FileKind, folder: Path) -> Path:
    with ZipFile(take(kind, folder)) as packed:
        packed.extractall(folder / "files")
    return folder / "files"


def test_the_judges_accept_the_countys_books(county: Flask, tmp_path: Path) -> None:
    judges.need()
    folder = unpacked(FileKind.JOURNALS, tmp_path)
    assert agree(folder) == 3, "the Account, its budget, and what is held for the state"
    assert judges.bean_check(folder / "fund.beancount")


def test_the_judges_find_the_balances_of_the_database(county: Flask, tmp_path: Path) -> None:
    judges.need()
    folder = unpacked(FileKind.JOURNALS, tmp_path)
    theirs = {
        account: balance
        for group in ("fund", "budget", "statutory")
        for account, balance in judges.ours_of(judges.balances(folder / f"{group}.journal")).items()
    }
    net = func.sum(Balance.debits - Balance.credits)
    rows = db.session.execute(select(Balance.account, net).group_by(Balance.account)).all()
    assert theirs == {PATHS[code]: judges.said(int(cents)) for code, cents in rows if cents}
    assert db.session.scalar(select(func.sum(Posting.cents))) == 0


def test_the_script_calls_the_countys_books_sound(county: Flask, tmp_path: Path) -> None:
    folder = unpacked(FileKind.CSV_AUDIT, tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "All is well.")


def test_the_countys_workbook_ties(county: Flask, tmp_path: Path) -> None:
    assert ties(load_workbook(take(FileKind.WORKBOOK, tmp_path))) == (True, [])
