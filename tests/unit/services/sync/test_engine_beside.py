"""A round through several scopes: what is wrong with one keeps none of the others waiting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from desk.errors import HubProblem
from desk.models import plain
from desk.models.store import Store
from desk.services.sync import cursor
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.report import RoundReport
from desk.wire.greeting import Hello, HelloAsk, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble
from tests import factories
from tests.fake_hub import FakeHub, foreign
from tests.stores import SCOPE
from tests.unit.services.sync.round_stage import save

EAST, WEST = "S:east", "S:west"


@dataclass
class Hubs:
    """One hub of three scopes."""

    parts: dict[str, FakeHub]

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        answers = [each.hello(ask) for each in self.parts.values()]
        states = [state for each in answers if isinstance(each, Hello) for state in each.scopes]
        assert isinstance(answers[0], Hello)
        return replace(answers[0], scopes=tuple(states))

    def push(self, push: Push) -> Pushed | AnyTrouble:
        return self.parts[push.scope].push(push)

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        return self.parts[pull.wants[0].scope].pull(pull)

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        return self.parts[scope].snapshot(scope, after)


@pytest.fixture
def hubs() -> Hubs:
    made = Hubs({scope: FakeHub(scope) for scope in (SCOPE, EAST, WEST)})
    for scope, part in made.parts.items():
        part.write([foreign(f"f-{scope}", "person", f"p-{scope}", name="赵某某")])
    return made


def go(store: Store, hubs: Hubs) -> RoundReport:
    return run_round(StoreKeeper(store), hubs)


def people(store: Store) -> set[str]:
    with store.read() as rows:
        return {row[0] for row in plain.ask(rows, "SELECT scope_id FROM person")}


def test_a_difference_in_one_scope_hides_no_other_past_in_another(store: Store, hubs: Hubs) -> None:
    keeper, east = StoreKeeper(store), hubs.parts[EAST]
    run_round(keeper, hubs)
    west = hubs.parts[WEST]
    kept = west.backup()
    west.write([foreign("f-lost", "person", "p-lost", name="钱某某")])
    run_round(keeper, hubs)
    east.wrong_digest = "00"
    for _n in range(2):
        report = run_round(keeper, hubs)
        assert (report.trouble, report.scope) == ("digest", EAST)
    west.restore(kept)
    west.write([foreign("f-new", "person", "p-new", name="孙某某")])
    run_round(keeper, hubs)
    assert "f-lost" in {each.op.op for each in west.revisions}


def unreadable_revision(part: FakeHub) -> None:
    part.write([foreign("bad", "person", "p-bad")])
    part.revisions[-1] = part.revisions[-1]._replace(op=OpIn("bad", b"[]"))


def unreadable_answer(part: FakeHub) -> None:
    def junk(_asked: Any) -> Any:
        raise HubProblem("县级平台的回答读不懂", field="unreadable")

    part.pull = junk  # type: ignore[method-assign]


def breaking_page(part: FakeHub) -> None:
    """What a page holds is read and cannot be stored: nobody thought of it when the checks were written."""

    def breaks(_asked: Any) -> Any:
        raise OverflowError("int too big to convert")

    part.pull = breaks  # type: ignore[method-assign]


def halted(part: FakeHub) -> None:
    part.halted = True


@pytest.mark.parametrize("spoil", [unreadable_revision, unreadable_answer, breaking_page])
@pytest.mark.parametrize("scope", [EAST, WEST])
def test_one_page_that_cannot_be_read_stops_only_its_scope(
    store: Store, hubs: Hubs, scope: str, spoil: Callable[[FakeHub], None]
) -> None:
    spoil(hubs.parts[scope])
    report = go(store, hubs)
    assert (report.reached, report.trouble, report.scope) == (True, "unreadable", scope)
    assert people(store) == {SCOPE, EAST, WEST} - {scope}
    with store.read() as rows:
        assert cursor.read(rows, scope).version == 0


def test_the_others_come_even_where_the_desks_own_cannot_be_read(store: Store, hubs: Hubs) -> None:
    unreadable_revision(hubs.parts[SCOPE])
    report = go(store, hubs)
    assert (report.reached, report.trouble, report.scope) == (False, "unreadable", "")
    assert people(store) == {EAST, WEST}
    assert report.pulled == 2


def test_a_halt_is_told_with_its_scope(store: Store, hubs: Hubs) -> None:
    halted(hubs.parts[EAST])
    report = go(store, hubs)
    assert (report.trouble, report.scope) == ("halted", EAST)
    assert people(store) == {SCOPE, EAST, WEST}


def test_a_line_that_is_dead_ends_the_round(store: Store, hubs: Hubs) -> None:
    save(store, factories.person())
    hubs.parts[EAST].pull = hubs.parts[EAST].snapshot = _dead  # type: ignore[method-assign, assignment]
    report = go(store, hubs)
    assert (report.reached, report.trouble) == (False, "no_line")
    assert hubs.parts[WEST].asked == ["hello"]


def _dead(*_asked: Any) -> Any:
    raise HubProblem("连不上县级平台", field="no_line")
