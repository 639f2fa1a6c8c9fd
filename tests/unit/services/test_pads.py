"""Pads (product.md, Paper and back): reserved numbers and the forms that come back."""

from datetime import timedelta

import pytest

from desk.errors import InputProblem
from desk.models.visit import Visit
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def test_reserved_numbers_are_spent_once(stage: Stage) -> None:
    made = stage.pads.reserve(3).value
    assert [pad.number for pad in made] == ["LF2026-A0001", "LF2026-A0002", "LF2026-A0003"]
    assert len({pad.spoken for pad in made}) == 3
    assert stage.visits.open(stage.form()).value.number == "LF2026-A0004"
    assert stage.pads.open() == made


@pytest.mark.parametrize("count", [0, 201])
def test_not_none_and_not_too_many(stage: Stage, count: int) -> None:
    with pytest.raises(InputProblem, match="1 到 200"):
        stage.pads.reserve(count)


def test_a_form_comes_back_with_true_reception_and_entry_time(stage: Stage, fake_clock: FakeClock) -> None:
    """产品: 补录 keeps true reception time and entry time, marked as such."""
    pad = stage.pads.reserve(1).value[0]
    truly = fake_clock.moment
    fake_clock.forward(days=2)
    form = stage.form(backfilled=True, pad_no=f" {pad.number.lower()} ", received_at=truly)
    shown = stage.visits.open(form).value
    assert (shown.number, shown.spoken, shown.received_at) == (pad.number, pad.spoken, truly)
    with stage.store.read() as rows:
        visit = rows.get_one(Visit, shown.id)
        assert (visit.backfilled, visit.pad_no, visit.entered_at) == (True, pad.number, fake_clock.moment)
        assert visit.received_at == fake_clock.moment - timedelta(days=2)
    assert stage.pads.open() == ()


def test_a_number_comes_back_once_and_only_if_reserved_here(stage: Stage, fake_clock: FakeClock) -> None:
    pad = stage.pads.reserve(1).value[0]
    form = stage.form(backfilled=True, pad_no=pad.number, received_at=fake_clock.moment)
    stage.visits.open(form)
    with pytest.raises(InputProblem, match="已经补录"):
        stage.visits.open(form)
    with pytest.raises(InputProblem, match="没有预留"):
        stage.visits.open(stage.form(backfilled=True, pad_no="LF2026-B0009", received_at=fake_clock.moment))
