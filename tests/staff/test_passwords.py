"""A new password is long, not tried early, and never shortened or kept in clear."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.staff.sign_in import blocklist, passwords
from diversion.staff.sign_in.passwords import BadPassword, Method

CHEAP = Method(memory_kib=8, time_cost=1)
CONTEXT = ("rosa@county.example", "Rosa Delgado", "Example County")
GOOD = "violet kettle under the stairs"


def _refusal(password: str) -> str:
    with pytest.raises(BadPassword) as refused:
        passwords.check_new(password, context=CONTEXT)
    return str(refused.value.sentence)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "ñandú über häßlich",
        "七つの海を渡る風の音が聞こえる",
        "tin  owl  46 &",
        "x7#Kq!mZ2$pL",
    ],
)
def test_any_signs_make_a_password_and_no_mixture_is_demanded_au_02(password: str) -> None:
    passwords.check_new(password, context=CONTEXT)
    assert passwords.matches(passwords.hashed(password, CHEAP), password, CHEAP)


def test_twelve_signs_are_enough_and_eleven_are_not_au_02() -> None:
    passwords.check_new("vkq tin owl4", context=CONTEXT)
    assert "at least 12" in _refusal("vkq tin owl")
    passwords.check_new("tin owl " * 15 + "quartz 4", context=CONTEXT)
    assert "at most 128" in _refusal("tin owl " * 16 + "q")


def test_the_last_of_128_signs_counts_au_02() -> None:
    long = "tin owl " * 15 + "quartz 4"
    assert len(long) == passwords.LONGEST
    kept = passwords.hashed(long, CHEAP)
    assert passwords.matches(kept, long, CHEAP)
    assert not passwords.matches(kept, long[:-1] + "5", CHEAP)
    assert not passwords.matches(kept, long[:-1], CHEAP)


def test_the_same_letters_typed_on_another_keyboard_match_au_02() -> None:
    kept = passwords.hashed("caf\u00e9 under the stairs", CHEAP)
    assert passwords.matches(kept, "cafe\u0301 under the stairs", CHEAP)


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "P@ssw0rd2026!", "qwertyuiop12", "123456789012", "abcdefghijkl",
        "passwordpassword", "dragon dragon", "aaaaaaaaaaaa", "monkey!!!!!!!!!!", "iloveyou20261",
        "letmein!letmein!", "1q2w3e4r5t6y", "00000000000000", "zyxwvutsrqpo", "!!!!football!!!!",
        "basketball99", "PRINCESS1987!",
    ],
)  # fmt: skip
def test_what_everybody_tries_is_refused_with_the_reason_au_03(password: str) -> None:
    assert "tried first" in _refusal(password)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("tin owl rosa quartz", "rosa"), ("DELGADO tin owl 42", "delgado"),
        ("example tin owl 42", "example"), ("my diversion login", "diversion"),
        ("sbad tin owl quartz", "sbad"), ("tin owl county 421", "county"),
    ],
)  # fmt: skip
def test_words_of_the_person_and_the_office_are_refused_and_named_au_03(
    password: str, word: str
) -> None:
    assert f"“{word}”" in _refusal(password)


def test_the_list_is_bundled_large_and_dated_au_03() -> None:
    assert blocklist.count() >= 100_000
    assert blocklist.made_on().year >= 2026
    assert blocklist.LIST.stat().st_size < 1_000_000


@given(st.text(min_size=1, max_size=140))
def test_looking_through_disguises_never_fails(password: str) -> None:
    assert blocklist.is_known(password) in {True, False}


def test_the_default_is_argon2id_with_64_mib_au_04() -> None:
    kept = passwords.hashed(GOOD, Method())
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.matches(kept, GOOD, Method())


def test_the_switch_makes_pbkdf2_of_600000_rounds_au_04() -> None:
    method = Method(name=passwords.PBKDF2)
    kept = passwords.hashed(GOOD, method)
    assert kept.startswith("pbkdf2_sha256$600000$")
    assert passwords.matches(kept, GOOD, method)
    assert not passwords.matches(kept, GOOD + " ", method)
    assert passwords.is_outdated(kept, Method())
    assert not passwords.is_outdated(kept, method)


def test_at_most_four_are_hashed_at_once_au_04(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, most, lock = 0, 0, threading.Lock()

    def slow(kept: str, typed: bytes, method: Method) -> bool:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        time.sleep(0.01)
        with lock:
            at_work -= 1
        return True

    passwords.matches(None, GOOD, CHEAP)
    monkeypatch.setattr(passwords, "_verify", slow)
    threads = [
        threading.Thread(target=passwords.matches, args=("kept", GOOD, CHEAP)) for _ in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 4


def test_nothing_kept_matches_nothing_typed() -> None:
    assert not passwords.matches(None, "", CHEAP)
    assert not passwords.matches(None, GOOD, CHEAP)
