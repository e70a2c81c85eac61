"""Write the log as one JSON object a line, with nothing in it that could be personal.

Only what is allowed gets in: the sentence of the program itself, and values that
are numbers or codes. Everything else is left out, whoever logged it.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from diversion.core import origin

EXTRAS = ("endpoint", "failure", "job", "kind", "milliseconds", "status")
LEFT_OUT = "[left out]"
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{1,120}")
_FRAMES = re.compile(r"(?:[\w./<>-]+:\d+ [\w<>]+(?: > )?)+")


class JsonFormatter(logging.Formatter):
    """Format a record as one line of JSON; control signs are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        place = origin.present()
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if place.kind != "command" or place.name:
            told["origin"] = f"{place.kind}:{place.name}"
        if place.request_id:
            told["request"] = place.request_id
        for name in EXTRAS:
            if name in vars(record):
                told[name] = allowed(vars(record)[name])
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            told["at"] = " > ".join(f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:])
        return json.dumps(told, ensure_ascii=True)


def allowed(value: object) -> object:
    """Return `value` if it is a number or a code, else a sign that something was left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _CODE.fullmatch(text) or _FRAMES.fullmatch(text) else LEFT_OUT


def _message(record: logging.LogRecord) -> str:
    """Return the program's own sentence with allowed values; of others, its shape only."""
    if not isinstance(record.msg, str):
        return LEFT_OUT
    if not record.args:
        ours = record.name.startswith("diversion") or record.name == "gunicorn.error"
        return record.msg if ours else LEFT_OUT
    if isinstance(record.args, tuple):
        try:
            return record.msg % tuple(allowed(value) for value in record.args)
        except (TypeError, ValueError):
            return record.msg
    if isinstance(record.args, Mapping) and "%(" in record.msg:
        return record.msg % {name: allowed(value) for name, value in record.args.items()}
    return record.msg.replace("%s", LEFT_OUT)


def set_up(level: str = "INFO") -> None:
    """Let every logger of this process write JSON lines to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.getLevelName(level)
    for name in ("werkzeug", "waitress.queue", "apscheduler", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
