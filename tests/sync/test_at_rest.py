"""Each invariant of Level 2, I1 to I9 and I11, says so when it does not hold: each is made wrong in turn."""

import json
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desk.wire.heads import EMPTY_DIGEST, add_digests
from tests.sync import at_rest
from tests.sync.at_rest import Hub
from tests.sync.schedule import Schedule

SCOPE, OWN = "S:east", "C:county"
DIGESTS = bytes([1]) * 16, bytes([2]) * 16
TOTAL = add_digests(EMPTY_DIGEST, DIGESTS)
TRAIL = bytes([7] * 16)
CARD, PERSON = ("station", "r1"), ("person", "r2")
BY = {"name": "o2", "phone": "o2", "address": "o2"}

Spoil = Callable[[Any, list[dict[str, Any]], Hub], Hub | None]
"""Makes one thing wrong, in its place or in a hub of its own."""


def said(*scopes: str) -> dict[str, Any]:
    """Return what a PC says that has everything and waits for nothing."""
    return {
        "sound": True,
        "records": {
            "station": {"r1": [1, 0, "c", "d", json.dumps({"phone": "o1", "area": "o1"})]},
            "person": {"r2": [2, 0, "甲", "乙", "丙", json.dumps(BY)]},
        },
        "conflicts": [["r1", "phone", '"c"', '"e"', "open"]],
        "outbox": 0,
        "held": [],
        "attention": [],
        "stands": {scope: (2, TOTAL.hex(), TRAIL.hex()) for scope in scopes},
        "scopes": set(scopes),
    }


def at_peace() -> tuple[Any, list[dict[str, Any]], Hub]:
    """Return a schedule with a county in which all is well; one change of it was not the county's to make."""
    schedule = SimpleNamespace(
        scope=SCOPE, own=OWN, county=object(), saved={CARD: None, PERSON: None}, forbidden={"x"}, kept=["x"],
        told={(CARD, "phone"): ["c"], (PERSON, "name"): ["甲"]},
    )  # fmt: skip
    ops = [
        (1, "o1", {"set": {"phone": "c", "area": "d"}, "base": {}}),
        (2, "o2", {"set": {"name": "甲", "phone": "乙", "address": "丙"}, "base": {}}),
    ]
    heads: list[tuple[Any, ...]] = [
        (*CARD, 1, {"phone": "c", "area": "d"}, {"phone": "o1", "area": "o1"}, DIGESTS[0]),
        (*PERSON, 2, {"name": "甲", "phone": "乙", "address": "丙"}, BY, DIGESTS[1]),
    ]
    stands = dict.fromkeys((SCOPE, OWN, "S:west"), (2, TOTAL, TRAIL))
    held = [("no_field_right", {"set": {"name": "x"}})]
    county = said(SCOPE, OWN) | {"held": [PERSON], "attention": [{"name": "x"}]}
    county["records"]["person"]["r2"] = [2, 0, "x", "乙", "丙", json.dumps(BY | {"name": "o9"})]
    return (
        schedule,
        [said(SCOPE), said(SCOPE), county],
        Hub(stands, ops, heads, held, [("r1", "phone", "open")]),
    )


def wrong(spoil: Spoil) -> set[str]:
    """Make one thing wrong and return the names of what is found."""
    schedule, looks, hub = at_peace()
    hub = spoil(schedule, looks, hub) or hub
    return {
        each.partition(" ")[0].rstrip(",:") for each in at_rest.found(cast(Schedule, schedule), looks, hub)
    }


def test_all_is_well() -> None:
    assert wrong(lambda *_all: None) == set()


def _row(looks: list[dict[str, Any]], whose: int, noun: str, place: int, value: Any) -> None:
    (row,) = looks[whose]["records"][noun].values()
    row[place] = value


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda s, *_: s.saved.update({("person", "r3"): None}), "I1"),
        (lambda s, *_: s.told.update({(PERSON, "phone"): ["never"]}), "I1"),
        (lambda s, *_: s.kept.append("y") or s.forbidden.add("y"), "I1"),
        (lambda _s, _l, hub: replace(hub, ops=[*hub.ops, (2, "o2", hub.ops[1][2])]), "I2"),
        (lambda _s, _l, hub: replace(hub, ops=hub.ops[:1]), "I3"),
        (lambda _s, looks, _h: looks[2]["stands"].update({OWN: (1, TOTAL.hex(), "")}), "I4"),
        (lambda _s, looks, _h: looks[2]["stands"].pop(OWN) and None, "I4"),
        (lambda _s, looks, _h: _row(looks, 1, "person", 2, "丁"), "I5"),
        (lambda _s, looks, _h: _row(looks, 2, "station", 2, "丁"), "I5"),
        (lambda _s, looks, _h: _row(looks, 2, "person", 3, "丁"), "I5"),
        (lambda _s, looks, _h: looks[0]["records"]["person"].clear(), "I5"),
        (lambda _s, looks, _h: looks[2]["conflicts"].clear(), "I5"),
        (lambda _s, _l, hub: replace(hub, questions=[]), "I6"),
        (lambda _s, _l, hub: hub.ops.append((2, "o3", {"set": {"name": "x"}, "base": {}})), "I7"),
        (lambda _s, looks, _h: looks[2]["scopes"].add("S:west"), "I7"),
        (lambda _s, looks, _h: looks[0]["scopes"].add(OWN), "I7"),
        (lambda _s, looks, _h: _row(looks, 1, "person", 2, "x"), "I7"),
        (lambda _s, looks, _h: looks[1].update(outbox=1), "I8"),
        (lambda _s, looks, _h: looks[0]["held"].append(CARD), "I8"),
        (lambda _s, looks, _h: looks[2]["attention"].clear(), "I8"),
        (lambda _s, _l, hub: hub.held.append(("bad_value", {"set": {"name": "x"}})), "I8"),
        (lambda _s, looks, _h: looks[1].update(sound=("破",)), "I9"),
        (lambda _s, looks, _h: looks[1]["stands"].update({SCOPE: (2, "ff" * 16, "")}), "I11"),
        (lambda _s, looks, _h: looks[1]["stands"].update({SCOPE: (2, TOTAL.hex(), "ff" * 16)}), "I11"),
        (lambda _s, _l, hub: hub.stands.update({SCOPE: (2, DIGESTS[0], TRAIL)}), "I11"),
    ],
)
def test_what_is_wrong_is_found(spoil: Spoil, found: str) -> None:
    assert found in wrong(spoil)


def test_a_value_that_nobody_knew_of_is_missed() -> None:
    """I6: overwritten by an op that did not build on it, and in no question."""

    def dropped(schedule: Any, _looks: Any, hub: Hub) -> None:
        hub.ops.insert(1, (2, "o0", {"set": {"name": "戊"}, "base": {}}))
        schedule.told[PERSON, "name"].insert(0, "戊")

    def replaced(schedule: Any, looks: Any, hub: Hub) -> None:
        dropped(schedule, looks, hub)
        hub.ops[-1][2]["base"]["name"] = "o0"

    assert wrong(dropped) == {"I6"}
    assert wrong(replaced) == set()
