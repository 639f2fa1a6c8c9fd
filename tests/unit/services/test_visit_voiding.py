"""What goes with a voided visit."""

import pytest
from sqlalchemy import select

from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.receipt import Receipt
from desk.models.visit import Visit
from desk.services import search_index
from tests.unit.services.visit_stage import Stage


@pytest.mark.parametrize("table", [Visit, Matter, Receipt, Consultation])
def test_every_row_stays_with_the_reason(stage: Stage, table: type[Visit]) -> None:
    visit_id = stage.finished(outcome="consultation")
    stage.visits.void(visit_id, " 重复登记 ")
    with stage.store.read() as rows:
        row = rows.scalars(select(table)).one()
        assert (row.void, row.void_reason) == (True, "重复登记")


def test_it_is_found_no_more(stage: Stage) -> None:
    visit_id = stage.finished()
    with stage.store.read() as rows:
        assert search_index.newest(rows, "积水", "visit", 5) == (visit_id,)
    stage.visits.void(visit_id, "重复登记")
    with stage.store.read() as rows:
        assert search_index.newest(rows, "积水", "visit", 5) == ()


def test_who_waits_may_leave(stage: Stage) -> None:
    waiting = stage.visits.wait(stage.form()).value
    stage.visits.void(waiting.id, "等不及走了")
    assert stage.visits.open(stage.form()).value.number == "LF2026-A0001"
