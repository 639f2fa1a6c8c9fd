"""What the tests of two stores and a hub share: the hub's database, as `tests/hub` makes it."""

from tests.hub.conftest import database, server

__all__ = ["database", "server"]
