"""Schema 1 of the slot file, as bytes."""

import json
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
