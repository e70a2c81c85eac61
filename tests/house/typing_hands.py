"""Let somebody of the county type payloads wherever there is room, and send every form."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diversion.staff.models import Staff
from tests.factories.staff import sign_in
from tests.house import wall
from tests.house.typist import PLAUSIBLE, Form, read
from tests.house.walks import side
from tests.payloads import PAYLOADS

FORMS_OF_A_KIND = 1
TRIES = len(PLAUSIBLE) + 2
NOT_SENT = {"staff.leaving.sign_out"}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


class Typist:
    """Somebody who works in the county and types payloads wherever there is room."""

    def __init__(self, program: Flask, staff: Staff) -> None:
        self.program, self.staff = program, staff
        self.client: FlaskClient = program.test_client()
        self.payloads = itertools.cycle(PAYLOADS)
        self.echoes: list[tuple[str, str]] = []
        sign_in(self.client, staff, track=side(staff))

    def forms(self, bodies: Iterable[tuple[str, bytes]]) -> Iterator[Form]:
        """Yield the forms of the pages that this person came across, one of a kind."""
        known: dict[tuple[str, frozenset[str]], int] = defaultdict(int)
        for address, body in bodies:
            page = body.decode("utf-8", "replace")
            for form in read("".join(FORM.findall(page)), address).forms:
                endpoint, _parts = wall.match(self.program, form.action, "POST")
                kind = (str(endpoint), form.kind)
                known[kind] += 1
                if endpoint not in NOT_SENT | {None} and known[kind] <= FORMS_OF_A_KIND:
                    yield form

    def send(self, form: Form) -> tuple[str, bool]:
        """Send payloads, then what fits where none is taken. Returns the view and its success."""
        typed = {name: next(self.payloads)[:most] for name, most in form.texts.items()}
        tried: dict[str, int] = defaultdict(int)
        endpoint = str(wall.match(self.program, form.action, "POST")[0])
        for _try in range(TRIES):
            answer = self.post(form, typed)
            if answer.status_code != 422:
                return endpoint, answer.status_code < 400
            for name in self._wrong(form, answer):
                typed[name] = [form.held.get(name, "2026-12-15"), *PLAUSIBLE][tried[name]]
                tried[name] = min(tried[name] + 1, len(PLAUSIBLE))
        return endpoint, False

    def post(self, form: Form, typed: dict[str, str]) -> TestResponse:
        answer = self.client.post(form.action, data={**form.held, **typed})
        if (answer.location or "").startswith(("/sign-in", "/unlock")):
            sign_in(
                self.client, self.staff, track=side(self.staff)
            )  # an earlier form ended the session or locked it
            answer = self.client.post(form.action, data={**form.held, **typed})
        assert answer.status_code < 500, (form.action, typed)
        if answer.mimetype == "text/html":
            self.echoes.append((f"{form.action} {answer.status_code}", answer.text))
        answer.close()
        return answer

    def _wrong(self, form: Form, answer: TestResponse) -> set[str]:
        shown = read(answer.text, form.action).forms
        return {name for each in shown for name in each.wrong} & set(form.texts)
