"""How a visit begins (product.md: receipt first; three times)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.errors import InputProblem
from desk.models.local import ReceiptSecret
from desk.models.visit import Visit
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def test_arrival_may_be_earlier_than_reception(stage: Stage, fake_clock: FakeClock) -> None:
    arrived = fake_clock.moment - timedelta(minutes=15)
    shown = stage.visits.open(stage.form(arrived_at=arrived)).value
    assert (shown.arrived_at, shown.received_at) == (arrived, fake_clock.moment)


def test_nobody_was_received_tomorrow(stage: Stage, fake_clock: FakeClock) -> None:
    with pytest.raises(InputProblem, match="还没有到"):
        stage.visits.open(stage.form(backfilled=True, received_at=fake_clock.moment + timedelta(days=1)))


def test_the_visit_remembers_its_profile_and_registrar(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    with stage.store.read() as rows:
        visit = rows.get_one(Visit, visit_id)
    assert (visit.profile_version, visit.registrar_id) == ("2026.1", stage.session.user.id)


def test_the_token_of_the_receipt_stays_in_the_store(stage: Stage) -> None:
    stage.visits.open(stage.form())
    with stage.store.read() as rows:
        assert len(rows.scalars(select(ReceiptSecret.token)).one()) == 16


def test_nothing_of_a_refused_visit_is_left(stage: Stage) -> None:
    form = stage.form(backfilled=True, pad_no="LF2026-A9999", received_at=None)
    with pytest.raises(InputProblem):
        stage.visits.open(form)
    with stage.store.read() as rows:
        assert rows.scalars(select(Visit)).all() == []
    assert stage.visits.open(stage.form()).value.number == "LF2026-A0001"


def test_waiting_spends_no_number(stage: Stage) -> None:
    waiting = stage.visits.wait(stage.form()).value
    assert stage.visits.open(stage.form()).value.number == "LF2026-A0001"
    assert stage.visits.receive(waiting.id).value.number == "LF2026-A0002"
    with pytest.raises(InputProblem, match="正在接待"):
        stage.visits.receive(waiting.id)
