from desk.models.device import Device
from desk.models.store import Store
from tests import factories


def test_the_device_is_the_pc_that_writes(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.device(record_id=store.device_id))
    with store.read() as session:
        device = session.get_one(Device, store.device_id)
    assert (device.letter, device.added_at) == ("A", factories.MORNING)
