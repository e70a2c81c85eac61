"""Writers of one SQLite file come in turn, and no turn outlives whoever had it."""

import os
import signal
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from diversion.core import database, once, turns
from diversion.core.database import begin, db, is_locked, let_go, transaction
from diversion.core.errors import Unavailable

LONG, SHORT = 30.0, 0.05
BOUND = 20  # seconds for a test
ADD = "INSERT INTO once_key VALUES ('second', 'h', '', '2026-01-01')"


@pytest.fixture(autouse=True)
def _bound(request: pytest.FixtureRequest) -> Generator[None]:
    """Let whoever would wait for ever fail."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app")  # which may take its time
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(BOUND)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _give_up(_number: int, _frame: object) -> None:
    raise TimeoutError("waits for ever")


def _child(act: Callable[[], bool]) -> bool:
    """Return what `act` says in a process of its own."""
    child = os.fork()
    if not child:
        done = False
        signal.alarm(BOUND)  # that of its parent ends nobody else's waiting
        try:
            done = act()
        finally:
            os._exit(0 if done else 1)
    return os.waitpid(child, 0)[1] == 0


@contextmanager
def _held_by_another(take: Callable[[], bool]) -> Generator[None]:
    """Let another process keep what it takes, and kill it at the end."""
    said, say = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(say, b"y" if take() else b"n")
            signal.pause()
        finally:
            os._exit(1)
    try:
        assert os.read(said, 1) == b"y"
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_the_threads_of_a_process_write_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    line, order, waiting = turns.Line(str(tmp_path / "turn")), list[int](), list[Thread]()

    def write(number: int) -> None:
        assert line.enter(LONG)
        order.append(number)
        line.leave()

    assert line.enter(LONG)
    for number in range(8):
        waiting.append(Thread(target=write, args=(number,), daemon=True))
        waiting[-1].start()
        while len(line._waiting) <= number:
            pass
    assert order == []
    line.leave()
    for thread in waiting:
        thread.join()
    assert order == list(range(8))
    assert line.enter(0)


def test_whoever_waited_too_long_stands_in_nobody_s_way(tmp_path: Path) -> None:
    line = turns.Line(str(tmp_path / "turn"))
    assert line.enter(LONG)
    assert not line.enter(SHORT)
    line.leave()
    assert line.enter(SHORT)


def test_another_process_waits_until_the_turn_is_given_back(tmp_path: Path) -> None:
    path, held = str(tmp_path / "county.sqlite3"), dict[str, object]()
    assert turns.take(held, path, LONG)
    assert not _child(lambda: turns.take({}, path, SHORT))
    turns.give_back(held)
    assert _child(lambda: turns.take({}, path, LONG))


def test_two_processes_lose_nothing_of_what_they_add(tmp_path: Path) -> None:
    path, count = str(tmp_path / "county.sqlite3"), tmp_path / "count"
    count.write_text("0")

    def add() -> bool:
        for _ in range(50):
            held = dict[str, object]()
            assert turns.take(held, path, LONG)
            count.write_text(str(int(count.read_text()) + 1))
            turns.give_back(held)
        return True

    thread = Thread(target=_child, args=(add,), daemon=True)
    thread.start()
    assert add()
    thread.join()
    assert count.read_text() == "100"


def test_a_killed_process_frees_the_line_re_02(tmp_path: Path) -> None:
    path = str(tmp_path / "county.sqlite3")
    with _held_by_another(lambda: turns.take({}, path, LONG)):
        assert not turns.take({}, path, SHORT)
    assert turns.take({}, path, LONG)


def test_whoever_wrote_lets_the_next_process_go_first(tmp_path: Path) -> None:
    """Who has the second byte is next, also before one that has just ended its turn."""
    path = str(tmp_path / "county.sqlite3")
    file = os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT, 0o600)
    with _held_by_another(lambda: turns._lock(file, turns.NEXT, LONG)):
        assert not turns.take({}, path, SHORT)
    os.close(file)
    assert turns.take({}, path, LONG)


def test_whoever_writes_lets_another_process_be_next(tmp_path: Path) -> None:
    path = str(tmp_path / "county.sqlite3")
    assert turns.take({}, path, LONG)
    assert _child(lambda: turns._lock(os.open(f"{path}-turn", os.O_RDWR), turns.NEXT, SHORT))


def test_a_process_does_not_inherit_a_turn_nor_its_line(tmp_path: Path) -> None:
    path, held = str(tmp_path / "county.sqlite3"), dict[str, object]()
    assert turns.take(held, path, LONG)
    said, say = os.pipe()
    child = os.fork()
    if not child:
        os._exit(0 if os.read(said, 1) and turns.take({}, path, SHORT) else 1)
    turns.give_back(held)
    os.write(say, b"y")
    assert os.waitpid(child, 0)[1] == 0


def test_the_file_of_turns_is_its_owner_s_alone(tmp_path: Path) -> None:
    assert turns.take({}, str(tmp_path / "county.sqlite3"), LONG)
    (made,) = tmp_path.iterdir()
    assert made.name == "county.sqlite3-turn"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_where_no_file_can_be_made_sqlite_alone_keeps_writers_apart(tmp_path: Path) -> None:
    path, held = str(tmp_path / "nowhere" / "county.sqlite3"), dict[str, object]()
    assert turns.take(held, path, SHORT)
    assert not turns.take({}, path, SHORT)  # the threads of a process stand in line all the same
    turns.give_back(held)
    assert turns.take({}, path, SHORT)


@pytest.mark.parametrize("name", ["", ":memory:", "file:county?mode=memory", None])
def test_a_database_without_a_file_has_no_turns(name: str | None) -> None:
    assert turns.take({}, name, 0)
    assert turns.take({}, name, 0)


class TestProgram:
    """The turn of a transaction of the program."""

    @pytest.fixture
    def engine_name(self) -> str:
        return "sqlite"

    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", SHORT)

    def _is_free(self) -> bool:
        path = db.engine.url.database
        return _child(lambda: turns.take({}, path, SHORT))

    def test_whoever_waits_too_long_for_it_is_told_so_re_13(self, app: Flask) -> None:
        with app.app_context():
            path = db.engine.url.database
            with (
                _held_by_another(lambda: turns.take({}, path, LONG)),
                pytest.raises(Unavailable),
                transaction(),
            ):
                pass
            with transaction():
                assert not self._is_free()

    def test_it_lasts_from_its_beginning_to_its_commit(self, app: Flask) -> None:
        with app.app_context():
            with transaction():
                assert not self._is_free()
            assert self._is_free()

    def test_it_ends_when_the_act_fails(self, app: Flask) -> None:
        with app.app_context():
            with pytest.raises(ZeroDivisionError), transaction():
                raise ZeroDivisionError
            assert self._is_free()

    def test_it_ends_with_a_lock_that_no_transaction_came_for(self, app: Flask) -> None:
        with app.app_context():
            begin()
            assert not self._is_free()
            let_go()
            assert self._is_free()

    def test_it_ends_with_its_connection(self, app: Flask) -> None:
        with app.app_context():
            begin()
            db.session.connection().invalidate()
            db.session.remove()
            assert self._is_free()

    def test_it_ends_where_sqlite_refuses_to_begin(self, app: Flask) -> None:
        with app.app_context():
            db.engine.dispose()  # else a connection that waits for long would be used again
            with db.engine.connect() as other:
                other.exec_driver_sql("ROLLBACK")
                other.exec_driver_sql("BEGIN IMMEDIATE")
                with pytest.raises(Unavailable), transaction():
                    pass
                assert self._is_free()
            db.engine.dispose()

    def test_a_second_connection_of_one_thread_is_told_that_it_is_locked_re_13(
        self, app: Flask
    ) -> None:
        with app.app_context():
            with transaction():
                once.claim("first", "h")
                other = db.engine.connect().execution_options(writes=True)
                with other, pytest.raises(OperationalError) as no:
                    other.execute(text(ADD))
            assert is_locked(no.value)
            with transaction():
                assert once.claim("first", "h") is not None
                assert once.claim("second", "h") is None

    def test_a_connection_that_writes_twice_waits_for_itself_never(self, app: Flask) -> None:
        with (
            app.app_context(),
            db.engine.connect().execution_options(writes=True) as connection,
        ):
            for key in ("a", "b"):
                with connection.begin():
                    connection.execute(text(ADD.replace("second", key)))
        with app.app_context():
            assert self._is_free()
