"""A way out for each of the hub's reasons."""

from difflib import SequenceMatcher

from desk.hub import sentences
from desk.services.tray import reasons
from tests.house import ROOT

# Sent again by itself with the next round; never noted for a person.
BY_ITSELF = {"waits_for_others", "not_yours"}


def reasons_of_ops() -> set[str]:
    """Return the codes by which single ops are refused; the others stop a whole request."""
    files = ("checking.py", "decide.py", "merge.py", "rights.py")
    told = "".join((ROOT / "desk/hub" / name).read_text("utf-8") for name in files)
    return {code for code in sentences._SENTENCES if f'"{code}"' in told} | {"refused_by_store"}


def test_every_reason_of_the_hub_has_a_way_out() -> None:
    found = reasons_of_ops() - BY_ITSELF
    assert {"bad_value", "no_record", "blocked", "newer"} <= found
    for code in found - {"newer"}:
        assert reasons.advice(code) != reasons.advice("of another century"), code


def test_the_way_out_does_not_say_the_reason_again() -> None:
    """Both are read one behind the other."""
    for code in reasons_of_ops() - BY_ITSELF:
        said, way = sentences._SENTENCES[code], reasons.advice(code)
        same = SequenceMatcher(None, said, way, autojunk=False).find_longest_match()
        assert same.size < 7, said[same.a : same.a + same.size]


def test_an_unknown_reason_is_tried_again() -> None:
    assert "再送" in reasons.advice("of another century")
