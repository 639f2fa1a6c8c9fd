"""After an upgrade, what was carried unknown becomes fields and rows (sync.md 2.11)."""

import json
from typing import Any

import pytest

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import search_index, verify
from desk.services.sync import refolding, shadow, view
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.records import RECORDS, SCHEMA
from tests import factories
from tests.stores import SCOPE

AT = "2026-11-23T09:00:00.000+08:00"
PERSON, VISIT = ("person", "p1"), ("visit", "v1")


def came(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a newer desk's records come in while this program knew neither the phone nor the noun visit."""
    heads: dict[Any, Head | None] = {
        PERSON: Head(1, {"name": "赵某某", "phone": "13800000009"}, {"*": "f1"}),
        VISIT: Head(1, {"name_told": "钱某某", "received_at": AT}, {"*": "f2"}),
    }
    person = RECORDS["person"]
    known = Record("person", tuple(each for each in person.fields if each.name != "phone"))
    with monkeypatch.context() as before, store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, heads)
        before.setattr(view, "RECORDS", {"person": known})
        view._upsert.cache_clear()
        view.rebuild(rows, SCOPE, heads)
        plain.write(rows, "UPDATE meta SET folded = ?", (SCHEMA - 1,))
    view._upsert.cache_clear()


def test_unknown_fields_and_nouns_are_folded_at_the_first_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(store, monkeypatch)
    with store.read() as rows:
        assert json.loads(plain.ask(rows, "SELECT extra FROM person")[0][0]) == {"phone": "13800000009"}
        assert rows.get(Visit, "v1") is None
    assert refolding.catch_up(store) == {"person", "visit"}
    with store.read() as rows:
        assert rows.get_one(Person, "p1").phone == "13800000009"
        assert rows.get_one(Person, "p1").extra == {}
        assert rows.get_one(Visit, "v1").name_told == "钱某某"
        assert search_index.newest(rows, "钱某某", "visit", 10) == ("v1",)
    assert verify.run(store).ok


def test_it_is_done_once_for_a_schema(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refolding.catch_up(store) == frozenset()
    came(store, monkeypatch)
    refolding.catch_up(store)

    def never(*_said: object) -> None:
        raise AssertionError("nothing is left to fold")

    monkeypatch.setattr(view, "rebuild_keys", never)
    assert refolding.catch_up(store) == frozenset()


def test_what_was_never_at_a_hub_and_what_is_still_unknown_stay(store: Store) -> None:
    person = factories.person()
    with store.write("u1") as rows:
        rows.add(person)
    head = Head(1, {"name": "赵某某", "mood": "good"}, {"*": "f1"})
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {PERSON: head, ("planet", "x1"): Head(1, {"name": "火星"})})
        view.rebuild(rows, SCOPE, {PERSON: head})
        plain.write(rows, "UPDATE meta SET folded = NULL")
    assert refolding.catch_up(store) == frozenset()
    with store.read() as rows:
        assert rows.get_one(Person, person.record_id).name == person.name
        assert rows.get_one(Person, "p1").extra == {"mood": "good"}
    assert verify.run(store).ok


def test_a_value_no_field_could_hold_keeps_nobody_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One PC in wrong hands wrote it before anybody could look at it."""
    bad: dict[Any, Head | None] = {PERSON: Head(1, {"name": "赵某某", "birth_date": "gestern"}, {"*": "f1"})}
    known = Record("person", tuple(each for each in RECORDS["person"].fields if each.name != "birth_date"))
    with monkeypatch.context() as before, store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, bad)
        before.setattr(view, "RECORDS", {"person": known})
        view._upsert.cache_clear()
        view.rebuild(rows, SCOPE, bad)
        plain.write(rows, "UPDATE meta SET folded = ?", (SCHEMA - 1,))
    view._upsert.cache_clear()
    assert refolding.catch_up(store) == {"person"}
    with store.read() as rows:
        person = rows.get_one(Person, "p1")
        assert (person.name, person.birth_date, person.extra) == ("赵某某", None, {"birth_date": "gestern"})
        assert plain.ask(rows, "SELECT record_id, verdict FROM attention") == [("p1", "aside")]
        assert plain.ask(rows, "SELECT folded FROM meta") == [(SCHEMA,)]
    assert verify.run(store).ok
