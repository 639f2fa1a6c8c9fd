"""Schema 1 of the slot file, as bytes."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk.services import slots_json
from desk.services.slot_values import SlotFile


def test_the_same_values_give_the_same_bytes() -> None:
    file = SlotFile("s-1", "示例镇")
    assert slots_json.encoded(file) == slots_json.encoded(slots_json.decoded(slots_json.encoded(file)))


def test_spaces_do_not_matter_but_values_do() -> None:
    body = json.loads(slots_json.encoded(SlotFile("s-1", "示例镇")))
    assert slots_json.decoded(json.dumps(body).encode()) == SlotFile("s-1", "示例镇")
    body["store_id"] = "s-2"
    with pytest.raises(ValueError, match="digest"):
        slots_json.decoded(json.dumps(body).encode())


def test_a_newer_schema_is_told_apart() -> None:
    with pytest.raises(slots_json.NewerSchema):
        slots_json.decoded(b'{"schema": 99}')


def test_replacing_keeps_the_old_file_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "x"
    slots_json.replace_file(target, b"one")
    slots_json.replace_file(target, b"two")
    assert target.read_bytes() == b"two"
    with pytest.raises(OSError, match="absent"):
        slots_json.replace_file(tmp_path / "absent" / "x", b"one")


def test_two_who_write_at_once_do_not_write_into_each_others_file(tmp_path: Path) -> None:
    """One name for both would leave a mixture, or nothing to rename."""
    target = tmp_path / "x"
    contents = [bytes([n]) * 200_000 for n in range(8)]
    with ThreadPoolExecutor(8) as lanes:
        for _time in range(5):
            list(lanes.map(lambda content: slots_json.replace_file(target, content), contents))
            assert target.read_bytes() in contents
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_what_a_dead_program_left_is_swept(tmp_path: Path) -> None:
    for name in ("x.0a.new", "x", "y.0a.new"):
        (tmp_path / name).touch()
    slots_json.sweep(tmp_path / "x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["x", "y.0a.new"]


def test_a_file_in_somebodys_hands_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a file that is being read cannot be replaced; here it only looks so."""
    place, left = tmp_path / "slots.json", [2]
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    slots_json.replace_file(place, b"new")
    assert (place.read_bytes(), left, list(tmp_path.iterdir())) == (b"new", [0], [place])


def test_one_that_stays_in_somebodys_hands_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(slots_json, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        slots_json.replace_file(tmp_path / "slots.json", b"new")
    assert list(tmp_path.iterdir()) == []
