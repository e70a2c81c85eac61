"""A line of the log holds the program's own words and codes, and nothing that people typed."""

import io
import json
import logging
from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core import logs, origin
from diversion.core.origin import Origin

CANARY = "Wendeline Quartermain"


@pytest.fixture
def written() -> Generator[io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.JsonFormatter())
    log = logging.getLogger("diversion.probe")
    log.addHandler(handler)
    yield out
    log.removeHandler(handler)


LOG = logging.getLogger("diversion.probe")


def _last(out: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(out.getvalue().splitlines()[-1])
    return line


@pytest.mark.parametrize(
    "value",
    [
        CANARY, f"x\n{CANARY}", {"name": CANARY}, [CANARY], "password=tin owl", "a\r\nforged line",
        "\x1b[31mred", "rosa@county.example", "+1 503 555 0123", "x" * 200,
    ],
)  # fmt: skip
def test_what_is_no_code_or_number_is_left_out_wb_12(written: io.StringIO, value: object) -> None:
    LOG.error("went wrong with %s", value)
    assert _last(written)["message"] == "went wrong with [left out]"
    LOG.error("failed", extra={"endpoint": value})
    assert _last(written)["endpoint"] == "[left out]"


@pytest.mark.parametrize("value", [5, 2.5, True, "26-0417-3", "staff.sign_in.start", "ValueError"])
def test_codes_and_numbers_are_kept_wb_12(written: io.StringIO, value: object) -> None:
    LOG.error("job %s failed", value)
    assert _last(written)["message"] == f"job {value} failed"


def test_the_text_of_an_error_and_unknown_extras_never_get_in_wb_12(written: io.StringIO) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        LOG.exception("the act failed", extra={"form": CANARY, "cookie": "sid=secret"})
    line = written.getvalue()
    assert CANARY not in line
    assert "sid=secret" not in line
    assert _last(written)["error"] == "ValueError"
    assert "test_logs.py" in str(_last(written)["at"])


def test_the_words_of_other_libraries_are_left_out_wb_12(written: io.StringIO) -> None:
    foreign = logging.LogRecord("werkzeug", 40, "", 1, f"GET /x?name={CANARY}", None, None)
    told = json.loads(logs.JsonFormatter().format(foreign))
    assert told["message"] == "[left out]"


def test_a_line_tells_where_the_act_came_from(written: io.StringIO) -> None:
    with origin.coming_from(Origin(kind="job", name="backup", request_id="r1")):
        LOG.warning("slow")
    assert (_last(written)["origin"], _last(written)["request"]) == ("job:backup", "r1")


@given(st.text())
def test_whatever_is_logged_stays_one_line_wb_12(text: str) -> None:
    record = logging.LogRecord("diversion.probe", 40, "", 1, "typed %s", (text,), None)
    line = logs.JsonFormatter().format(record)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert json.loads(line)["level"] == "error"
