"""The way to the hub as it lies in the store."""

from desk.models import plain
from desk.models.local import DeviceSecret, SettingValue
from desk.models.store import Store
from desk.services.sync import gate
from desk.services.sync.gate import Gate
from desk.settings import HUB_ADDRESS


def test_where_there_is_no_hub_the_address_is_empty(store: Store) -> None:
    with store.read() as rows:
        assert gate.read(rows, "d1") == Gate("", "d1")


def test_what_enrolling_kept_is_read_back(store: Store) -> None:
    with store.write("u1") as rows:
        rows.merge(SettingValue(key=HUB_ADDRESS.key, value="https://hub.example"))
        rows.merge(DeviceSecret(name=gate.KEY, secret=bytes(32)))
        rows.flush()
        plain.write(rows, "INSERT INTO hub (row, authority, time_key) VALUES (1, 'PEM', '0102')")
    with store.read() as rows:
        found = gate.read(rows, "d1")
    assert found == Gate("https://hub.example", "d1", bytes(32), "PEM", b"\x01\x02")
    assert "key=" not in repr(found).replace("time_key=", "")
