from desk.models.base import alive
from desk.models.person import Person
from desk.models.store import Store
from tests import factories


def test_alive_leaves_out_tombstones(store: Store) -> None:
    here, gone = factories.person(name="王某某"), factories.person(name="误录")
    with store.write("u1") as session:
        session.add_all([here, gone])
    with store.write("u1") as session:
        session.get_one(Person, gone.record_id).tombstone("重复登记")
    with store.read() as session:
        assert [person.name for person in session.scalars(alive(Person))] == ["王某某"]
        assert session.get_one(Person, gone.record_id).void_reason == "重复登记"


def test_a_row_in_a_log_shows_no_personal_data() -> None:
    assert "王某某" not in repr(factories.person(name="王某某"))
