"""The write block of a verb: rights first, one op per row, nothing half done."""

from collections import Counter

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.outbox import Outbox
from desk.models.receipt import Receipt
from tests.unit.services.visit_stage import Stage


def test_finishing_leaves_one_op_for_each_row(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    with stage.store.read() as rows:
        before = len(rows.scalars(select(Outbox.position)).all())
    stage.visits.finish(visit_id, stage.form(phone_ok=True))
    with stage.store.read() as rows:
        nouns = [row.noun for row in rows.scalars(select(Outbox).order_by(Outbox.position))][before:]
    assert Counter(nouns) == Counter(["visit", "matter", "person", "consent", "reply", "audit"])


def test_a_locked_desk_writes_nothing(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    stage.session.lock()
    for verb in (stage.visits.save, stage.visits.finish):
        with pytest.raises(AccessProblem, match="锁定"):
            verb(visit_id, stage.form())


def test_a_visit_that_becomes_safe_has_a_plain_receipt(stage: Stage) -> None:
    """product.md Safe: number and station phone only, from then on."""
    visit_id = stage.visits.open(stage.form()).value.id
    stage.visits.save(visit_id, stage.form(safety="domestic_violence"))
    with stage.store.read() as rows:
        assert rows.scalars(select(Receipt.plain)).all() == [True]


def test_saving_may_not_take_name_and_subject_away(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    with pytest.raises(InputProblem, match="事由"):
        stage.visits.save(visit_id, stage.form(subject=" "))
    assert stage.visits.get(visit_id).subject == "小区雨后积水"
