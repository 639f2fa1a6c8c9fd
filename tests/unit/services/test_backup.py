"""A copy that opens, thinned by the profile's rules; the way back as a new writer (sync.md 2.6, class H)."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from desk.errors import StoreProblem
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
