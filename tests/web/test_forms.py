"""Forms turn text into values, and keep what was typed when something says no."""

from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from diversion.core.errors import NotYours, Refused, Unavailable
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.web.fields import (
    AtMost,
    BirthDateField,
    CodeField,
    DateField,
    Filled,
    MoneyField,
    PhoneField,
    TextField,
)
from diversion.web.forms import CreatingForm, choices, refused


class Method(StrEnum):
    CASH = "cash"
    MONEY_ORDER = "money_order"


class PayForm(CreatingForm):
    amount = MoneyField(_("Amount"), [Filled(_("Enter an amount."))])
    method = CodeField(_("Paid by"), [Filled()], codes=Method, names={Method.CASH: _("Notes")})
    paid_on = DateField(_("Day"))
    born = BirthDateField(_("Birth date"))
    phone = PhoneField(_("Phone"))
    payor = TextField(_("Received from"), [AtMost(10)])


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # forms touch no database


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Any:
    with app.test_request_context("/", method="POST"):
        yield


def _form(**typed: Any) -> PayForm:
    pairs = [(n, v) for n, vs in typed.items() for v in (vs if isinstance(vs, list) else [vs])]
    form = PayForm(MultiDict([("op", "k" * 20), *pairs]))
    form.validate()
    return form


def test_typed_text_becomes_values() -> None:
    form = _form(amount="$1,250", method="money_order", paid_on="11/24/2026",
                 born=["4", "17", "1992"], phone="(503) 555-0142", payor="  A   B ")  # fmt: skip
    assert form.errors == {}
    assert form.amount.data == Money(125_000)
    assert form.method.data is Method.MONEY_ORDER
    assert form.paid_on.data == date(2026, 11, 24)
    assert form.born.data == date(1992, 4, 17)
    assert form.phone.data == "+15035550142"
    assert form.payor.data == "A B"


def test_what_cannot_be_read_is_kept_as_typed_with_one_sentence() -> None:
    form = _form(amount="fifty", method="barter", paid_on="Nov 31", born=["2", "30", "1992"],
                 phone="503-555-014", payor="x" * 11)  # fmt: skip
    assert form.status == 422
    assert form.amount._value() == "fifty"
    assert form.paid_on._value() == "Nov 31"
    assert form.born.parts == ("2", "30", "1992")
    assert all(len(errors) == 1 for errors in form.errors.values())
    assert [str(sentence) for _id, sentence in form.complaints][-2:] == [
        "The number has 9 digits. It needs 10.",
        "Use at most 10 letters.",
    ]


def test_what_must_be_filled_says_so_in_its_own_words_or_by_its_label() -> None:
    form = _form(amount="", method="")
    assert str(form.errors["amount"][0]) == "Enter an amount."
    assert str(form.errors["method"][0]) == "Fill in “Paid by”."
    assert [target for target, _sentence in form.complaints] == ["amount", "method-0"]


def test_a_creating_form_needs_its_key() -> None:
    form = PayForm(MultiDict([("amount", "5"), ("method", "cash"), ("op", "short")]))
    assert not form.validate()
    assert form.complaints[0][0] == "main"


def test_two_forms_carry_two_keys() -> None:
    assert PayForm(None).key != PayForm(None).key


def test_a_refusal_stands_beside_its_field_and_sets_the_status() -> None:
    form = _form(amount="5", method="cash")
    with refused(form):
        raise Refused(_("More than is owed."), field="amount")
    assert form.status == 409
    assert [(target, str(said)) for target, said in form.complaints] == [
        ("amount", "More than is owed.")
    ]
    assert form.amount._value() == "5"


@pytest.mark.parametrize("field", [None, "no_such_field"])
def test_a_refusal_without_a_field_stands_on_top(field: str | None) -> None:
    form = _form(amount="5", method="cash")
    with refused(form):
        raise Unavailable(field=field)
    assert form.status == 503
    assert form.complaints == [("main", Unavailable.sentence)]


def test_what_is_not_ones_own_is_no_refusal() -> None:
    form = _form(amount="5", method="cash")
    with pytest.raises(NotYours), refused(form):
        raise NotYours
    assert form.status == 200


def test_choices_have_words() -> None:
    assert [(c.value, str(c.label)) for c in choices(Method, names={Method.CASH: _("Notes")})] == [
        ("cash", "Notes"),
        ("money_order", "Money order"),
    ]
    assert isinstance(choices(Method)[0].label, Sentence)
