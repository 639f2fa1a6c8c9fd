"""What SQLAlchemy's session notes of a synced row: that it came in, was read or was written.

Its own ways begin a transaction of the session, tell whoever might listen and look for rows that hang on this
one. Rows of the wire hang on no others and nobody listens; in a save that took as long as writing them.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from desk.models.base import Synced


class RowKeeping(Session):
    """A session that takes synced rows in and over by itself."""

    def add(self, instance: object, *, _warn: bool = True) -> None:
        """Take a new row in.

        Raises:
            RuntimeError: it was read or written in another block, which may have stored nothing of it.
        """
        if not isinstance(instance, Synced):
            super().add(instance, _warn=_warn)
            return
        state: Any = instance_state(instance)
        if state.session_id is not None:
            # There already, or another session's: SQLAlchemy tells which.
            self._save_or_update_impl(state)
            return
        if state.key is not None:
            raise RuntimeError("a row lives as long as its block: read it again")
        self._new[state] = instance
        state.insert_order = len(self._new)
        state.session_id = self.hash_key

    def take_over(self, row: Synced, key: Any) -> None:
        """Take in a row that was just read whole; `key` is that of `key_of`."""
        state: Any = instance_state(row)
        state.key = key
        self.identity_map.add(state)
        state.session_id = self.hash_key

    def close(self) -> None:
        """Let go of all rows; where SQLAlchemy never joined, there is nothing else to end."""
        if self._transaction is not None:
            super().close()
            return
        for state in (*self.identity_map.all_states(), *self._new):
            state.session_id = None
            state._strong_obj = None  # noqa: SLF001 - it has no public name
        self.identity_map = type(self.identity_map)()
        self._new = {}

    def settle(self, rows: Iterable[Synced]) -> None:
        """Take rows that were just written for such as were read: the end of SQLAlchemy's own flush."""
        for row in rows:
            state: Any = instance_state(row)
            if state.key is None:
                state.key = key_of(type(row))((row.record_id,))
                self.identity_map.replace(state)
                del self._new[state]
            state._commit_all(row.__dict__, self.identity_map)  # noqa: SLF001 - it has no public name


@lru_cache(maxsize=256)
def key_of(table: type[Synced]) -> Callable[[tuple[str]], Any]:
    """Return what makes a row's key in a session of its id."""
    made: Callable[[tuple[str]], Any] = inspect(table).identity_key_from_primary_key
    return made
