import pytest
from sqlalchemy import func, select

from desk.models import confirmed
from desk.models.outbox import Outbox, ShadowHead
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import verify
from desk.wire.codecs import WireError
from tests.factories import MORNING


def test_many_rows_leave_shadows_and_no_ops(store: Store) -> None:
    rows = ({"number": f"LF2026-A{n:04}", "received_at": MORNING} for n in range(2500))
    with store.write_confirmed() as session:
        assert confirmed.add_many(session, "visit", rows) == 2500
    with store.read() as session:
        visit = session.scalars(select(Visit).limit(1)).one()
        assert (visit.scope_id, visit.version, visit.state, visit.anonymous) == (store.scope_id, 1, "", False)
        assert session.scalar(select(func.count()).select_from(ShadowHead)) == 2500
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0
    assert verify.run(store).ok


def test_only_in_a_confirmed_block(store: Store) -> None:
    with pytest.raises(RuntimeError, match="confirmed blocks only"), store.write("u1") as session:
        confirmed.add_many(session, "visit", [{"number": "x"}])


def test_values_are_checked(store: Store) -> None:
    with pytest.raises(WireError, match="headcount"), store.write_confirmed() as session:
        confirmed.add_many(session, "visit", [{"headcount": "three"}])
