"""The slot file: whole after a crash, and a clear sentence when somebody was at it."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk import errors
from desk.services import keys, slots
from desk.services.lockout import Tries
from desk.services.slot_values import INVITE, PASSWORD, Failed, Slot, SlotFile

NOW = datetime.fromisoformat("2026-11-23T09:00:00.123+08:00")
WRAP = keys.Wrap(keys.FLOOR, bytes(16), bytes(12), bytes(48))
ZHOU = Slot("u-1", "周某某", "工作人员", PASSWORD, "a" * 32, NOW, None, WRAP)
WU = Slot("u-2", "吴某", "站长", INVITE, "", NOW, NOW + timedelta(days=7), WRAP)
FULL = SlotFile(
    "s-1",
    "示例镇人大代表联络站",
    (ZHOU, WU),
    WRAP,
    (("u-1", Tries(5, 300, NOW, 77)),),
    (Failed(NOW, "u-1", PASSWORD), Failed(NOW, "", "recovery")),
    3,
    True,
    41,
    "ab" * 32,
)


@pytest.mark.parametrize("file", [SlotFile("s-1", ""), FULL], ids=["empty", "full"])
def test_what_is_saved_is_loaded(tmp_path: Path, file: SlotFile) -> None:
    slots.save(tmp_path, file)
    assert slots.load(tmp_path) == file
    assert [path.name for path in tmp_path.iterdir()] == ["slots.json"]


def test_changes_of_many_lanes_are_all_kept(tmp_path: Path) -> None:
    """Each adds a slot; whoever wrote what it had read before would take others' away again."""
    slots.save(tmp_path, SlotFile("s-1", "示例镇"))
    names = [f"u-{n}" for n in range(40)]

    def add(user_id: str) -> None:
        slots.change(tmp_path, lambda file: file.with_slot(replace(ZHOU, user_id=user_id)))

    with ThreadPoolExecutor(8) as lanes:
        list(lanes.map(add, names))
    file = slots.load(tmp_path)
    assert file is not None
    assert sorted(slot.user_id for slot in file.slots) == sorted(names)
    assert {path.name for path in tmp_path.iterdir()} == {"slots.json", "slots.lock"}


def test_a_turn_that_raises_changes_nothing_and_lets_the_next_in(tmp_path: Path) -> None:
    slots.save(tmp_path, FULL)

    def refuse(_file: SlotFile) -> SlotFile:
        raise errors.AccessProblem("wait")

    with pytest.raises(errors.AccessProblem):
        slots.change(tmp_path, refuse)
    assert slots.load(tmp_path) == FULL
    assert slots.change(tmp_path, lambda file: file.without_slot("u-2")).slots == (ZHOU,)


def test_a_change_sweeps_what_a_program_that_died_has_left(tmp_path: Path) -> None:
    slots.save(tmp_path, FULL)
    (tmp_path / "slots.json.0a1b.new").write_text("half")
    slots.change(tmp_path, lambda file: replace(file, recovery_pending=False))
    assert not list(tmp_path.glob("*.new"))


def test_a_change_needs_a_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreProblem, match="不见了"):
        slots.change(tmp_path, lambda file: file)
    with pytest.raises(errors.StoreProblem, match="不可写"):
        slots.change(tmp_path / "absent", lambda file: file)


def test_no_file_is_no_error(tmp_path: Path) -> None:
    assert slots.load(tmp_path) is None


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    slots.save(tmp_path, FULL)
    assert stat.S_IMODE(slots.path(tmp_path).stat().st_mode) == 0o600


def test_it_has_a_place_for_the_county_and_holds_no_more_than_it_says(tmp_path: Path) -> None:
    slots.save(tmp_path, FULL)
    body = json.loads(slots.path(tmp_path).read_bytes())
    assert body["schema"] == 1
    assert body["county_escrow"] is None
    assert body["slots"][1]["device_secret"] == "none"
    assert body["slots"][0]["wrap"]["kdf"] == {"name": "argon2id", "kib": 47104, "passes": 1, "lanes": 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("周某某", "赵某某"),
        ('"passes": 1', '"passes": 2'),
        ('"failures": 5', '"failures": 0'),
        ('"u-2"', '"u-1"'),
        ("AAAA", "AAAB"),
    ],
)
def test_a_hand_that_changed_it_is_noticed(tmp_path: Path, old: str, new: str) -> None:
    slots.save(tmp_path, FULL)
    path = slots.path(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(errors.StoreProblem, match="被改动过") as caught:
        slots.load(tmp_path)
    assert "备份" in caught.value.way_out


@pytest.mark.parametrize(
    "text", [b"", b"\x00\xff", b"[]", b"null", b"{}", b'{"schema": 1}', b'{"schema": "x"}']
)
def test_rubbish_is_damage_not_a_crash(tmp_path: Path, text: bytes) -> None:
    slots.path(tmp_path).write_bytes(text)
    with pytest.raises(errors.StoreProblem, match="损坏"):
        slots.load(tmp_path)


def test_a_torn_file_is_damage(tmp_path: Path) -> None:
    slots.save(tmp_path, FULL)
    whole = slots.path(tmp_path).read_bytes()
    for length in range(0, len(whole), 97):
        slots.path(tmp_path).write_bytes(whole[:length])
        with pytest.raises(errors.StoreProblem):
            slots.load(tmp_path)


def test_a_file_of_a_newer_program_is_refused_with_the_way_out(tmp_path: Path) -> None:
    slots.path(tmp_path).write_text('{"schema": 2, "what": "ever"}', encoding="utf-8")
    with pytest.raises(errors.StoreProblem, match="更新版本"):
        slots.load(tmp_path)


def test_a_cost_that_would_stop_the_program_is_not_believed(tmp_path: Path) -> None:
    huge = replace(WRAP, cost=keys.KdfCost(1 << 30, 1, 1))
    slots.save(tmp_path, replace(FULL, recovery=huge))
    with pytest.raises(errors.StoreProblem, match="损坏"):
        slots.load(tmp_path)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slots.save(tmp_path, FULL)

    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(errors.StoreProblem, match="磁盘已满"):
        slots.save(tmp_path, replace(FULL, station_name="另一个"))
    monkeypatch.undo()
    assert slots.load(tmp_path) == FULL
    assert [path.name for path in tmp_path.iterdir()] == ["slots.json"]


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    slots.path(tmp_path).mkdir()
    with pytest.raises(errors.StoreProblem, match="读不出来"):
        slots.load(tmp_path)
