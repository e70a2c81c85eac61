"""What is sealed opens in its place, under its key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core import envelopes
from diversion.core.envelopes import Place, Tampered
from diversion.core.keys import Key

KEY = Key(7, b"s" * 32)
HERE = Place("sbad", "envelope", "sealed", 12)


@given(st.binary(max_size=200))
def test_what_was_sealed_opens(plain: bytes) -> None:
    sealed = envelopes.seal(KEY, HERE, plain)
    assert envelopes.open_sealed(KEY, HERE, sealed) == plain
    assert envelopes.key_id_of(sealed) == 7


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("community_court", "envelope", "sealed", 12),
        Place("sbad", "note", "sealed", 12),
        Place("sbad", "envelope", "text", 12),
        Place("sbad", "envelope", "sealed", 13),
    ],
)
def test_what_was_moved_does_not_open_co_03(elsewhere: Place) -> None:
    with pytest.raises(Tampered):
        envelopes.open_sealed(KEY, elsewhere, envelopes.seal(KEY, HERE, b"x"))


@pytest.mark.parametrize("key", [Key(7, b"t" * 32), Key(8, b"s" * 32)])
def test_another_key_does_not_open(key: Key) -> None:
    with pytest.raises(Tampered):
        envelopes.open_sealed(key, HERE, envelopes.seal(KEY, HERE, b"x"))


@given(st.integers(0, 40), st.integers(1, 255))
def test_one_changed_byte_closes_it(position: int, change: int) -> None:
    sealed = bytearray(envelopes.seal(KEY, HERE, b"Juniper"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(Tampered):
        envelopes.open_sealed(KEY, HERE, bytes(sealed))


@given(st.binary(max_size=40))
def test_what_was_never_sealed_does_not_open(junk: bytes) -> None:
    with pytest.raises(Tampered):
        envelopes.open_sealed(KEY, HERE, junk)


def test_the_number_of_no_key_is_not_read() -> None:
    with pytest.raises(Tampered):
        envelopes.key_id_of(b"\x01short")
    with pytest.raises(Tampered):
        envelopes.key_id_of(b"\x02" + bytes(40))


def test_the_same_text_never_looks_the_same() -> None:
    assert envelopes.seal(KEY, HERE, b"x") != envelopes.seal(KEY, HERE, b"x")
