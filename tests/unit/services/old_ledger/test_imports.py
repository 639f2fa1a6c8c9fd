"""An old ledger comes into the store and goes out of it again."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.base import alive
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.proposal import Proposal
from desk.models.receipt import Receipt
from desk.models.visit import Receiver, Visit
from desk.services import verify
from desk.services.ledger_rows import gather
from desk.services.old_ledger.imports import OldLedgers
from desk.services.old_ledger.plan_values import NEW, SKIP, LedgerPlan
from desk.services.search_index import newest
from desk.services.visit_values import VisitFilter
from tests import factories
from tests.unit.services.old_ledger.ledger_stage import LEDGER, service
from tests.unit.services.visit_stage import Stage

NEWS = 13


@pytest.fixture
def ledgers(stage: Stage) -> OldLedgers:
    with stage.store.write("u1") as rows:
        rows.add(factories.deputy(name="郑勇欣"))
    return service(stage)


def planned(ledgers: OldLedgers, path: Path = LEDGER) -> LedgerPlan:
    return ledgers.plan(ledgers.understand(path))


def visits(stage: Stage) -> list[Visit]:
    with stage.store.read() as rows:
        return list(rows.scalars(alive(Visit).order_by(Visit.number)))


def test_open_matters_become_backfilled_visits(stage: Stage, ledgers: OldLedgers) -> None:
    """product.md, Paper and back: the true reception day and the time of entry, marked as such."""
    done = ledgers.apply(planned(ledgers))
    assert (done.value.new, done.value.skipped) == (NEWS, 8)
    assert (done.value.first_number, done.value.last_number) == ("LF2026-A0001", "LF2026-A0013")
    found = visits(stage)
    assert len(found) == NEWS
    assert all(each.backfilled and each.state == "finished" for each in found)
    first = found[0]
    assert (first.name_told, first.phone_told, first.headcount) == ("王某某", "13800006621", 1)
    assert first.received_at == first.finished_at == datetime.fromisoformat("2026-03-05T00:00:00+08:00")
    assert first.entered_at == datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert len({each.spoken for each in found}) == NEWS


def test_a_named_unit_makes_a_proposal_the_rest_waits_for_triage(stage: Stage, ledgers: OldLedgers) -> None:
    ledgers.apply(planned(ledgers))
    with stage.store.read() as rows:
        matters = {each.subject: each for each in rows.scalars(alive(Matter))}
        proposals = list(rows.scalars(alive(Proposal).order_by(Proposal.number)))
        receipts = rows.scalar(select(func.count()).select_from(Receipt))
        receivers = list(rows.scalars(alive(Receiver)))
    assert all(each.state == "open" for each in matters.values())
    lamp = next(each for each in matters.values() if "路灯坏了" in each.subject)
    assert (lamp.outcome, lamp.level, lamp.proposed_unit) == ("proposed", "county", "示例县住建局")
    assert "期限：2026-04-05" in lamp.deputy_view
    assert lamp.tell_by == date(2026, 11, 26)
    ground = next(each for each in matters.values() if "宅基地" in each.subject)
    assert (ground.outcome, ground.level) == ("triage", "")
    assert ground.tell_by == date(2026, 11, 26)
    assert len(proposals) == NEWS - 1
    assert proposals[0].unit == "示例县住建局"
    assert receipts == 0
    assert {each.name for each in receivers} == {"郑勇欣"}


def test_what_is_imported_is_found_listed_and_counted(stage: Stage, ledgers: OldLedgers) -> None:
    ledgers.apply(planned(ledgers))
    day = date(2026, 3, 12)
    page = stage.visits.page(VisitFilter(day_from=day, day_to=day))
    assert {row.subject for row in page.rows} == {"物业停车费涨价没有公示，业主不同意", "夜里烧烤店油烟扰民"}
    assert stage.visits.counts(VisitFilter(day_from=day, day_to=day)).people == 6
    with stage.store.read() as rows:
        assert len(newest(rows, "烧烤", "visit", 5)) == 1
        assert len(newest(rows, "欧阳", "person", 5)) == 1
        book = gather(rows, stage.session, stage.profiles.current(), day_from=day, day_to=day)
    assert book.batches == 2
    assert verify.run(stage.store).ok


def test_importing_again_doubles_nothing(stage: Stage, ledgers: OldLedgers) -> None:
    ledgers.apply(planned(ledgers))
    again = planned(ledgers)
    assert sum(entry.action == "known" for entry in again.entries) == NEWS + 1  # with its own repetition
    with pytest.raises(InputProblem, match="没有选中"):
        ledgers.apply(again)
    assert len(visits(stage)) == NEWS


def test_a_corrected_matter_is_still_the_same(stage: Stage, ledgers: OldLedgers) -> None:
    ledgers.apply(planned(ledgers))
    with stage.store.write("u1") as rows:
        for matter in rows.scalars(alive(Matter)):
            matter.statement, matter.subject = "改过了", "改过了"
    assert not any(entry.action == "new" for entry in planned(ledgers).entries)


def test_a_known_person_is_linked_and_a_namesake_is_not(stage: Stage, ledgers: OldLedgers) -> None:
    known = factories.person(name="王某某", phone="13800006621")
    namesake = factories.person(name="李某", phone="13911112222")
    with stage.store.write("u1") as rows:
        rows.add_all([known, namesake])
    ledgers.apply(planned(ledgers), {5: NEW})
    ids = {each.name_told: each.person_id for each in visits(stage)}
    assert ids["王某某"] == known.record_id
    assert ids["李某"] not in ("", namesake.record_id)


def test_lines_may_be_chosen_and_left_out(stage: Stage, ledgers: OldLedgers) -> None:
    done = ledgers.apply(planned(ledgers), {4: SKIP, 5: NEW, 14: NEW})
    assert done.value.new == NEWS
    names = {each.name_told for each in visits(stage)}
    assert "李某" in names
    assert not {"王某某", "冯某"} & names  # a line with a problem cannot be chosen


def test_an_import_is_taken_back(stage: Stage, ledgers: OldLedgers) -> None:
    done = ledgers.apply(planned(ledgers))
    (batch,) = ledgers.batches()
    assert (batch.new, batch.undone, batch.file_name) == (NEWS, False, LEDGER.name)
    assert ledgers.undo(done.value.batch_id).value == NEWS
    assert visits(stage) == []
    with stage.store.read() as rows:
        assert list(rows.scalars(alive(Person))) == []
        assert list(rows.scalars(alive(Proposal))) == []
        assert newest(rows, "烧烤", "visit", 5) == ()
        actions = list(rows.scalars(select(Audit.action).order_by(Audit.n)))
    assert actions[-2:] == ["import", "import_undo"]
    assert ledgers.batches()[0].undone
    with pytest.raises(InputProblem, match="已经撤销"):
        ledgers.undo(done.value.batch_id)
    assert ledgers.apply(planned(ledgers)).value.first_number == "LF2026-A0014"


def test_what_was_worked_on_since_keeps_the_batch(stage: Stage, ledgers: OldLedgers) -> None:
    done = ledgers.apply(planned(ledgers))
    with stage.store.read() as rows:
        matter = rows.scalars(alive(Matter).where(Matter.subject.contains("路灯坏了"))).one()
    stage.visits.reply(matter.record_id, "phone", "住建局已派人来看。")
    with pytest.raises(InputProblem, match="LF2026-A0001 又办理或修改过"):
        ledgers.undo(done.value.batch_id)
    assert len(visits(stage)) == NEWS


def test_one_made_void_by_hand_does_not_hinder(stage: Stage, ledgers: OldLedgers) -> None:
    done = ledgers.apply(planned(ledgers))
    first = visits(stage)[0]
    stage.visits.void(first.record_id, "不是本站的事")
    assert ledgers.undo(done.value.batch_id).value == NEWS - 1


def test_a_plan_made_before_a_change_is_refused(ledgers: OldLedgers) -> None:
    plan = planned(ledgers)
    ledgers.apply(plan)
    with pytest.raises(InputProblem, match="又有改动"):
        ledgers.apply(plan)


def test_a_deputy_on_duty_imports_no_books(stage: Stage, ledgers: OldLedgers) -> None:
    plan = planned(ledgers)
    deputy = service(stage.as_user("u9", "赵某某", "deputy"))
    with pytest.raises(AccessProblem):
        deputy.apply(plan)


def test_a_table_without_matters_is_refused(ledgers: OldLedgers, tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("日期,姓名\n2026-3-1,王某\n", "utf-8")
    with pytest.raises(InputProblem, match="没有读到事项"):
        planned(ledgers, path)
