"""Draw pages with less asking: what a template imports is the same in every request."""

import re
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

from flask import Flask
from jinja2 import Environment, Template, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from diversion.web import written as written_out

FIELD = re.compile(r"@(\w+)@")
find_unsafe = re.compile(r"[&<>\"']").search
LOCALS = "_block_vars", "_loop_vars"  # what the framework passes to functions that ask for it


@pass_eval_context
def _asking() -> None: ...


MOST_KEPT = 500
HOW = "jinja_pass_arg"
ASKS_HOW_TO_ESCAPE = vars(_asking)[HOW]


class Calls(Context):
    """Call macros and plain functions at once.

    The framework finds out at every call whether what is called asks for something; a page
    calls some two hundred times, and nearly always one of these three.
    """

    def call(self, called: Any, *given: Any, **named: Any) -> Any:
        kind = type(called)
        asks = vars(called).get(HOW) if kind is FunctionType else None
        if kind is Macro or asks is ASKS_HOW_TO_ESCAPE:
            given = self.eval_ctx, *given
        elif kind is not FunctionType or asks is not None:
            return super().call(called, *given, **named)
        for name in LOCALS:
            named.pop(name, None)
        return called(*given, **named)


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
        self.text = FIELD.sub(r"%(\1)s", str(drawn).replace("%", "%%"))
        self.names = frozenset(FIELD.findall(str(drawn)))

    def __call__(self, row: object) -> Markup:
        """Return the row that shows what `row` has under these names."""
        said = {name: written(getattr(row, name)) for name in self.names}
        return Markup(self.text % said)  # noqa: S704 (what was drawn, and values escaped above)


_kept: dict[object, Pattern] = {}


class Patterns:
    """The patterns of rows that stand in different states, each drawn when a row needs it."""

    def __init__(self, draw: Callable[..., Markup], *given: object) -> None:
        self.draw = draw
        self.given = given
        self.drawn: dict[object, Pattern] = {}

    def __call__(self, row: object, state: object) -> Markup:
        if state not in self.drawn:
            self.drawn[state] = Pattern(self.draw(state, *self.given))
        return self.drawn[state](row)


def drawn_once(draw: Callable[..., Markup], key: object, *given: object) -> Pattern:
    """Return what `draw` draws, made once for each key and language.

    The key says all that it is drawn from; what is one person's own is filled in for each.
    Without a key it is drawn anew.
    """
    asked = draw, written_out.locale(), key
    if key is None or (found := _kept.get(asked)) is None:
        found = Pattern(draw(*given))
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        if key is not None:
            _kept[asked] = found
    return found


def set_up(app: Flask) -> None:
    app.jinja_env.context_class = Calls
    app.jinja_env.template_class = Page
    app.jinja_env.globals["drawn_once"] = drawn_once
    app.jinja_env.globals["patterns"] = Patterns
