"""The hub's own keys, kept in its database: one for all workers, and in its backup."""

from typing import Any, Final

from psycopg import Connection

from desk import ids
from desk.wire import signing

TIME: Final = "time"
"""Signs what `/v1/time` says; desks keep its public half from the day they enrol."""


def ensure(connection: Connection[Any]) -> None:
    """Draw the keys that are not there yet."""
    connection.execute(
        "INSERT INTO hub_key (name, seed) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        (TIME, ids.random_bytes(signing.KEY_LENGTH)),
    )


def seed(connection: Connection[Any], name: str) -> bytes:
    """Return a private seed. Raises LookupError if there is none of this name."""
    row = connection.execute("SELECT seed FROM hub_key WHERE name = %s", (name,)).fetchone()
    if row is None:
        raise LookupError(name)
    return bytes(row[0])


def public(connection: Connection[Any], name: str) -> bytes:
    """Return the public half of a key. Raises LookupError if there is none of this name."""
    return signing.public_of(seed(connection, name))
