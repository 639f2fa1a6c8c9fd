"""Numbers and the clock they are made with (product.md Numbers; issue A §8, clock set wrong)."""

import pytest
from sqlalchemy import select

from desk.errors import ClockProblem, StoreProblem
from desk.models.audit import Audit
from desk.models.device import Device
from desk.models.meta import Meta
from desk.models.store import Store
from desk.rules.numbers import is_spoken
from desk.services.numbers import Kind, Numbers
from desk.services.profiles import Profiles
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage, build


def draw(stage: Stage, kind: Kind = "visit") -> str:
    with stage.store.write("u1") as rows:
        return stage.numbers.next(rows, kind)


def test_numbers_run_per_kind_letter_and_year(stage: Stage, fake_clock: FakeClock) -> None:
    assert [draw(stage), draw(stage), draw(stage, "proposal")] == [
        "LF2026-A0001",
        "LF2026-A0002",
        "NB2026-A0001",
    ]
    assert [draw(stage, "mediation"), draw(stage, "consultation")] == ["TJ2026-A0001", "ZX2026-A0001"]
    fake_clock.set("2026-12-20T09:00:00+08:00")
    draw(stage)
    fake_clock.set("2027-01-04T00:10:00+08:00")
    assert draw(stage) == "LF2027-A0001"


def test_the_year_is_that_of_the_local_day(stage: Stage, fake_clock: FakeClock) -> None:
    fake_clock.set("2026-12-20T09:00:00+08:00")
    draw(stage)
    # 16:30 of the old year in Greenwich, half past midnight of the new one at the desk.
    fake_clock.set("2027-01-01T00:30:00+08:00")
    assert draw(stage).startswith("LF2027")


def test_a_number_of_a_block_that_failed_is_given_again(stage: Stage) -> None:
    def fails() -> None:
        with stage.store.write("u1") as rows:
            stage.numbers.next(rows, "visit")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fails()
    assert draw(stage) == "LF2026-A0001"


def test_a_number_the_store_already_has_is_skipped(stage: Stage) -> None:
    stage.visits.open(stage.form())
    with stage.store.write_local() as rows:
        rows.connection().exec_driver_sql("DELETE FROM number_counter")
    assert draw(stage) == "LF2026-A0002"


def test_a_pc_without_a_letter_gives_no_numbers(store: Store, fake_clock: FakeClock) -> None:
    stage = build(store)
    with store.write("u1") as rows:
        rows.get_one(Device, store.device_id).letter = ""
    with pytest.raises(StoreProblem, match="编号字母"):
        draw(stage)


def test_spoken_numbers_are_right_and_not_repeated(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stage.visits.open(stage.form()).value.spoken
    seed = int(first[:8]).to_bytes(16)
    answers = iter([seed, (int(first[:8]) + 1).to_bytes(16)])
    monkeypatch.setattr("desk.ids.random_bytes", lambda _count: next(answers))
    with stage.store.read() as rows:
        second = stage.numbers.spoken(rows)
    assert is_spoken(first)
    assert is_spoken(second)
    assert second != first


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("2026-10-01T08:00:00+08:00", "before_build"),
        ("2027-11-23T09:00:00+08:00", "ahead"),
        ("2026-11-22T09:00:00+08:00", "backwards"),
    ],
)
def test_an_implausible_clock_must_be_confirmed(
    stage: Stage, fake_clock: FakeClock, shown: str, kind: str
) -> None:
    stage.visits.open(stage.form())
    fake_clock.set(shown)
    with pytest.raises(ClockProblem) as caught:
        stage.visits.open(stage.form())
    assert caught.value.field == kind
    stage.numbers.confirm_clock()
    assert stage.visits.open(stage.form()).value.number
    with stage.store.read() as rows:
        assert rows.scalars(select(Audit.action).where(Audit.action == "clock_confirm")).all()


def test_a_clock_set_right_again_is_asked_about_once_more(stage: Stage, fake_clock: FakeClock) -> None:
    stage.visits.open(stage.form())
    fake_clock.set("2027-11-23T09:00:00+08:00")
    stage.numbers.confirm_clock()
    stage.visits.open(stage.form())
    fake_clock.set("2026-11-23T09:30:00+08:00")
    with pytest.raises(ClockProblem):
        stage.visits.open(stage.form())


def test_the_clock_is_remembered_by_the_store(stage: Stage, fake_clock: FakeClock) -> None:
    draw(stage)
    fake_clock.forward(hours=1)
    draw(stage)
    with stage.store.read() as rows:
        assert rows.scalars(select(Meta.last_seen_time)).one() == fake_clock.moment
    again = Numbers(stage.store, stage.session, Profiles(stage.store, stage.session))
    fake_clock.forward(minutes=-10)
    with pytest.raises(ClockProblem), stage.store.write("u1") as rows:
        again.check_clock(rows)


def test_1970_is_no_day_for_a_receipt_even_if_confirmed(stage: Stage, fake_clock: FakeClock) -> None:
    fake_clock.set("1970-01-01T08:00:00+08:00")
    with pytest.raises(ClockProblem):
        stage.visits.open(stage.form())
    stage.numbers.confirm_clock()
    with pytest.raises(ClockProblem, match="不能开回执"):
        stage.visits.open(stage.form())
    assert stage.visits.counts().batches == 0
