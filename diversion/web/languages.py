"""Turn the program's sentences into the language of whoever looks at the screen."""

from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, gettext

from diversion.core.words import Sentence

babel = Babel()


def set_up(app: Flask) -> None:
    babel.init_app(app, locale_selector=screen_language)
    with app.app_context():
        app.extensions["catalogs"] = {str(locale) for locale in babel.list_translations()}
    app.jinja_env.filters["say"] = shown
    # Whatever a template shows passes here, so no Sentence is ever shown untranslated.
    app.jinja_env.finalize = shown


def screen_language() -> str:
    """Return the best language for this browser among those that have a catalog."""
    default = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    if not has_request_context():
        return default
    known = current_app.extensions["catalogs"] | {default}
    offered = [code for code in current_app.config["LANGUAGES"] if code in known]
    return request.accept_languages.best_match(offered, default) or default


def said(sentence: Sentence) -> str:
    """Return `sentence` in the language of the screen, with its values in it."""
    values = {name: shown(value) for name, value in sentence.values.items()}
    return Sentence(sentence.text, values).filled(gettext(sentence.text))


def shown(value: Any) -> Any:
    """Return what a template shows for `value`: sentences speak the screen's language."""
    return said(value) if isinstance(value, Sentence) else value
