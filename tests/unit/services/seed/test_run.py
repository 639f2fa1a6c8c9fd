"""A filled store is whole, repeats with its seed, and the desk goes on from it."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk import ids
from desk.models import plain
from desk.models.consultation import Consultation
from desk.models.local import NumberCounter
from desk.models.matter import Matter
from desk.models.outbox import Outbox
from desk.models.party import Party
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import adoption, conflicts, receipts, verify
from desk.services.profile import load_default
from desk.services.search import Search
from desk.services.seed import run
from desk.services.seed.run import Plan
from tests.fakes import FakeClock
from tests.stores import KEY, SCOPE
from tests.unit.services.visit_stage import Stage, build

UNTIL = date(2026, 2, 27)


def filled(store: Store, visits: int, seed: int = 4) -> Stage:
    stage = build(store)
    with store.write("u1") as rows:
        receipts.ensure_key(rows)
    assert run.fill(store, stage.session.user.id, load_default(), Plan(visits, seed, UNTIL)) == visits
    return stage


def test_a_filled_store_is_whole_and_has_no_ops_of_the_seed(store: Store, fake_clock: FakeClock) -> None:
    stage = filled(store, 120)
    assert verify.run(store).ok
    with store.read() as rows:
        assert rows.scalar(select(func.count()).select_from(Visit)) == 120
        assert rows.scalar(select(func.count()).select_from(Outbox).where(Outbox.noun == "visit")) == 0
        first, last = rows.execute(select(func.min(Visit.received_at), func.max(Visit.received_at))).one()
        assert last.date() == UNTIL
        assert last - first > timedelta(days=1000)
    assert stage.visits.counts().batches < 120, "safe visits are not the clerk's"


def test_the_desk_goes_on_from_the_numbers_of_the_seed(store: Store, fake_clock: FakeClock) -> None:
    stage = filled(store, 90)
    with store.read() as rows:
        spent = rows.get_one(NumberCounter, ("visit", "A", 2026)).last
    number = stage.visits.get(stage.finished()).number
    assert number == f"LF2026-A{spent + 1:04}"


def test_what_was_seeded_is_found(store: Store, fake_clock: FakeClock) -> None:
    stage = filled(store, 200)
    labels = [group.label for group in Search(store, stage.session).find("王")]
    assert {"来访人", "来访"} <= set(labels)
    assert Search(store, stage.session).find("积水")


def test_the_same_seed_makes_the_same_records(tmp_path: Path, fake_clock: FakeClock) -> None:
    def words(folder: str, seed: int) -> list[tuple[str, str, str]]:
        store = Store.create(tmp_path / folder, KEY, scope_id=SCOPE)
        filled(store, 40, seed)
        query = select(Visit.record_id, Visit.name_told, Matter.statement)
        with store.read() as rows:
            found = rows.execute(
                query.join(Matter, Matter.visit_id == Visit.record_id).order_by(Visit.number)
            )
            made = [(row[0], row[1], row[2]) for row in found]
        store.close()
        return made

    assert words("a", 1) == words("b", 1) != words("c", 2)


def test_ids_are_drawn_at_random_again_afterwards(store: Store, fake_clock: FakeClock) -> None:
    filled(store, 3)
    assert ids.new_id() != ids.new_id()


def test_progress_is_told(store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_AT_ONCE", 10)
    told: list[int] = []
    stage = build(store)
    with store.write("u1") as rows:
        receipts.ensure_key(rows)
    run.fill(store, stage.session.user.id, load_default(), Plan(25, 1, UNTIL), told.append)
    assert told == [10, 20, 25]


def test_nothing_is_left_to_be_taken_over(store: Store, fake_clock: FakeClock) -> None:
    stage = filled(store, 200)
    assert adoption.adopt(store, stage.session.user, load_default()) == 0


def test_the_conflict_check_knows_who_came_with_a_quarrel(store: Store, fake_clock: FakeClock) -> None:
    """FL-11: visits, and the parties of mediations and consultations that came of them."""
    filled(store, 120)
    query = "SELECT key, noun, record_id, case_id, side FROM conflict_key"
    with store.write_local() as rows:
        seeded = Counter(plain.ask(rows, query))
        both = select(Visit, Matter.outcome).join(Matter, Matter.visit_id == Visit.record_id)
        for visit, outcome in rows.execute(both):
            conflicts.file_visit(rows, visit, outcome)
        for party in rows.scalars(select(Party)):
            conflicts.file_party(rows, party)
        for row in rows.scalars(select(Consultation)):
            conflicts.file_consultation(rows, row, ())
        assert {noun for _key, noun, _id, _case, _side in seeded} == {"visit", "mediation", "consultation"}
        assert Counter(plain.ask(rows, query)) == seeded
