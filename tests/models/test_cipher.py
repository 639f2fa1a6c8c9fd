import sqlite3
from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models import cipher
from desk.models.store import FILE, Store
from tests import factories
from tests.stores import KEY


def test_nothing_in_the_files_can_be_read(store: Store) -> None:
    """Stolen disk: no planted word in the store or its log (sync.md, fault 19)."""
    words = "楼下的路灯坏了两个月"
    with store.write("u1") as session:
        session.add(factories.matter(statement=words))
    with store.read():
        held = b"".join(path.read_bytes() for path in store.folder.iterdir())
    assert len(held) > 100_000
    assert words.encode() not in held
    assert b"CREATE TABLE" not in held
    assert cipher.is_encrypted(store.path)


def test_the_connection_is_as_durable_as_sync_asks(store: Store) -> None:
    connection = store.connect()
    asked = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    }
    temp_store = connection.execute("PRAGMA temp_store").fetchone()[0]
    foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
    connection.close()
    assert asked == {"journal_mode": "wal", "synchronous": 2}
    assert (temp_store, foreign_keys) == (2, 0)


def test_a_changed_byte_in_the_last_page_of_a_text_is_found(store: Store) -> None:
    """No query says so: SQLCipher hands out the page as zeroes."""
    with store.write("u1") as session:
        session.add(factories.matter(statement="经过" * 2000))
    store.close()
    whole = store.path.read_bytes()
    found = []
    for page in range(len(whole) // 4096 - 6, len(whole) // 4096):
        body = bytearray(whole)
        body[page * 4096 + 100] ^= 1
        store.path.write_bytes(body)
        connection = cipher.connect(store.path, KEY)
        found.append(cipher.is_sound(connection))
        connection.close()
    store.path.write_bytes(whole)
    assert found == [False] * 6


def test_a_plain_database_is_refused(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / FILE)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(StoreProblem) as caught:
        cipher.connect(tmp_path / FILE, KEY)
    assert caught.value.field == "plain"


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        cipher.connect(tmp_path / FILE, KEY)
    assert caught.value.field == "missing"
    assert not (tmp_path / FILE).exists()


def test_a_short_key_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cipher.connect(tmp_path / FILE, b"short")


def test_errors_of_the_cipher_print_nothing(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreProblem):
        cipher.connect(store.path, bytes(32))
    assert capfd.readouterr() == ("", "")
