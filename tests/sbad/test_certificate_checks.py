"""Whoever tries codes of certificates one after the other is stopped."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from diversion.web.limits import limiter
from tests import databases


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {**databases.settings(tmp_path), "RATELIMIT_ENABLED": True}


@pytest.fixture(autouse=True)
def _limits_again(app: Flask) -> Generator[None]:
    """Leave the limits to the other tests as they were."""
    yield
    limiter.reset()
    limiter.enabled = False


def test_who_tries_many_codes_is_stopped(app: Flask) -> None:
    stranger = app.test_client()
    codes = (f"{'k' * 19}{sign}" for sign in "23456789bcdfghjkmnpqr")
    found = [stranger.get(f"/certificates/{code}").status_code for code in codes]
    assert found == [200] * 20 + [429]
