"""A copy that opens, thinned by the profile's rules; the way back as a new writer (sync.md 2.6, class H)."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from desk.errors import StoreProblem
from desk.models.audit import Audit
from desk.models.device import Device
from desk.models.meta import ROW, Meta
from desk.models.outbox import Outbox
from desk.models.store import FILE, Store
from desk.models.visit import Visit
from desk.services import backup, slots, verify
from desk.services.backup import Keep
from tests import factories
from tests.factories import MORNING
from tests.fakes import FakeClock
from tests.stores import KEY

KEEP = Keep(all_days=2, days=7, weeks=4, months=12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A second disk."""
    return tmp_path / "usb"


def _visits(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Visit)) or 0


def _morning(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all([factories.visit(), factories.device(record_id=store.device_id, letter="A")])


def test_a_backup_is_one_encrypted_file_that_opens(store: Store, folder: Path) -> None:
    _morning(store)
    slots.path(store.folder).write_text("slots", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    assert {path.suffix for path in folder.iterdir()} == {".db", ".json"}
    assert made.size == made.path.stat().st_size > 0
    assert backup.last(store) == made.at
    (folder / "opened").mkdir()
    shutil.copyfile(made.path, folder / "opened" / FILE)
    opened = Store.open(folder / "opened", KEY)
    assert _visits(opened) == 1
    assert opened.check_due
    assert verify.run(opened).ok
    opened.close()
    assert "路灯".encode() not in made.path.read_bytes()


def test_before_the_first_backup_there_is_no_last(store: Store) -> None:
    assert backup.last(store) is None


def test_a_missing_disk_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="找不到备份文件夹") as caught:
        backup.run(store, tmp_path / "usb" / "backup", KEEP)
    assert "U 盘" in caught.value.way_out


def test_the_data_folder_is_no_place_for_a_backup(store: Store) -> None:
    with pytest.raises(StoreProblem, match="不能就是数据文件夹"):
        backup.run(store, store.folder, KEEP)


def test_a_folder_that_cannot_be_written_is_told(store: Store, folder: Path) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreProblem, match="备份文件夹不能写入"):
        backup.run(store, folder, KEEP)


def test_copies_are_thinned_and_strangers_left_alone(
    store: Store, folder: Path, fake_clock: FakeClock
) -> None:
    folder.mkdir()
    (folder / "desk-00000000-20200101-000000.db").write_text("another PC's", encoding="utf-8")
    (folder / "给县里的一份.db").write_text("renamed to keep it", encoding="utf-8")
    for _ in range(12):
        backup.run(store, folder, Keep(all_days=0, days=3, weeks=0, months=0))
        fake_clock.forward(hours=8)
    names = sorted(path.name for path in folder.iterdir())
    assert len([name for name in names if name.startswith(f"desk-{store.device_id[-8:]}-")]) == 3
    assert len(names) == 5


_TIMES = st.sets(st.integers(0, 24 * 500).map(lambda hours: MORNING - timedelta(hours=hours)), max_size=60)


@given(_TIMES)
def test_what_is_kept_by_the_rules(times: set[datetime]) -> None:
    stay = backup.kept(times, MORNING, KEEP)
    assert stay <= times
    assert {at for at in times if MORNING - at < timedelta(days=2)} <= stay
    days = sorted({at.date() for at in times}, reverse=True)[:7]
    assert {at.date() for at in stay} >= set(days)
    months = sorted({(at.year, at.month) for at in times}, reverse=True)[:12]
    assert {(at.year, at.month) for at in stay} >= set(months)
    recent = {at for at in times if MORNING - at < timedelta(days=2)}
    assert len(stay - recent) <= 7 + 4 + 12
    assert not times or max(times) in stay


def _restored(store: Store, made: Path) -> backup.Restored:
    store.close()
    return backup.restore(made, store.folder, KEY, user_id="u1")


def test_a_restored_desk_is_a_new_writer(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    with store.read() as session:
        old = session.get_one(Meta, ROW).incarnation
        old_ops = set(session.scalars(select(Outbox.op_id)))
    _morning_after(store)
    restored = _restored(store, made.path)
    opened = Store.open(store.folder, KEY)
    with opened.read() as session:
        meta = session.get_one(Meta, ROW)
        assert meta.incarnation != old
        ops = {op.op_id: op for op in session.scalars(select(Outbox))}
        assert old_ops <= ops.keys()
        new = [op for op_id, op in ops.items() if op_id not in old_ops]
        assert {op.incarnation for op in new} == {meta.incarnation}
        assert sorted(op.seq for op in new) == list(range(1, meta.seq + 1))
        assert session.scalars(select(Audit.action)).all() == ["restore"]
        assert session.get_one(Device, store.device_id).letter == restored.letter == "B"
    assert _visits(opened) == 1
    assert verify.run(opened).ok
    opened.close()


def _morning_after(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())


def test_the_store_before_is_kept(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    _morning_after(store)
    restored = _restored(store, made.path)
    assert restored.aside is not None
    (folder / "kept").mkdir()
    shutil.copyfile(restored.aside, folder / "kept" / FILE)
    before = Store.open(folder / "kept", KEY)
    assert _visits(before) == 2
    before.close()
    assert not list(store.folder.glob(".restoring*"))


def test_a_letter_is_never_given_twice(store: Store, folder: Path, fake_clock: FakeClock) -> None:
    """Class H: restoring the same old copy again must not draw a letter that was printed since."""
    _morning(store)
    made = backup.run(store, folder, KEEP)
    letters = []
    for _ in range(3):
        letters.append(_restored(store, made.path).letter)
        fake_clock.forward(minutes=1)
    assert letters == ["B", "C", "D"]


def test_a_damaged_store_gives_way_and_is_kept(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    store.close()
    store.path.write_bytes(b"ruined" * 1000)
    restored = backup.restore(made.path, store.folder, KEY)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == b"ruined" * 1000


def test_on_a_new_pc_the_slots_come_along(store: Store, folder: Path, tmp_path: Path) -> None:
    slots.path(store.folder).write_text("slots", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    restored = backup.restore(made.path, tmp_path / "new", KEY)
    assert restored.aside is None
    assert slots.path(tmp_path / "new").read_text(encoding="utf-8") == "slots"


def test_on_the_same_pc_the_newer_slots_stay(store: Store, folder: Path) -> None:
    slots.path(store.folder).write_text("old", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    slots.path(store.folder).write_text("new", encoding="utf-8")
    _restored(store, made.path)
    assert slots.path(store.folder).read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("key", [bytes(32), KEY])
def test_a_copy_that_does_not_open_changes_nothing(store: Store, folder: Path, key: bytes) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    if key == KEY:
        body = bytearray(made.path.read_bytes())
        body[len(body) // 2] ^= 1
        made.path.write_bytes(body)
    store.close()
    with pytest.raises(StoreProblem):
        backup.restore(made.path, store.folder, key)
    again = Store.open(store.folder, KEY)
    assert _visits(again) == 1
    again.close()
    assert not list(store.folder.glob(".restoring*"))
