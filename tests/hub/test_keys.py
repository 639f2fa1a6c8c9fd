"""The hub's own keys: drawn once, by whoever comes first."""

import psycopg
import pytest

from desk.hub import keys, schema
from desk.wire import signing


def test_a_key_is_drawn_once_for_all(database: str) -> None:
    with psycopg.connect(database) as connection:
        seed = keys.seed(connection, keys.TIME)
        keys.ensure(connection)
        assert keys.seed(connection, keys.TIME) == seed
        assert keys.public(connection, keys.TIME) == signing.public_of(seed)
        with pytest.raises(LookupError):
            keys.seed(connection, "other")
    schema.migrate(database)
    with psycopg.connect(database) as connection:
        assert keys.seed(connection, keys.TIME) == seed
