"""What a first start that was cut off has left is finished or thrown away, and nothing else is touched."""

from datetime import datetime
from pathlib import Path

import pytest

from desk import errors
from desk.models import sealed_files
from desk.models.store import FILE
from desk.services import keys, slots, staging
from desk.services.slot_values import PASSWORD, Slot, SlotFile
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
