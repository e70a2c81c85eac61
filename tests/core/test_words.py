"""Let a code say what people call it, and still be its value."""

import json
import pickle

import pytest

from diversion.core.words import Worded, _, counted


class Fruit(Worded):
    PEAR = "pear", _("Pear")
    PLUM = "plum", _("Plum")


def test_a_code_is_its_value_and_knows_its_words() -> None:
    assert Fruit("plum") is Fruit.PLUM == "plum"
    assert [each.value for each in Fruit] == ["pear", "plum"]
    assert str(Fruit.PEAR.words) == "Pear"
    assert json.dumps(Fruit.PEAR) == '"pear"'
    assert pickle.loads(pickle.dumps(Fruit.PLUM)) is Fruit.PLUM  # noqa: S301


def test_a_value_that_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="nut"):
        Fruit("nut")


def test_a_code_without_words_can_not_be_written() -> None:
    with pytest.raises(TypeError, match="has no words"):

        class Bare(Worded):
            LEMON = "lemon"


def test_one_thing_and_many_have_their_own_sentence() -> None:
    said = [str(counted("One seat", "{count} seats", number)) for number in (0, 1, 2)]
    assert said == ["0 seats", "One seat", "2 seats"]
