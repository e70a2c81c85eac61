"""Turn what people typed into domain values, and keep it when a rule says no."""

import logging
import re
import secrets
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any

from flask import Flask, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from diversion.core import once
from diversion.core.errors import DomainError, NotYours
from diversion.core.words import Sentence, _
from diversion.web.filters import words

csrf = CSRFProtect()
log = logging.getLogger(__name__)
OWN_NAMES = ("csrf_token", "op")
HIDDEN = {"CSRFTokenField", "HiddenField"}
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def set_up(app: Flask) -> None:
    csrf.init_app(app)


class Form(FlaskForm):
    """A form of the house. `refusal` is what a rule said after the fields were fine."""

    refusal: DomainError | None = None

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        read = values.get("formdata", self) is not None
        if read and self.is_submitted() and (foreign := self._foreign_names()):
            # What a form does not have is never read; who sends it is worth knowing.
            log.warning("a form came with %s unknown fields: %s", len(foreign), foreign[0])

    def _foreign_names(self) -> list[str]:
        own = {*OWN_NAMES, *(field.name for field in self)}
        return sorted(n for n in request.form if n not in own and n.split("-")[0] not in own)

    @property
    def status(self) -> int:
        """Return the status of a page that shows this form."""
        if self.refusal is not None:
            return self.refusal.status
        return 422 if self.errors else 200

    @property
    def complaints(self) -> list[tuple[str, Any]]:
        """Return what to mend, as pairs of a field's id and a sentence, in page order."""
        wrong = [field for field in self if field.errors]
        found = [(first_input(f), f.errors[0]) for f in wrong if f.type not in HIDDEN]
        if any(field.type in HIDDEN for field in wrong):
            found.append(("main", FORM_TOO_OLD))
        if self.refusal is not None and not self.refusal.field:
            found.append(("main", self.refusal.sentence))
        return found

    def is_first(self) -> bool:
        """Say whether to do what is asked: a form without a key is done whenever it is sent."""
        return True

    def refuse(self, no: DomainError) -> None:
        """Take a rule's refusal as this form's error, beside its field if it names one."""
        self.refusal = no
        if no.field and no.field in self._fields:
            field = self._fields[no.field]
            field.errors = [*field.errors, no.sentence]
        else:
            no.field = None


class CreatingForm(Form):
    """A form that makes something new, so it carries the key that makes it once."""

    op = HiddenField(default=lambda: secrets.token_urlsafe(18))

    @property
    def key(self) -> str:
        """Return the key of this form. Raises StopValidation if it was tampered with."""
        return str(self.op.data)

    def is_first(self) -> bool:
        """Claim the key for this address and what was typed; False when it was sent before.

        Inside the transaction. Raises KeyUsedOtherwise.
        """
        typed = {name: value for name, value in self.data.items() if name not in OWN_NAMES}
        return once.claim(self.key, once.request_hash(request.path, typed)) is None

    def validate_op(self, field: HiddenField) -> None:
        if not _KEY.fullmatch(field.data or ""):
            raise StopValidation(FORM_TOO_OLD)


FORM_TOO_OLD = _("This form was open for too long. Check what you typed and send it again.")


@contextmanager
def refused(form: Form) -> Generator[None]:
    """Wrap the transaction of a writing view, so that a refusal keeps what was typed.

    Write `with refused(form), transaction():` and return the redirect inside; what
    follows shows the form again with `form.status`. What is not this person's is
    not a refusal and passes.
    """
    try:
        yield
    except NotYours:
        raise
    except DomainError as no:
        form.refuse(no)


def first_input(field: Any) -> str:
    """Return the id of what a link to `field` should focus."""
    return f"{field.id}-0" if isinstance(field, SelectField) else str(field.id)


def choices(
    codes: Iterable[Enum] | Mapping[Any, Any], *, names: Mapping[Any, Sentence] | None = None
) -> list[SelectChoice]:
    """Return the choices of a field for the members of an enum, or for value and words.

    An enum member's words are `names[member]`, else its own `words`, else its value.
    """
    if isinstance(codes, Mapping):
        return [SelectChoice(str(value), label) for value, label in codes.items()]
    named = names or {}
    return [SelectChoice(str(code.value), named.get(code, words(code))) for code in codes]
