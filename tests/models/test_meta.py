from sqlalchemy import select

from desk.models.meta import ROW, Meta, ProfileFile
from desk.models.store import Store
from tests.factories import MORNING


def test_a_new_store_knows_itself(store: Store) -> None:
    with store.read() as session:
        meta = session.get_one(Meta, ROW)
    assert (meta.scope_id, meta.device_id) == (store.scope_id, store.device_id)
    assert (meta.seq, meta.run, meta.clock_offset_ms, meta.last_seen_time) == (0, 1, None, None)
    assert len(meta.incarnation) == 36


def test_the_newest_profile_is_in_force(store: Store) -> None:
    with store.write_local() as session:
        session.add(ProfileFile(version="1", body=b"one", origin="shipped", installed_at=MORNING))
        session.flush()
        session.add(ProfileFile(version="2", body=b"two", origin="local", installed_at=MORNING))
    with store.read() as session:
        query = select(ProfileFile).order_by(ProfileFile.position.desc()).limit(1)
        assert session.scalars(query).one().body == b"two"
