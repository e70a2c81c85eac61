"""Draw pages with less asking: what a template imports is the same in every request."""

from flask import Flask
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class Page(Template):
    """A template whose macros are made once.

    The framework compares the names that every page knows with those of each template it
    imports from; here they are the same ones, for nobody gives a template names of its own.
    """

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def set_up(app: Flask) -> None:
    app.jinja_env.template_class = Page
