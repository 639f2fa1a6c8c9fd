"""Values that are none of their field's stop nothing: kept aside, told, and gone once they are replaced."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.models import plain
from desk.models.mediation import Mediation
from desk.models.store import Store
from desk.services import verify
from desk.services.sync import aside, engine, shadow, view
from desk.wire.heads import Head
from desk.wire.records import RECORDS
from tests.fake_hub import FakeHub, foreign, patch
from tests.stores import SCOPE
from tests.unit.services.sync.round_stage import change, count, go

CASE = ("mediation", "m1")
GOOD = {"title": "路灯"}
BAD = {"applied_on": "gestern", "headcount": "viele", "risk_flags": "A B"}
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-9, 2**53 + 1), st.text(max_size=4))


def came(store: Store, hub: FakeHub) -> None:
    """Let in a case whose fields one PC had filled with anything before they were known."""
    hub.write([foreign("f1", *CASE, **GOOD, **BAD)])
    go(store, hub)


def noted(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as rows:
        return plain.ask(rows, "SELECT noun, record_id, code, given_up_at FROM attention")


@pytest.mark.parametrize("names", [tuple(BAD), ("headcount",)])
def test_they_stop_no_page_and_stand_aside(store: Store, hub: FakeHub, names: tuple[str, ...]) -> None:
    hub.write([foreign("f1", *CASE, **GOOD, **{name: BAD[name] for name in names})])
    go(store, hub)
    with store.read() as rows:
        case = rows.get_one(Mediation, "m1")
        assert (case.title, case.applied_on, case.headcount, case.risk_flags) == ("路灯", None, 0, "")
        assert case.extra == {name: BAD[name] for name in names}
    assert noted(store) == [(*CASE, aside.CODE, None)]


def test_they_stop_no_snapshot(store: Store, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SNAPSHOT_ABOVE", 0)
    came(store, hub)
    assert "snapshot" in hub.asked
    assert len(noted(store)) == 1
    assert verify.run(store).ok


def test_who_fills_the_field_in_anew_replaces_them(store: Store, hub: FakeHub, other: Store) -> None:
    came(store, hub)
    go(other, hub)
    change(store, Mediation, "m1", applied_on=date(2026, 11, 26), headcount=3)
    with store.read() as rows:
        assert rows.get_one(Mediation, "m1").extra == {"risk_flags": "A B"}
    assert verify.run(store).ok
    go(store, hub)
    assert len(noted(store)) == 1
    change(store, Mediation, "m1", risk_flags="arms")
    assert verify.run(store).ok
    go(store, hub)
    go(other, hub)
    assert noted(store) == noted(other) == []
    with other.read() as rows:
        assert rows.get_one(Mediation, "m1").headcount == 3


def test_the_note_goes_with_the_values_and_comes_once(store: Store, hub: FakeHub) -> None:
    came(store, hub)
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE attention SET given_up_at = '2026-11-26T09:00:00.000+08:00'")
        view.rebuild_keys(rows, SCOPE, {CASE})
    assert noted(store)[0][3] is not None
    hub.write([patch("f2", *CASE, "f1", applied_on="morgen")])
    go(store, hub)
    assert noted(store)[0][3] is None
    good = {"applied_on": "2026-11-26", "headcount": 2, "risk_flags": "arms"}
    hub.write(
        [patch("f3", *CASE, "f1", **good) | {"base": {**dict.fromkeys(good, "f1"), "applied_on": "f2"}}]
    )
    go(store, hub)
    assert noted(store) == []
    with store.read() as rows:
        assert rows.get_one(Mediation, "m1").extra == {}


def test_what_is_offered_again_stops_no_new_life(store: Store, hub: FakeHub) -> None:
    empty = hub.backup()
    came(store, hub)
    hub.restore(empty, "e2")
    hub.refuse = lambda _op: None
    go(store, hub)
    assert count(store, "mediation") == 1
    assert len(noted(store)) == 1


def test_those_of_another_station_are_not_ours_to_mend(store: Store) -> None:
    heads: dict[Any, Head | None] = {CASE: Head(1, {**GOOD, **BAD}, {"*": "f1"})}
    with store.write_confirmed() as rows:
        shadow.put(rows, "S:other", heads)
        view.rebuild(rows, "S:other", heads)
    assert noted(store) == []


@given(st.lists(st.dictionaries(st.sampled_from(["title", *BAD, "void"]), PLAIN), max_size=4))
def test_many_are_looked_at_as_each_would_be(bodies: list[dict[str, Any]]) -> None:
    record = RECORDS["mediation"]
    heads = {f"m{n}": Head(1, {**record.defaults, **body}) for n, body in enumerate(bodies)}
    alone = {record_id: record.unfit(head.fields) for record_id, head in heads.items()}
    assert aside.unfit(record, heads) == {record_id: bad for record_id, bad in alone.items() if bad}


def test_the_list_says_which_values(store: Store, hub: FakeHub) -> None:
    came(store, hub)
    with store.read() as rows:
        ((body,),) = plain.ask(rows, "SELECT body FROM attention")
    assert json.loads(body) == {"set": BAD, "user": "u9"}
