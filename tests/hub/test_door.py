"""Tokens: long, kept as a hash, and never the same."""

import psycopg

from desk.hub import admin, door
from tests.hub.hub_ops import SCOPE


def test_a_token_has_256_bits_and_is_drawn_anew() -> None:
    tokens = {door.new_token() for _n in range(50)}
    assert len(tokens) == 50
    assert all(len(bytes.fromhex(each)) == 32 for each in tokens)


def test_a_device_is_admitted_by_its_own_token_only(database: str) -> None:
    with psycopg.connect(database) as connection:
        device, token = admin.add_device(connection, "前台", [SCOPE])
        other, other_token = admin.add_device(connection, "律师", [SCOPE])
        admitted = door.admit(connection, device, f"Bearer {token}")
        assert admitted == door.Device(device, 1, frozenset({SCOPE}))
        for name, said in (
            (device, f"Bearer {other_token}"),
            (other, f"Bearer {token}"),
            ("x", f"Bearer {token}"),
            (device, token),
            (device, ""),
        ):
            assert door.admit(connection, name, said) is None


def test_no_token_is_kept(database: str) -> None:
    with psycopg.connect(database) as connection:
        _device, token = admin.add_device(connection, "前台", [SCOPE])
        (row,) = connection.execute("SELECT device::text FROM device").fetchall()
    assert token not in row[0]
    assert door.hash_of(token).hex() in row[0]
