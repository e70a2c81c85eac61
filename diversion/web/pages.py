"""Draw pages with less asking: what a template imports is the same in every request."""

import re
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

FIELD = re.compile(r"@(\w+)@")
find_unsafe = re.compile(r"[&<>\"']").search


class Page(Template):
    """A template whose macros are made once, and which escapes by `written`.

    The framework compares the names that every page knows with those of each template it
    imports from; here they are the same ones, for nobody gives a template names of its own.
    """

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *more: Any) -> Template:
        made = super().from_code(environment, code, *more)
        names: dict[str, Any] = vars(made)["root_render_func"].__globals__
        names["escape"] = written
        return made

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def written(value: object) -> str:
    """Return what stands on a page for `value`, as `escape` does.

    That puts whatever it returns into an object of its own, which costs far more than to look
    for the five signs; here what has none of them, and what is markup already, stays as it is.
    """
    if type(value) is Markup or (type(value) is str and not find_unsafe(value)):
        return value
    return escape(value)


class Pattern:
    """A row that is drawn once, with `@name@` where rows differ, and filled in for each."""

    def __init__(self, drawn: Markup) -> None:
        parts = FIELD.split(str(drawn))
        self.parts = parts
        self.places = list(enumerate(parts))[1::2]
        self.names = frozenset(parts[1::2])

    def __call__(self, **values: object) -> Markup:
        said = {name: written(values[name]) for name in self.names}
        parts = self.parts.copy()
        for place, name in self.places:
            parts[place] = said[name]
        return Markup("".join(parts))  # noqa: S704 (what was drawn, and values escaped above)


def set_up(app: Flask) -> None:
    app.jinja_env.template_class = Page
    app.jinja_env.globals["pattern"] = Pattern
