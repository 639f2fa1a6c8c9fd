"""The one row that says where this desk stands."""

from desk.models.store import Store
from desk.services.sync import cursor
from desk.services.sync.cursor import Mark
from desk.wire.epochs import Epoch
from tests.stores import SCOPE


def test_before_the_first_round_it_stands_at_the_start(store: Store) -> None:
    with store.read() as rows:
        assert cursor.read(rows, SCOPE) == Mark(SCOPE)


def test_it_comes_back_as_it_was_kept(store: Store) -> None:
    mark = Mark(SCOPE, "e2", 9, 4, (Epoch("e1", 0), Epoch("e2", 7)), "ab" * 16, 12, 3, "person|p1", "cd" * 16)
    with store.write_confirmed() as rows:
        cursor.keep(rows, Mark(SCOPE, "e1"))
        cursor.keep(rows, mark)
        assert cursor.read(rows, SCOPE) == mark


def test_a_cursor_of_the_first_release_has_nothing_more(store: Store) -> None:
    """The columns that came with 0003 and 0014 are empty there."""
    with store.write_confirmed() as rows:
        rows.connection().exec_driver_sql(
            "INSERT INTO cursor (scope_id, epoch, version) VALUES (?, '', 0)", (SCOPE,)
        )
        assert cursor.read(rows, SCOPE) == Mark(SCOPE, trail="")
