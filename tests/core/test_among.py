"""Rows of many keys are asked for with one parameter, on both engines."""

from flask import Flask
from sqlalchemy import select

from diversion.core.among import among
from diversion.core.database import db, transaction, tuples
from diversion.staff.models import Staff
from tests.factories.staff import make_staff

NAMED = select(Staff.id).where(among(Staff.id)).order_by(Staff.id)


def test_those_whose_keys_are_given_are_found_and_no_other(app: Flask) -> None:
    with app.app_context(), transaction():
        first, second, third = (make_staff() for _each in range(3))
        for asked in ([first.id, third.id], {third.id, first.id}, {first.id: 1, third.id: 2}):
            assert [row[0] for row in tuples(NAMED, {"ids": asked})] == [first.id, third.id]
        assert tuples(NAMED, {"ids": []}) == []
        found = db.session.scalars(
            select(Staff).where(among(Staff.id, "them")), {"them": [second.id]}
        )
        assert [each.id for each in found] == [second.id]


def test_more_keys_than_a_statement_takes_parameters_are_one_parameter(app: Flask) -> None:
    with app.app_context():
        assert tuples(NAMED, {"ids": range(1000, 81_000)}) == []


def test_the_index_of_the_column_is_used(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            asked = str(NAMED.compile(db.engine))
            plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("[1]",))
            assert next(row[3] for row in plan).startswith("SEARCH staff USING INTEGER PRIMARY KEY")
