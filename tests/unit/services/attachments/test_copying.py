"""Attachments in copies and back: once each, proved, thinned with the copies that name them (SEC-08)."""

import contextlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models import cipher
from desk.models.store import Store
from desk.services import aside, backup, restore, verify
from desk.services.attachments import copying
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment, Source
from desk.services.backup import Keep
from tests.fakes import FakeClock
from tests.stores import KEY
from tests.unit.services import visit_stage
from tests.unit.services.attachments.conftest import service
from tests.unit.services.test_restore import _pull_the_plug_at as pull_the_plug_at
from tests.unit.services.test_restore import _PulledPlug as PulledPlug
from tests.unit.services.visit_stage import Stage

pytestmark = pytest.mark.usefixtures("here")

KEEP = Keep(all_days=2, days=7, weeks=4, months=12)
ONE = Keep(all_days=0, days=1, weeks=0, months=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A second disk."""
    return tmp_path / "usb"


def _home(store: Store) -> list[Path]:
    return sorted(store.folder.glob("attachments/*/*.att"))


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("desk-*-files/*/*.att"))


def _flip(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def _words(attachments: Attachments, visit_id: str, words: str) -> Attachment:
    return attachments.add("visit", visit_id, Source("a.txt", data=words.encode())).value


def test_each_content_is_copied_once_and_byte_for_byte(stage: Stage, photo: Attachment, folder: Path) -> None:
    first = backup.run(stage.store, folder, KEEP)
    assert first.files == copying.Taken(written=1)
    [kept], [home] = _kept(folder), _home(stage.store)
    assert kept.read_bytes() == home.read_bytes()
    before = kept.stat().st_mtime_ns
    assert backup.run(stage.store, folder, KEEP).files == copying.Taken()
    assert kept.stat().st_mtime_ns == before


def test_a_damaged_copy_is_found_in_its_turn_and_written_again(
    stage: Stage, photo: Attachment, folder: Path
) -> None:
    backup.run(stage.store, folder, KEEP)
    files, day = _kept(folder)[0].parents[1], date(2026, 11, 23)
    _flip(_kept(folder)[0])
    written = [
        copying.take_along(stage.store, files, day + timedelta(days=step)).written for step in range(28)
    ]
    assert sum(written) == 1
    assert stage.store.sealed_files(files).is_sound(photo.sha256)


@pytest.mark.parametrize("lost", [True, False])
def test_what_is_lost_at_home_is_mended_from_the_copy(
    attachments: Attachments, stage: Stage, photo: Attachment, folder: Path, lost: bool
) -> None:
    backup.run(stage.store, folder, KEEP)
    [home] = _home(stage.store)
    if lost:
        home.unlink()
    else:
        _flip(home)
    files, day = _kept(folder)[0].parents[1], date(2026, 11, 23)
    mended = [copying.take_along(stage.store, files, day + timedelta(days=step)).mended for step in range(28)]
    assert sum(mended) == 1
    assert attachments.open(photo.id).content


def test_what_is_nowhere_sound_is_counted_and_never_copied(
    stage: Stage, photo: Attachment, folder: Path
) -> None:
    _flip(_home(stage.store)[0])
    assert backup.run(stage.store, folder, KEEP).files == copying.Taken(missing=1)
    assert not _kept(folder)


def test_files_are_thinned_with_the_copies_that_name_them(
    attachments: Attachments, stage: Stage, visit_id: str, folder: Path, fake_clock: FakeClock
) -> None:
    """An older copy is brought back, so that the newest file is named by the copies of before only."""
    _words(attachments, visit_id, "先")
    old = backup.run(stage.store, folder, KEEP)
    _words(attachments, visit_id, "后")
    fake_clock.forward(hours=1)
    backup.run(stage.store, folder, KEEP)
    assert len(_kept(folder)) == 2
    stage.store.close()
    restore.restore(old.path, stage.store.folder, KEY)
    again = Store.open(stage.store.folder, KEY)
    fake_clock.forward(hours=1)
    backup.run(again, folder, KEEP)
    assert len(_kept(folder)) == 2
    fake_clock.forward(days=3)
    backup.run(again, folder, ONE)
    assert len(list(folder.glob("*.db"))) == 1
    assert len(_kept(folder)) == 1
    again.close()


def test_a_copy_that_somebody_renamed_keeps_its_files(
    attachments: Attachments, stage: Stage, visit_id: str, folder: Path
) -> None:
    made = backup.run(stage.store, folder, KEEP)
    _words(attachments, visit_id, "只有改名的那份有")
    kept = backup.run(stage.store, folder, KEEP)
    kept.path.rename(folder / "给县里的一份.db")
    (folder / "别处的.db").write_bytes(b"another store's" * 1000)
    [file] = _kept(folder)
    backup._take_files(stage.store, folder, made.at)
    assert _kept(folder) == [file]


def test_nothing_is_thinned_while_a_copy_cannot_be_read(
    stage: Stage, photo: Attachment, folder: Path
) -> None:
    made = backup.run(stage.store, folder, KEEP)
    files = _kept(folder)[0].parents[1]
    made.path.write_bytes(b"ruined" * 1000)
    assert copying.thin(stage.store, files, [made.path]) == 0
    assert copying.thin(stage.store, files, []) == 1


@pytest.mark.parametrize("same_pc", [True, False])
def test_a_restore_brings_the_files_back(
    stage: Stage, photo: Attachment, folder: Path, tmp_path: Path, same_pc: bool
) -> None:
    made = backup.run(stage.store, folder, KEEP)
    stage.store.close()
    home = stage.store.folder if same_pc else tmp_path / "new"
    if same_pc:
        _flip(_home(stage.store)[0])
    restored = restore.restore(made.path, home, KEY)
    assert restored.missing == 0
    again = Store.open(home, KEY)
    assert service(visit_stage.reopened(again)).open(photo.id).content
    assert verify.run(again).ok
    assert not (home / "attachments" / "new").exists() or not list((home / "attachments" / "new").iterdir())
    again.close()


def test_a_copy_without_its_files_says_how_many_are_lost(
    stage: Stage, photo: Attachment, folder: Path, tmp_path: Path
) -> None:
    made = backup.run(stage.store, folder, KEEP)
    _flip(_kept(folder)[0])
    stage.store.close()
    assert restore.restore(made.path, tmp_path / "new", KEY).missing == 1
    again = Store.open(tmp_path / "new", KEY)
    report = verify.run(again)
    assert not report.ok
    assert any(photo.id in line and "文件缺失" in line for line in report.lines)
    again.close()


def test_a_full_second_disk_is_told_and_the_store_s_copy_stands(
    stage: Stage, photo: Attachment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying.sealed_files, "write_durably", full)
    with pytest.raises(StoreProblem, match="数据已备份，附件没有备份完：备份盘已满") as caught:
        backup.run(stage.store, folder, KEEP)
    assert "清理备份盘" in caught.value.way_out
    assert len(list(folder.glob("*.db"))) == 1


def test_a_disk_that_does_not_hold_what_was_written_is_told(
    stage: Stage, photo: Attachment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(source: Path, target: Path, _by_way_of: Path) -> None:
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes()[:-1])

    monkeypatch.setattr(copying, "_copy", forget)
    with pytest.raises(StoreProblem, match="备份盘读写出错"):
        backup.run(stage.store, folder, KEEP)


def test_an_older_store_file_names_no_attachments(store: Store, tmp_path: Path) -> None:
    """A copy made before there were attachments has no table for them."""
    copy = tmp_path / "old.db"
    store.copy_to(copy)
    connection = cipher.connect(copy, KEY, wal=False)
    connection.execute("DROP TABLE attachment")
    connection.close()
    assert store.digests_of(copy) == frozenset()


@pytest.mark.parametrize("step", range(9))
def test_a_kill_at_any_rename_of_a_restore_loses_no_file(
    attachments: Attachments, stage: Stage, photo: Attachment, folder: Path, step: int
) -> None:
    """Fault 6: the old store with all its files, or the restored one with all of its own."""
    made = backup.run(stage.store, folder, KEEP)
    later = _words(attachments, photo.target_id, "备份以后加的")
    _flip(
        next(
            path for path in _home(stage.store) if stage.store.sealed_files().name(photo.sha256) in path.name
        )
    )
    stage.store.close()
    with pytest.MonkeyPatch.context() as cut:
        pull_the_plug_at(step, cut)
        with contextlib.suppress(PulledPlug):
            restore.restore(made.path, stage.store.folder, KEY)
    aside.settle(stage.store.folder)
    again = Store.open(stage.store.folder, KEY)
    files = again.sealed_files()
    # What was added after the copy lies there for the store that is, or was, set aside.
    assert files.is_sound(later.sha256)
    if copying.named(again) == {photo.sha256}:
        assert files.is_sound(photo.sha256)
    again.close()
