from desk.models.station import Station
from desk.models.store import Store
from tests import factories


def test_the_station_comes_back_as_it_was_typed(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.station(name="示例镇人大代表联络站"))
    with store.read() as session:
        station = session.query(Station).one()
    assert (station.name, station.scope_id, station.parent) == ("示例镇人大代表联络站", store.scope_id, "")
