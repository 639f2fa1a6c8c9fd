"""接待代表 of a visit: from those on duty, apart from the registrar."""

from datetime import timedelta

import pytest

from desk.errors import InputProblem
from desk.models.duty import Duty
from desk.services import visit_receivers
from tests import factories
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def off_duty(stage: Stage, fake_clock: FakeClock) -> str:
    deputy = factories.deputy(name="郑某某", consultative=True)
    with stage.store.write_confirmed() as rows:
        rows.add(deputy)
        return deputy.record_id


def test_who_is_not_on_duty_does_not_receive(stage: Stage, fake_clock: FakeClock) -> None:
    with pytest.raises(InputProblem, match="郑某某没有上岗"):
        stage.visits.open(stage.form(receiver_ids=(off_duty(stage, fake_clock),)))
    with pytest.raises(InputProblem, match="没有找到"):
        stage.visits.open(stage.form(receiver_ids=("nobody",)))


def test_a_backfill_names_whom_it_was(stage: Stage, fake_clock: FakeClock) -> None:
    form = stage.form(
        receiver_ids=(off_duty(stage, fake_clock),),
        backfilled=True,
        received_at=fake_clock.moment - timedelta(days=5),
    )
    assert stage.visits.open(form).value.receivers_text == "郑某某（议政代表）"


def test_who_left_after_the_visit_began_still_received_it(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.visits.open(stage.form(receiver_ids=())).value.id
    fake_clock.forward(minutes=30)
    with stage.store.write("u1") as rows:
        duty = rows.query(Duty).filter(Duty.deputy_id == stage.deputy_id).one()
        duty.ended_at = fake_clock.moment
    fake_clock.forward(minutes=30)
    stage.visits.finish(visit_id, stage.form())
    with pytest.raises(InputProblem, match="没有上岗"):
        stage.visits.open(stage.form())


def test_receivers_are_changed_by_the_form(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    stage.visits.save(visit_id, stage.form(receiver_ids=(stage.other_deputy_id,)))
    with stage.store.read() as rows:
        assert visit_receivers.ids_of(rows, visit_id) == (stage.other_deputy_id,)
    again = stage.form(receiver_ids=(stage.deputy_id, stage.deputy_id))
    assert stage.visits.save(visit_id, again).value.receivers_text == "李某某（市、县）"


def test_a_receiver_is_shown_with_levels() -> None:
    assert visit_receivers.shown("王某某", "市、县") == "王某某（市、县）"
    assert visit_receivers.shown("王某某", "") == "王某某"
