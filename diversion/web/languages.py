"""Turn the program's sentences into the language of whoever looks at the screen."""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from diversion.core.words import Sentence

KNOWN = 10_000  # more than all sentences of the program in every language

babel = Babel()


def set_up(app: Flask) -> None:
    babel.init_app(app, locale_selector=screen_language)
    with app.app_context():
        app.extensions["catalogs"] = {str(locale) for locale in babel.list_translations()}
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # (of its extension)
        gettext=translated, ngettext=counted, newstyle=True
    )
    app.jinja_env.globals["_"] = sentence_of
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


def translated(text: str) -> str:
    """Return `text` in the language of the screen."""
    return _in(_catalog(), text)


@pass_eval_context
def sentence_of(around: EvalContext, text: str, **values: Any) -> str:
    """Return what `_()` says in a template; words without values were made once."""
    if not around.autoescape:
        return translated(text) % values
    if values:
        return _safe_in(_catalog(), text) % values
    return _plain_in(_catalog(), text)


def counted(one: str, many: str, count: int) -> str:
    """Return the sentence for `count` things in the language of the screen."""
    return str(_catalog().ungettext(one, many, count))


def said(sentence: Sentence) -> str:
    """Return `sentence` in the language of the screen, with its values in it."""
    text = translated(sentence.text)
    if not sentence.values:
        return text
    values = {name: shown(value) for name, value in sentence.values.items()}
    return Sentence(sentence.text, values).filled(text)


def shown(value: Any) -> Any:
    """Return what a template shows for `value`: sentences speak the screen's language."""
    return said(value) if isinstance(value, Sentence) else value


def _catalog() -> NullTranslations:
    """Ask once a request which catalog speaks; finding out costs more than a translation."""
    try:
        kept: NullTranslations | None = g.get("catalog")
    except RuntimeError:  # outside the program
        return NullTranslations()
    if kept is None:
        kept = g.catalog = get_translations()
    return kept


@lru_cache(KNOWN)
def _safe_in(catalog: NullTranslations, text: str) -> Markup:
    return Markup(_in(catalog, text))  # noqa: S704 (the program's own sentences)


@lru_cache(KNOWN)
def _plain_in(catalog: NullTranslations, text: str) -> Markup:
    return _safe_in(catalog, text) % ()


@lru_cache(KNOWN)
def _in(catalog: NullTranslations, text: str) -> str:
    return str(catalog.ugettext(text))
