"""Serve the program on this machine and drive Debian's Chromium against it."""

import os
import shutil
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from waitress.server import create_server

from diversion.app import create_app
from diversion.cli.rehearsal import county
from diversion.core.database import db
from tests import counties

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
expect.set_options(timeout=20_000)  # machines that do other work too are slow


def chromium() -> str | None:
    """Return where Chromium is on this machine, if it is."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and the browser tests must run here.")
        pytest.skip("CHROMIUM IS NOT INSTALLED: no browser test was run.")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


class Listening:
    """A server of the program that can be stopped and started again at the same address."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.start()

    def start(self) -> None:
        self.sockets: dict[int, object] = {}
        self.server = create_server(
            self.app, host="127.0.0.1", port=self.port, threads=6, map=self.sockets
        )
        self.port = self.server.effective_port
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        open_ones = list(self.sockets.values())
        if not open_ones:
            return  # stopped by its test, which failed before it was to be started again
        self.sockets.clear()  # the loop of the server ends when nothing is left to wait for
        self.server.pull_trigger()
        self.thread.join(timeout=5)
        self.server.task_dispatcher.shutdown(timeout=10)  # who still answers needs the trigger
        self.server.close()  # not before: the loop would wait for sockets that are closed
        for each in open_ones:
            if each is not self.server and (held := getattr(each, "socket", None)):
                held.close()


@dataclass
class Live:
    """The running program and where it answers."""

    app: Flask
    address: str
    server: Listening

    def cookie(self, token: str) -> Any:
        return {"name": "sid", "value": token, "url": self.address}


@pytest.fixture(scope="session")
def county_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional county, made once for all workers of a run."""
    return counties.untouched(tmp_path_factory)


@pytest.fixture(scope="module")
def live(county_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Live]:
    """The program on a copy of the fictional county, for tests that change little."""
    with served(county_folder, tmp_path_factory.mktemp("live") / "county") as running:
        yield running


@pytest.fixture
def own(county_folder: Path, tmp_path: Path) -> Generator[Live]:
    """The program on a copy of the fictional county that is this test's alone."""
    with served(county_folder, tmp_path / "county") as running:
        yield running


@contextmanager
def served(county_folder: Path, folder: Path) -> Generator[Live]:
    """Serve the whole program over real http, forms checked."""
    shutil.copytree(county_folder, folder)
    settings = {
        name.removeprefix("DIVERSION_"): value for name, value in county.settings(folder).items()
    }
    told = {**counties.of_the_year(), "LOOPBACK_ONLY": True, "RATELIMIT_ENABLED": False}
    app = create_app({**settings, **told})
    server = Listening(app)
    yield Live(app, f"http://localhost:{server.port}", server)
    server.stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class Watched:
    """A page whose every console message, failure and policy violation is remembered."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._unexpected)

    def _note(self, message: ConsoleMessage) -> None:
        # Chromium logs every answer above 399; tests ask for refusals on purpose.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _unexpected(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.complaints.append(f"a dialog: {dialog.message}")
        dialog.accept()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Any]:
    """Make contexts that are closed after the test, and fail it if a page complained."""
    made: list[tuple[BrowserContext, Watched, bool]] = []

    def make(*, provoked: bool = False, **options: Any) -> Page:
        context = browser.new_context(**options)
        watched = Watched(context)
        made.append((context, watched, provoked))
        return watched.page

    yield make
    complaints = [
        text for _context, seen, provoked in made for text in seen.complaints * (not provoked)
    ]
    for context, _watched, _provoked in made:
        context.close()
    assert complaints == []
