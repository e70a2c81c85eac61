"""What the log was told of money out, and of what two people agreed, is found where it changed."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from diversion.audit.models import Act
from diversion.fund import told
from diversion.fund.awards import models as awards
from diversion.fund.orders.models import PAID, Payment
from diversion.fund.vouchers import models as vouchers
from diversion.ledger.proofs import Fault
from diversion.scheduler import soundness
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest
from tests.fund.altered import cell, other, unguarded, write

TOLD = [
    *((awards.Award, name) for name in awards.TOLD),
    *((vouchers.Voucher, name) for name in vouchers.TOLD),
    *((Payment, name) for name in PAID),
    *((ApprovalRequest, name) for name in ("amount", "asked_at", "asked_by_id", "request_hash")),
    *((ApprovalDecision, name) for name in ("decided_by_id", "decision")),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Generator[Flask]:
    yield from unguarded(tmp_path_factory)


@pytest.mark.parametrize(
    ("model", "name"), TOLD, ids=[f"{model.__tablename__}-{name}" for model, name in TOLD]
)
def test_whatever_the_log_was_told_is_found_where_it_was_changed(
    county: Flask, model: Any, name: str
) -> None:
    table = model.__table__
    before = cell(table.name, name, 1)
    put = f"UPDATE {table.name} SET {name} = :value WHERE rowid = 1"
    changed = "2001-02-03 00:00:00.000000" if name == "asked_at" else None
    assert told.findings() == []
    write(put, value=changed or other(table.columns[name], before))
    assert {each.fault for each in told.findings()} == {Fault.TOLD}
    write(put, value=before)


@pytest.mark.parametrize("table", ["award", "voucher", "payment", "approval_request"])
def test_a_row_that_is_gone_or_that_the_log_was_never_told_of_is_found(
    county: Flask, table: str
) -> None:
    write(f"CREATE TABLE kept AS SELECT * FROM {table} WHERE rowid = 1")
    write(f"DELETE FROM {table} WHERE rowid = 1")
    assert [each.place for each in told.findings()] == [0]
    write(f"INSERT INTO {table} SELECT * FROM kept")
    write("DROP TABLE kept")
    assert told.findings() == []


def test_an_award_turned_to_another_payee_has_a_code_of_its_own(county: Flask) -> None:
    row, number = 1, cell("award", "number", 1)
    payee = cell("award", "organization_id", row)
    put = "UPDATE award SET organization_id = :value WHERE rowid = :row"
    write(put, value=(payee or 0) % 5 + 1, row=row)
    for guard in county.extensions["guards"].values():
        write(guard)
    found = soundness.examine(Path("nowhere"))
    said = "a request, an award, a voucher or a payment is not what the log was told"
    assert (found.findings, found.exit_code) == ((f"{said}: award {number}",), Fault.TOLD.value)
    for name in county.extensions["guards"]:
        write(f"DROP TRIGGER {name}")
    write(put, value=payee, row=row)


def test_the_days_of_money_out_are_told_by_older_releases_not_at_all(
    county: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = [replace(each, facts={}) for each in told.told(Act.AWARD_ASKED)]
    monkeypatch.setattr(told, "told", lambda *acts: older if Act.AWARD_ASKED in acts else [])
    names = [each.name.split()[0] for each in told.findings()]
    assert "award" not in names
    assert "payment" not in names
