"""Let the many programs of a test run share what is the same in all of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing.rules import Rule

_compile = Rule._compile_builder
_environment = Flask.create_jinja_environment
_builders: dict[tuple[object, ...], Callable[..., Any]] = {}


def share_routes() -> None:
    """Compile how the address of a route is built once, however many programs have it."""
    Rule._compile_builder = _remembered  # type: ignore[method-assign]  # (for tests alone)


def share_templates(folder: Path) -> None:
    """Keep compiled templates for every later program; a changed one is compiled anew."""
    cache = FileSystemBytecodeCache(str(folder))

    def remembering(app: Flask) -> Environment:
        made = _environment(app)
        made.bytecode_cache = cache
        return made

    Flask.create_jinja_environment = remembering  # type: ignore[method-assign]  # (for tests)


def _remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
    key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]
