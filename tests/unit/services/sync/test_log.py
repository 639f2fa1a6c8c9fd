"""The log of revisions: what it clears, keeps and gives back."""

import json
from typing import Any

from sqlalchemy.orm import Session

from desk.models import plain
from desk.models.store import Store
from desk.services.sync import log
from desk.services.sync.heads import Step, told_by
from desk.wire.incoming import OpIn
from desk.wire.revision import Conflict, Revision
from tests import factories
from tests.fake_hub import foreign
from tests.stores import SCOPE

AT = "2026-11-23T09:00:00.000+08:00"
OPEN = Conflict("c1", "phone", "o2", "o1", "138", "139", "shared")


def step(
    version: int, op: str, *, conflicts: tuple[Conflict, ...] = (), closed: tuple[str, ...] = ()
) -> Step:
    body = json.dumps(foreign(op, "person", "p1", name="赵某某")).encode()
    revision = Revision(version, 0, AT, "applied", OpIn(op, body), {"name": "赵某某"}, conflicts, closed)
    return Step(revision, told_by(body), {"new": True})


def column(rows: Session, words: str) -> list[Any]:
    return [row[0] for row in plain.ask(rows, words)]


def test_what_was_ours_leaves_the_outbox(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    with store.write_confirmed() as rows:
        (body,) = column(rows, "SELECT body FROM outbox")
        own = told_by(body)
        name = json.loads(body)["op"]
        made = Step(Revision(1, 0, AT, "applied", OpIn(name, body), {}), own, None)
        assert log.keep(rows, SCOPE, [made, step(2, "f1")]) == {name}
        assert column(rows, "SELECT count(*) FROM outbox") == [0]
        assert [each.op_id for each in log.held(rows, {"f1", "nobody", name})] == [name, "f1"]


def test_conflicts_open_close_and_are_taken_back(store: Store) -> None:
    with store.write_confirmed() as rows:
        log.keep(rows, SCOPE, [step(1, "o1"), step(2, "o2", conflicts=(OPEN,))])
        assert column(rows, "SELECT state FROM conflict") == ["open"]
        log.keep(rows, SCOPE, [step(3, "o3", closed=("c1",))])
        assert plain.ask(rows, "SELECT state, closed_by FROM conflict") == [("closed", "o3")]
        lost = log.above(rows, SCOPE, 2)
        log.forget_above(rows, SCOPE, 2, lost)
        assert plain.ask(rows, "SELECT state, closed_by FROM conflict") == [("open", "")]
        log.forget_above(rows, SCOPE, 1, log.above(rows, SCOPE, 1))
        assert column(rows, "SELECT count(*) FROM conflict") == [0]
        assert [each.op_id for each in log.above(rows, SCOPE, 0)] == ["o1"]


def test_what_is_offered_first_stands_in_its_order_before_what_waits(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    with store.write_confirmed() as rows:
        (waiting,) = column(rows, "SELECT op_id FROM outbox")
        log.keep(rows, SCOPE, [step(1, "o1"), step(2, "o2")])
        lost = log.above(rows, SCOPE, 0)
        log.offer_first(rows, SCOPE, lost)
        log.offer_first(rows, SCOPE, lost)
        assert column(rows, "SELECT op_id FROM outbox ORDER BY position") == ["o1", "o2", waiting]


def test_what_is_durable_goes_but_no_own_one_above_a_pending_op(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    with store.write_confirmed() as rows:
        (incarnation,) = column(rows, "SELECT incarnation FROM meta")
        own = step(2, "o2").told._replace(incarnation=incarnation, seq=7)
        log.keep(rows, SCOPE, [step(1, "o1"), Step(step(2, "o2").revision, own, None), step(3, "o3")])
        log.prune(rows, SCOPE, 2)
        assert column(rows, "SELECT op_id FROM revision_log ORDER BY version") == ["o2", "o3"]


def test_what_is_offered_again_is_not_pruned(store: Store) -> None:
    """It tells that the shadow has the op, whose words are not laid over it another time."""
    with store.write_confirmed() as rows:
        log.keep(rows, SCOPE, [step(1, "o1"), step(2, "o2")])
        log.offer_first(rows, SCOPE, log.held(rows, {"o1"}))
        log.prune(rows, SCOPE, 2)
        assert column(rows, "SELECT op_id FROM revision_log") == ["o1"]
