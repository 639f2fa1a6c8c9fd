"""What came from the hub is found as if it had been written here."""

from datetime import timedelta
from typing import Any

import pytest

from desk.models import plain
from desk.models.store import Store
from desk.services import search_index
from desk.services.sync import finding
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from tests import factories
from tests.fake_hub import FakeHub
from tests.stores import KEY, SCOPE

HUB_ROWS = {
    "visit": {"state": "finished"},
    "matter": {"outcome": "mediation", "subject": "宅基地边界"},
    "mediation": {"number": "TJ2026-A0007", "title": "", "registered_at": factories.MORNING},
    "party": {"side": "applicant", "name": "冯某某", "phone": "13900001234"},
    "consultation": {"number": "ZX2026-A0003", "name_told": "卫某某", "consulted_at": factories.MORNING},
    "opponent": {"name": "蒋某某"},
}


@pytest.fixture
def pulled(store: Store, tmp_path: Any) -> Store:
    """A desk that knows all of this only from the hub."""
    other = Store.create(tmp_path / "other", KEY, scope_id=SCOPE)
    hub = FakeHub(SCOPE)
    with other.write("u1") as rows:
        visit = factories.visit(record_id="v1", person_id="p1", **HUB_ROWS["visit"])
        rows.add_all([factories.person(record_id="p1"), visit])
        rows.add(factories.companion(visit_id="v1", name_told="沈某某"))
        rows.add(factories.matter(record_id="m1", visit_id="v1", **HUB_ROWS["matter"]))
        rows.add(factories.mediation(record_id="t1", matter_id="m1", **HUB_ROWS["mediation"]))
        rows.add(factories.ALL["party"](record_id="y1", mediation_id="t1", **HUB_ROWS["party"]))
        rows.add(factories.consultation(record_id="z1", matter_id="", **HUB_ROWS["consultation"]))
        rows.add(factories.ALL["opponent"](record_id="o1", consultation_id="z1", **HUB_ROWS["opponent"]))
    for each in (other, store):
        assert run_round(StoreKeeper(each), hub).reached
    other.close()
    return store


def found(store: Store, typed: str, shelf: Any) -> tuple[str, ...]:
    with store.read() as rows:
        return search_index.newest(rows, typed, shelf, 10)


@pytest.mark.parametrize(
    ("typed", "shelf", "record_id"),
    [
        ("宅基地", "visit", "v1"),
        ("沈某", "visit", "v1"),
        ("0007", "number", "v1"),
        ("王某", "person", "p1"),
        ("6621", "person", "p1"),
        ("冯某", "case", "t1"),
        ("1234", "case", "t1"),
        ("卫某", "consultation", "z1"),
        ("蒋某", "consultation", "z1"),
    ],
)
def test_it_is_found_by_what_it_says(pulled: Store, typed: str, shelf: str, record_id: str) -> None:
    assert found(pulled, typed, shelf) == (record_id,)


def test_the_conflict_check_knows_who_stood_where(pulled: Store) -> None:
    """FL-11."""
    with pulled.read() as rows:
        asked = set(plain.ask(rows, "SELECT DISTINCT noun, record_id, case_id, side FROM conflict_key"))
    assert asked == {
        ("visit", "v1", "v1", "ours"),
        ("mediation", "y1", "t1", "applicant"),
        ("consultation", "z1", "z1", "ours"),
        ("consultation", "o1", "z1", "theirs"),
    }


@pytest.mark.parametrize(
    ("noun", "record_id", "typed", "shelf"),
    [
        ("visit", "v1", "宅基地", "visit"),
        ("person", "p1", "王某", "person"),
        ("mediation", "t1", "冯某", "case"),
        ("consultation", "z1", "卫某", "consultation"),
    ],
)
def test_what_was_made_void_is_found_no_more(
    pulled: Store, noun: str, record_id: str, typed: str, shelf: str
) -> None:
    with pulled.write_confirmed() as rows:
        plain.write(rows, f"UPDATE {noun} SET void = 1 WHERE record_id = ?", (record_id,))
        finding.refresh(rows, {noun: [record_id]})
    assert found(pulled, typed, shelf) == ()
    with pulled.read() as rows:
        left = plain.ask(rows, "SELECT count(*) FROM conflict_key WHERE record_id = ?", (record_id,))
    assert left == [(0,)]


def test_people_stand_under_their_last_visit(pulled: Store) -> None:
    with pulled.write_confirmed() as rows:
        later = factories.MORNING + timedelta(days=3)
        plain.write(rows, "UPDATE visit SET received_at = ?", (later.isoformat(timespec="milliseconds"),))
        finding.refresh(rows, {"visit": ["v1"]})
        row = plain.ask(rows, "SELECT row FROM search_hit WHERE noun = 'person'")[0][0]
    assert search_index.moment_of(row) == later


@pytest.mark.parametrize("held", [1, 2, 5_000])
def test_who_came_often_stands_once_under_the_last_visit(
    held: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else it would take more than five hundred visits to go through them in pieces, and five thousand to
    # write them so.
    monkeypatch.setattr(finding, "_AT_ONCE", 1)
    monkeypatch.setattr(finding, "_HELD", held)
    days = [factories.MORNING + timedelta(days=n) for n in range(3)]
    with store.write("u1") as rows:
        rows.add(factories.person(record_id="p1"))
        rows.add_all(
            factories.visit(record_id=f"v{n}", person_id="p1", received_at=at) for n, at in enumerate(days)
        )
    with store.write_confirmed() as rows:
        finding.refresh(rows, {"visit": ["v2", "v0", "v1"], "person": ["p1"]})
        asked = plain.ask(rows, "SELECT noun, record_id, row FROM search_hit ORDER BY noun, record_id")
    stands = [(noun, record_id, search_index.moment_of(row)) for noun, record_id, row in asked]
    assert stands == [("person", "p1", days[2]), *(("visit", f"v{n}", at) for n, at in enumerate(days))]
    assert found(store, "王某", "person") == ("p1",)
    assert found(store, "王某", "visit") == ("v2", "v1", "v0")


def test_people_without_a_visit_wait_for_the_end_of_a_snapshot(pulled: Store) -> None:
    with pulled.write_confirmed() as rows:
        plain.write(rows, "UPDATE visit SET person_id = ''")
        search_index.drop(rows, "person", "p1")
        finding.refresh(rows, {"person": ["p1"]}, more_to_come=True)
    assert found(pulled, "王某", "person") == ()
    with pulled.write_confirmed() as rows:
        finding.finish(rows)
    assert found(pulled, "王某", "person") == ("p1",)
