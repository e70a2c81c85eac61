"""What is done is written to the log with it, in order, on both engines."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from diversion.audit.models import Act, AuditObject, AuditRow
from diversion.audit.services import LogFailed, record
from diversion.core import clock
from diversion.core.database import db, transaction
from tests import intruder


def _rows() -> list[AuditRow]:
    return list(db.session.scalars(select(AuditRow).order_by(AuditRow.seq)))


def test_rows_follow_each_other_without_a_gap(app: Flask) -> None:
    with app.app_context():
        for _time in range(3):
            with transaction():
                record(Act.LOG_READ, "participant:26-0417-3", by=7, rows=2)
                record(Act.LOG_READ, by=None)
        rows = _rows()
        assert [row.seq for row in rows] == list(range(1, 8))
        assert rows[0].act == Act.LOG_OPENED
        assert (rows[1].actor, rows[1].facts) == (7, '{"rows": 2}')
        assert db.session.scalar(select(AuditObject.object)) == "participant:26-0417-3"


def test_a_row_keeps_its_moment_in_utc_to_the_microsecond_ad_05(app: Flask) -> None:
    moment = datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=ZoneInfo("America/Los_Angeles"))
    with app.app_context():
        with clock.standing_at(moment), transaction():
            record(Act.LOG_READ, by=None)
        at = _rows()[-1].at
    assert (at, at.utcoffset()) == (moment, timedelta(0))
    assert at.microsecond == 123456


def test_what_is_rolled_back_is_not_in_the_log_ad_03(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction():
            record(Act.LOG_READ, by=None)
            raise ZeroDivisionError
        with transaction():
            pass
        assert _rows() == []


@pytest.mark.parametrize("wrong", ["Juniper Hale", "participant:Juniper Hale", "26-0417-3"])
def test_an_object_is_a_kind_and_a_number_ad_06(app: Flask, wrong: str) -> None:
    with app.app_context(), transaction():
        with pytest.raises(ValueError, match="a kind and a number"):
            record(Act.LOG_READ, wrong, by=None)
        with pytest.raises(ValueError, match="a code or a number"):
            record(Act.LOG_READ, by=None, who="Juniper Hale")


ATTACKS = {
    "update": "UPDATE audit_row SET actor = 9 WHERE seq = 1",
    "delete": "DELETE FROM audit_row WHERE seq = 2",
    "again": "INSERT INTO audit_row SELECT * FROM audit_row WHERE seq = 2",
    "gap": "INSERT INTO audit_row ({all}) SELECT {seq5} FROM audit_row WHERE seq = 2",
    "upsert": "INSERT INTO audit_row SELECT * FROM audit_row WHERE seq = 2 "
    "ON CONFLICT (seq) DO UPDATE SET actor = 9",
    "ignore": "INSERT INTO audit_row SELECT * FROM audit_row WHERE seq = 2 "
    "ON CONFLICT (seq) DO NOTHING",
    "objects updated": "UPDATE audit_object SET object = 'class:x'",
    "objects deleted": "DELETE FROM audit_object",
    "objects again": "INSERT INTO audit_object SELECT * FROM audit_object",
}
OF_ONE_ENGINE = {
    "sqlite": [
        "REPLACE INTO audit_row SELECT * FROM audit_row WHERE seq = 2",
        "INSERT OR IGNORE INTO audit_row SELECT * FROM audit_row WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_object SELECT * FROM audit_object",
    ],
    "postgresql": ["TRUNCATE audit_row CASCADE", "TRUNCATE audit_object"],
}


def test_the_database_refuses_every_change_of_the_log_ad_02(app: Flask) -> None:
    with app.app_context():
        with transaction():
            record(Act.LOG_READ, "participant:26-0417-3", by=None)
        names = [column.name for column in AuditRow.__table__.columns]
        words = {"all": ", ".join(names), "seq5": ", ".join(["5", *names[1:]])}
        attacks = [attack.format(**words) for attack in ATTACKS.values()]
        for attack in attacks + OF_ONE_ENGINE[db.engine.dialect.name]:
            if " SELECT * FROM audit_row WHERE seq = 2 ON" in attack:
                attack = attack.replace("WHERE seq = 2", "WHERE seq = 2 AND 1 = 1")
            with pytest.raises(DBAPIError, match="the log "), transaction():
                db.session.execute(text(attack))
        assert [row.seq for row in _rows()] == [1, 2]


def test_a_log_that_can_not_be_written_undoes_the_act_co_01(app: Flask) -> None:
    with app.app_context():
        intruder.force("ALTER TABLE audit_object RENAME TO gone")
        with pytest.raises(LogFailed), transaction():
            record(Act.LOG_READ, "participant:26-0417-3", by=None)
        assert _rows() == []
