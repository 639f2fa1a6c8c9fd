"""Which rows are the desk's own."""

from desk.models.own import own
from desk.models.station import Station
from desk.models.store import Store
from tests import factories


def test_rows_of_other_scopes_and_void_ones_are_left_out(store: Store) -> None:
    mine, gone = factories.station(name="本站"), factories.station(name="旧站")
    with store.write("u1") as rows:
        rows.add_all([mine, gone, factories.station(name="邻站", scope_id="S:other")])
    with store.write("u1") as rows:
        rows.get_one(Station, gone.record_id).tombstone("录错了")
    with store.read() as rows:
        assert [row.name for row in rows.scalars(own(rows, Station))] == ["本站"]
