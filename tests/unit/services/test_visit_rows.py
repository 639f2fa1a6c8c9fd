"""The rows below a visit follow its form, and a running clock keeps its rule (DL-01…06)."""

from datetime import date

from sqlalchemy import func, select

from desk.models.consent import Consent
from desk.models.matter import Matter
from desk.models.outbox import Outbox
from desk.models.report import Report
from desk.models.store import Store
from desk.services.profiles import Profiles
from desk.services.session import Session, User
from desk.services.visit_rows import matter_of
from tests.fakes import FakeClock
from tests.stores import KEY
from tests.unit.services.visit_stage import Stage


def ops(store: Store) -> int:
    with store.read() as rows:
        return rows.scalar(select(func.count()).select_from(Outbox)) or 0


def test_a_running_clock_keeps_the_rule_it_started_with(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.visits.open(stage.form(outcome="triage")).value.id
    head = Session(User("u2", "周某某", frozenset({"head"})), KEY)
    Profiles(stage.store, head).change("term.tell_where", 5)
    later = stage.as_user(stage.session.user.id, "钱某某", "clerk")
    fake_clock.forward(minutes=5)
    assert later.visits.finish(visit_id, stage.form(outcome="triage")).value.tell_by == date(2026, 11, 26)
    fresh = later.visits.open(stage.form()).value
    assert fresh.tell_by == date(2026, 11, 30)
    with stage.store.read() as rows:
        matter = matter_of(rows, fresh.id)
        assert matter is not None
        assert matter.tell_by_rule.endswith("本站设定 1 term.tell_where")


def test_the_clock_skips_days_off(stage: Stage, fake_clock: FakeClock) -> None:
    """DL-06: Friday 2026-11-27 + 3 working days = Wednesday."""
    fake_clock.set("2026-11-27T09:00:00+08:00")
    assert stage.visits.open(stage.form()).value.tell_by == date(2026, 12, 2)


def test_saving_the_same_form_again_leaves_no_op(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form(companions=("赵某",), headcount=2)).value.id
    before = ops(stage.store)
    stage.visits.save(visit_id, stage.visits.form(visit_id))
    assert ops(stage.store) == before


def test_what_is_unticked_becomes_void(stage: Stage) -> None:
    form = stage.form(report_kind="minor", report_recipient="示例派出所")
    visit_id = stage.visits.open(form).value.id
    stage.visits.save(visit_id, stage.form(notice_told=False))
    with stage.store.read() as rows:
        assert rows.scalars(select(Consent.void)).all() == [True]
        assert rows.scalars(select(Report.void)).all() == [True]
    stage.visits.save(visit_id, form)
    with stage.store.read() as rows:
        assert sorted(rows.scalars(select(Consent.void))) == [False, True]


def test_own_words_request_and_view_stay_apart(stage: Stage) -> None:
    """ZD-13."""
    visit_id = stage.finished(statement="原话", request="诉求", deputy_view="意见")
    with stage.store.read() as rows:
        matter = rows.scalars(select(Matter).where(Matter.visit_id == visit_id)).one()
    assert (matter.statement, matter.request, matter.deputy_view) == ("原话", "诉求", "意见")
