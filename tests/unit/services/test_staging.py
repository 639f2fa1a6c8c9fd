"""What a first start that was cut off has left is finished or thrown away, and nothing else is touched."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk import errors
from desk.models import sealed_files
from desk.models.store import FILE
from desk.services import keys, slots, staging
from desk.services.slot_values import PASSWORD, Slot, SlotFile
from tests.fakes import FakeClock
from tests.sign_on import MemorySecrets

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
WRAP = keys.Wrap(keys.FLOOR, bytes(16), bytes(12), bytes(48))
SLOT = Slot("u-1", "周某某", "站长", PASSWORD, "", NOW, None, WRAP)
WHOLE = SlotFile("s-1", "示例镇", (SLOT,), WRAP)


def _staged(folder: Path, file: SlotFile | None) -> Path:
    stage = staging.folder_of(folder)
    stage.mkdir(parents=True)
    (stage / staging.STORE_FILE).write_bytes(b"store")
    if file is not None:
        slots.save(stage, file)
    return stage


def test_the_store_goes_by_the_name_the_store_uses() -> None:
    assert staging.STORE_FILE == FILE
    assert staging.FILES_FOLDER == sealed_files.FOLDER


def test_nothing_left_nothing_done(tmp_path: Path) -> None:
    staging.settle(tmp_path / "absent", MemorySecrets())
    assert not (tmp_path / "absent").exists()


def test_a_whole_one_is_moved_in(tmp_path: Path) -> None:
    _staged(tmp_path, WHOLE)
    staging.settle(tmp_path, MemorySecrets())
    assert slots.load(tmp_path) == WHOLE
    assert (tmp_path / FILE).read_bytes() == b"store"
    assert not staging.folder_of(tmp_path).exists()


@pytest.mark.parametrize(
    "file",
    [
        None,
        SlotFile("s-1", "示例镇"),
        SlotFile("s-1", "示例镇", (SLOT,)),
        SlotFile("s-1", "示例镇", (), WRAP),
    ],
    ids=["no slot file", "no slots", "no recovery", "no user"],
)
def test_half_a_one_is_thrown_away_with_its_device_secret(tmp_path: Path, file: SlotFile | None) -> None:
    secrets = MemorySecrets()
    secrets.kept = {"s-1": b"x", "another": b"y"} if file else {"another": b"y"}
    _staged(tmp_path, file)
    staging.settle(tmp_path, secrets)
    assert list(tmp_path.iterdir()) == []
    assert secrets.kept == {"another": b"y"}


def test_a_damaged_one_is_thrown_away_even_without_a_keyring(tmp_path: Path) -> None:
    slots.path(_staged(tmp_path, WHOLE)).write_text("{")
    staging.settle(tmp_path, MemorySecrets(works=False))
    assert list(tmp_path.iterdir()) == []


def test_after_the_last_move_only_the_empty_folder_goes(tmp_path: Path) -> None:
    staging.folder_of(tmp_path).mkdir()
    slots.save(tmp_path, WHOLE)
    (tmp_path / FILE).write_bytes(b"real")
    staging.settle(tmp_path, MemorySecrets())
    assert (tmp_path / FILE).read_bytes() == b"real"
    assert slots.load(tmp_path) == WHOLE


def test_a_folder_that_cannot_be_cleaned_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _staged(tmp_path, WHOLE)

    def refused(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(errors.StoreProblem, match="不可写"):
        staging.settle(tmp_path, MemorySecrets())


def test_throwing_away_twice_is_no_error(tmp_path: Path) -> None:
    staging.discard(tmp_path, MemorySecrets())


def test_the_slot_file_moves_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _staged(tmp_path, WHOLE)
    moved: list[str] = []
    real = Path.replace

    def watched(self: Path, target: Path) -> Path:
        moved.append(self.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    staging.move_in(tmp_path)
    assert moved == [FILE, slots.FILE_NAME]


def _standing(folder: Path) -> None:
    """Put a store with its log and slot file where the new one goes."""
    for name in (FILE, f"{FILE}-wal"):
        (folder / name).write_bytes(b"old " + name.encode())
    slots.save(folder, replace(WHOLE, store_id="old"))


def _is_moved_in_beside_the_old(folder: Path) -> bool:
    kept = {path.name.partition(".aside-")[0]: path for path in folder.glob("*.aside-*")}
    return (
        slots.load(folder) == WHOLE
        and (folder / FILE).read_bytes() == b"store"
        and (folder / f"{FILE}-wal").read_bytes() == b"new log"
        and not staging.folder_of(folder).exists()
        and next(iter(folder.glob(f"{FILE}.aside-*[0-9]"))).read_bytes() == b"old desk.db"
        and next(iter(folder.glob(f"{FILE}.aside-*-wal"))).read_bytes() == b"old desk.db-wal"
        and slots.read(kept["slots.json"]) == replace(WHOLE, store_id="old")
    )


def test_a_store_that_stands_there_gives_way_and_is_kept(tmp_path: Path) -> None:
    (_staged(tmp_path, WHOLE) / f"{FILE}-wal").write_bytes(b"new log")
    _standing(tmp_path)
    staging.settle(tmp_path, MemorySecrets())
    assert _is_moved_in_beside_the_old(tmp_path)


@pytest.mark.parametrize("moves", range(8))
def test_a_move_cut_off_anywhere_is_finished_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_clock: FakeClock, moves: int
) -> None:
    """Whatever was moved by then, neither store is lost or mixed with the other."""
    (_staged(tmp_path, WHOLE) / f"{FILE}-wal").write_bytes(b"new log")
    _standing(tmp_path)
    left = [moves]

    def until_cut(move: Any) -> Any:
        def moved(self: Path, target: Path) -> Path:
            if not left[0]:
                raise OSError("cut")
            left[0] -= 1
            found: Path = move(self, target)
            return found

        return moved

    with monkeypatch.context() as cut:
        for name in ("replace", "rename"):
            cut.setattr(Path, name, until_cut(getattr(Path, name)))
        with suppress(errors.StoreProblem):
            staging.settle(tmp_path, MemorySecrets())
    fake_clock.forward(seconds=90)
    staging.settle(tmp_path, MemorySecrets())
    assert _is_moved_in_beside_the_old(tmp_path)


def test_files_of_both_stores_lie_beside_each_other(tmp_path: Path) -> None:
    for folder in (tmp_path, _staged(tmp_path, WHOLE)):
        sealed = folder / staging.FILES_FOLDER / "ab"
        sealed.mkdir(parents=True)
        (sealed / folder.name).write_bytes(b"sealed")
    staging.settle(tmp_path, MemorySecrets())
    assert {each.name for each in (tmp_path / staging.FILES_FOLDER / "ab").iterdir()} == {
        tmp_path.name,
        staging.STAGE,
    }
