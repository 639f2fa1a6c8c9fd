import pytest

from desk.wire import codecs
from desk.wire.codecs import WireError
from desk.wire.fields import SYSTEM, Conflict, declare, field

NOTE = declare(
    "note", text=field(codecs.TEXT, Conflict.WORDS), seen=field(codecs.BOOL, group="desk", since=2)
)


def test_declare_names_fields_and_gives_them_a_group() -> None:
    text, seen = NOTE.fields
    assert (text.name, text.group, text.since) == ("text", "note", 1)
    assert (seen.name, seen.group, seen.since) == ("seen", "desk", 2)


def test_every_record_can_be_made_void() -> None:
    assert tuple(NOTE)[-2:] == SYSTEM
    assert NOTE.defaults == {"text": "", "seen": False, "void": False, "void_reason": ""}


def test_values_are_checked_by_field() -> None:
    assert NOTE.from_json(NOTE.to_json({"text": "路灯不亮"})) == {"text": "路灯不亮"}
    with pytest.raises(WireError, match="text: text expected"):
        NOTE.to_json({"text": 3})
    with pytest.raises(WireError, match="seen: true or false expected"):
        NOTE.from_json({"seen": "yes"})
    with pytest.raises(WireError, match="note has no field colour"):
        NOTE.from_json({"colour": "red"})


def test_what_a_newer_version_sent_is_parted_off() -> None:
    assert NOTE.split({"text": "x", "mood": "good"}) == ({"text": "x"}, {"mood": "good"})


def test_values_that_are_none_of_their_fields_are_told_apart() -> None:
    body = {"text": 3, "seen": True, "mood": ["good"], "void": "yes"}
    assert NOTE.unfit(body) == {"text", "void"}
    assert NOTE.parted(body, {"text", "void"}) == (  # type: ignore[arg-type]
        {"text": "", "seen": True, "void": False},
        {"mood": ["good"], "text": 3, "void": "yes"},
    )
    assert (NOTE.usable("text", 3), NOTE.usable("text", "x"), NOTE.usable("mood", 3)) == ("", "x", 3)
