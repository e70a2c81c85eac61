"""The ring of keys opens with its master key only, and can be wrapped anew."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from diversion.core import keys
from diversion.core.database import db, transaction
from diversion.core.keys import KeysMissing, Purpose, WrappedKey
from diversion.core.tracks import Track


@pytest.fixture
def master_file(settings: dict[str, Any]) -> Path:
    return Path(settings["MASTER_KEY_FILE"])


def _other_master(path: Path) -> Path:
    path.write_bytes(b"o" * 32)
    return path


def test_every_purpose_has_a_key_of_its_own(app: Flask) -> None:
    with app.app_context():
        secrets = {keys.current(purpose).secret for purpose in Purpose}
        assert len(secrets) == len(Purpose)
        assert keys.compartment(Track.SBAD) == keys.current(Purpose.SBAD)
        assert keys.index(Track.SBAD) == keys.current(Purpose.INDEX_SBAD)


def test_making_the_ring_twice_keeps_the_first(app: Flask) -> None:
    with app.app_context():
        before = keys.current(Purpose.AUTH)
        with transaction():
            keys.make_ring()
        keys.forget()
        assert keys.current(Purpose.AUTH) == before
        assert db.session.scalar(select(func.count(WrappedKey.id))) == len(Purpose)


def test_no_key_lies_bare_in_the_database_or_in_a_repr(app: Flask) -> None:
    with app.app_context():
        key = keys.current(Purpose.SBAD)
        stored = b"".join(db.session.scalars(select(WrappedKey.wrapped)))
        assert key.secret not in stored
        assert repr(key.secret) not in repr(key)


@pytest.mark.parametrize("content", [None, b"", b"k" * 31, b"x" * 32])
def test_without_the_right_master_key_nothing_opens(
    app: Flask, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "another.key"
    if content is not None:
        path.write_bytes(content)
    with app.app_context():
        keys.use(db.engine, path)
        with pytest.raises(KeysMissing):
            keys.current(Purpose.SBAD)


def test_a_new_master_key_wraps_the_same_keys(app: Flask, tmp_path: Path) -> None:
    other = _other_master(tmp_path / "other.key")
    with app.app_context():
        before = {purpose: keys.current(purpose) for purpose in Purpose}
        with transaction():
            assert keys.rewrap(other) == len(Purpose)
        keys.use(db.engine, other)
        assert {purpose: keys.current(purpose) for purpose in Purpose} == before


def test_a_rewrap_that_was_cut_short_goes_on_re_17(
    app: Flask, tmp_path: Path, master_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _other_master(tmp_path / "other.key")
    wrapped: list[bytes] = []

    def fail_at_third(outer: bytes, secret: bytes) -> bytes:
        wrapped.append(secret)
        if len(wrapped) == 3:
            raise OSError
        return real(outer, secret)

    real = keys.wrap
    with app.app_context():
        monkeypatch.setattr(keys, "wrap", fail_at_third)
        with pytest.raises(OSError), transaction():  # noqa: PT011 (any will do)
            keys.rewrap(other)
        monkeypatch.setattr(keys, "wrap", real)
        keys.forget()
        assert keys.current(Purpose.AUTH)  # the old master key still fits everything
        with transaction():
            assert keys.rewrap(other) == len(Purpose)
        with transaction():
            assert keys.rewrap(other) == 0  # and the file was not yet exchanged
        master_file.chmod(0o600)
        master_file.write_bytes(other.read_bytes())
        keys.forget()
        assert keys.current(Purpose.AUTH)


def test_a_renewed_key_leaves_the_older_one_in_force_for_what_it_sealed(app: Flask) -> None:
    with app.app_context():
        old = keys.current(Purpose.FILES)
        with transaction():
            assert keys.renew(Purpose.FILES) == 2
        new = keys.current(Purpose.FILES)
        assert new != old
        assert keys.numbered(old.id) == old


def test_a_key_made_by_another_process_is_read_when_needed(app: Flask) -> None:
    with app.app_context():
        keys.current(Purpose.FILES)
        with transaction():
            keys._add(Purpose.FILES, 2, keys.read_master(keys._rings[db.engine].master_file))
        made = db.session.scalars(select(WrappedKey.id).where(WrappedKey.version == 2)).one()
        assert keys.numbered(made).id == made
        with pytest.raises(KeysMissing):
            keys.numbered(10**6)


def test_a_new_master_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    keys.new_master(path)
    assert (path.stat().st_mode & 0o777, len(path.read_bytes())) == (0o400, 32)
    with pytest.raises(FileExistsError):
        keys.new_master(path)
