"""Give the tests of files a month that was lived through once."""

from collections.abc import Callable, Generator

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.staff.models import Staff
from tests.conftest import rolled_back
from tests.fund.month import APPROVER, live


@pytest.fixture
def month(engine_name: str, lasting: Callable[..., Flask]) -> Generator[Staff]:
    """Who approves in a lively month; what a test adds to the month is rolled back."""
    with rolled_back(lasting(engine_name, live)) as session:
        yield session.scalars(select(Staff).where(Staff.name == APPROVER)).one()
