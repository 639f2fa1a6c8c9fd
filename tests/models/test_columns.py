from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from desk.models.store import Store
from desk.models.visit import Visit
from desk.wire.codecs import WireError
from tests import factories


def test_a_moment_and_a_day_are_stored_as_they_cross_the_wire(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())
        session.add(factories.matter(tell_by=date(2026, 3, 9)))
    with store.read() as session:
        at = session.execute(text("SELECT received_at FROM visit")).scalar_one()
        day = session.execute(text("SELECT tell_by FROM matter")).scalar_one()
    assert (at, day) == ("2026-03-02T09:00:00.000+08:00", "2026-03-09")


def test_a_moment_without_offset_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(WireError), store.write("u1") as session:
        session.add(Visit(received_at=naive))
