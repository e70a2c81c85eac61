"""The ledger keeps fifteen promises, and each is missed where what keeps it is taken out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask

from diversion.core.database import db
from diversion.ledger import chain, connection
from diversion.ledger.commands import Line
from diversion.ledger.events import Event
from diversion.ledger.services import Posted
from diversion.ledger.verify import verify
from tests.ledger.conformance import INVARIANTS, NO, Kit
from tests.ledger.mutants import lawless, rewritten, run, without

Patch = pytest.MonkeyPatch
_numbers = count(1)


@pytest.mark.parametrize("name", INVARIANTS)
def test_the_promise_is_kept(app: Flask, name: str) -> None:
    INVARIANTS[name](Kit(app))
    with app.app_context():
        assert verify().findings == []


class Forgetful(Kit):
    """Takes each arrival of a key for a new one."""

    def post(self, key: str, lines: tuple[Line, ...], event: Event) -> Posted:
        return super().post(f"{key} {next(_numbers)}", lines, event)


class Rounding(Kit):
    """Keeps whole dollars."""

    def post(self, key: str, lines: tuple[Line, ...], event: Event) -> Posted:
        return super().post(
            key, tuple(replace(x, cents=x.cents // 100 * 100) for x in lines), event
        )


class Optimistic(Kit):
    """Takes a key that was refused for one that was applied."""

    refused: frozenset[str] = frozenset()

    def submit(self, key: str, *lines: Line, event: Event = Event.INTEREST) -> int:
        if key in self.refused:
            return 1
        try:
            return super().submit(key, *lines, event=event)
        except Exception:
            self.refused |= {key}
            raise


class Late(Kit):
    """Says of each entry that it stands where none stands."""

    def earn(self, key: str, cents: int) -> int:
        return 1_000 - super().earn(key, cents)


class Backwards(Kit):
    """Turns an entry back by posting it again."""

    def reverse(self, number: int) -> None:
        self.submit(f"again {number}", Line(1020, 5_000), Line(4200, -5_000))


def unbalanced(app: Flask, patch: Patch) -> Kit:
    lawless(patch)
    with app.app_context():
        without("unbalanced")
    return Kit(app)


def erasable(app: Flask, patch: Patch) -> Kit:
    patch.setattr(connection, "_answer", lambda *_: 0)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            run("DROP TRIGGER entry_bu", "DROP TRIGGER posting_bd", "DROP TRIGGER entry_bd")
        else:
            run("DROP TRIGGER entry_keep ON entry", "DROP TRIGGER posting_keep ON posting")
    return Kit(app)


def unchained(app: Flask, patch: Patch) -> Kit:
    honest = chain.link
    patch.setattr(chain, "link", lambda _prev, told: honest("00" * 32, told))
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            without("hash is wrong")
    return Kit(app)


def forgetful_balances(app: Flask, _patch: Patch) -> Kit:
    """Balances that keep only what was posted last."""
    old = "debits = debits + " if _is_sqlite(app) else "debits = b.debits + "
    with app.app_context():
        run(*rewritten("entry_ai", old, "debits = 0 + "))
    return Kit(app)


def overdrawn(app: Flask, patch: Patch) -> Kit:
    """Balances of no sign know no floor."""
    lawless(patch)
    with app.app_context():
        run(*rewritten("entry_ai", "a.sgn, 0, 0", "0, 0, 0"))
        without("balances start at zero")
    return Kit(app)


def mixed(app: Flask, patch: Patch) -> Kit:
    lawless(patch)
    with app.app_context():
        without(
            "unbalanced", "account inactive", "group not for this event",
            "account not for this event",
        )  # fmt: skip
    return Kit(app)


def _is_sqlite(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "sqlite"


def kit(made: type[Kit]) -> Callable[[Flask, Patch], Kit]:
    return lambda app, _patch: made(app)


MUTANTS: dict[str, Callable[[Flask, Patch], Kit]] = {
    "01": unbalanced,
    "02": erasable,
    "03": unchained,
    "04": kit(Forgetful),
    "05": kit(Forgetful),
    "06": forgetful_balances,
    "07": forgetful_balances,
    "08": forgetful_balances,
    "09": overdrawn,
    "10": kit(Rounding),
    "11": mixed,
    "12": kit(Backwards),
    "13": forgetful_balances,
    "14": kit(Late),
    "15": kit(Optimistic),
}


@pytest.mark.parametrize("name", INVARIANTS)
def test_the_promise_is_missed_without_what_keeps_it(
    app: Flask, monkeypatch: Patch, name: str
) -> None:
    broken = MUTANTS[name[:2]](app, monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception, *NO)):
        INVARIANTS[name](broken)


def test_every_promise_has_its_mutant() -> None:
    assert sorted(MUTANTS) == [name[:2] for name in INVARIANTS]
