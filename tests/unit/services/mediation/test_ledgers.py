"""Statistics, 以案定补 and 排查 as papers and workbooks: by rights, written down, the parts add up."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.committee import Committee
from desk.models.store import Store
from desk.services.mediation.forms import ArchiveForm, CaseMediatorForm, EndForm, SweepForm
from desk.services.mediation.ledgers import LedgerAsk
from desk.services.print_jobs import PrintJobs
from tests import case_factories
from tests.paper_samples import texts
from tests.unit.services.mediation.case_stage import TODAY, CaseStage
from tests.unit.services.mediation.test_statistics import simple

YEAR = LedgerAsk("case_statistics", date(2026, 1, 1), date(2026, 12, 31))


def _rows(content: bytes) -> dict[str, list[object]]:
    """Return the rows of a workbook by their first cell, the later of two alike."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return {str(row[0]): list(row[1:]) for row in sheet.iter_rows(values_only=True)}


def _year(room: CaseStage) -> None:
    simple(room)
    room.agreed()
    failed = room.mediating(source="initiative", applied_on=None)
    room.services.endings.terminate(failed, EndForm(cause="no_agreement", remedies_told=True))
    room.services.sweeps.save(SweepForm(room.committee_id, TODAY, "仁和社区", 2, 1, 1, "周某", "逐户走访"))


def test_the_year_in_quarters_on_paper_and_in_the_workbook(room: CaseStage) -> None:
    """§3.8, monthly and quarterly: period, committee, sums; figures as numbers."""
    _year(room)
    paper = room.services.ledgers.paper(YEAR)
    words = "".join(texts(paper.pdf))
    assert (paper.kind, paper.record_id) == ("case_statistics", "2026-01-01/2026-12-31")
    assert "填报单位：示例镇人民调解委员会" in words
    assert "统计期间：2026年1月1日至2026年12月31日" in words
    assert "项目单位一季度二季度三季度四季度合计" in words
    assert "调解案件总数件00033" in words
    assert "66.7%" in words
    assert "2/3" in words
    found = _rows(room.services.ledgers.workbook(YEAR))
    assert found["调解案件总数"] == ["件", 0, 0, 0, 3, 3]
    assert found["协议涉及金额"][1:] == [0, 0, 0, pytest.approx(0.29), pytest.approx(0.29)]
    assert found["发现纠纷"] == ["件", 0, 0, 0, 2, 2]
    assert found["主动调解"][-1] == 1


def test_the_parts_add_up_to_the_whole(room: CaseStage) -> None:
    _year(room)
    sheet = openpyxl.load_workbook(io.BytesIO(room.services.ledgers.workbook(YEAR))).worksheets[0]
    counted = 0
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[1] in ("件", "人", "次", "万元"):
            *parts, whole = row[2:]
            assert sum(parts) == pytest.approx(whole), row[0]
            counted += 1
    assert counted > 60


def test_one_month_of_one_committee_has_one_column(room: CaseStage) -> None:
    simple(room)
    ask = LedgerAsk("case_statistics", date(2026, 11, 1), date(2026, 11, 30), room.committee_id)
    assert "项目单位合计" in "".join(texts(room.services.ledgers.paper(ask).pdf))
    assert _rows(room.services.ledgers.workbook(ask))["调解案件总数"] == ["件", 1]
    other = replace(ask, committee_id="another")
    assert _rows(room.services.ledgers.workbook(other))["调解案件总数"] == ["件", 0]
    with pytest.raises(InputProblem, match="早于"):
        room.services.ledgers.paper(replace(ask, first=date(2026, 12, 1)))


def test_several_committees_have_a_row_each_that_add_up(room: CaseStage, store: Store) -> None:
    """The county's table: a line a committee; one that was given up keeps what it mediated."""
    simple(room)
    with store.write_confirmed() as rows:
        other = case_factories.committee(
            name="示例村人民调解委员会", kind="village", number_device=store.device_id, number_year=2026
        )
        seated = case_factories.mediator(committee_id=other.record_id, name="吴某")
        rows.add_all([other, seated])
        other_id, mediator_id = other.record_id, seated.record_id
    room.agreed(committee_id=other_id, mediators=(CaseMediatorForm(mediator_id=mediator_id),))
    with store.write_confirmed() as rows:
        rows.get_one(Committee, other_id).tombstone("并入镇调委会")
    sheet = openpyxl.load_workbook(io.BytesIO(room.services.ledgers.workbook(YEAR))).worksheets[0]
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    place = next(number for number, line in enumerate(lines) if line[0] == "各调委会")
    named = {line[0]: line[1:] for line in lines[place + 2 : place + 5]}
    assert list(named) == ["示例村人民调解委员会", "示例镇人民调解委员会", "合计"]
    assert [line[0] for line in named.values()] == [1, 1, 2]
    assert named["示例村人民调解委员会"][7:9] == [0, 1]
    assert named["合计"][6] == pytest.approx(0.29)
    words = "".join(texts(room.services.ledgers.paper(YEAR).pdf))
    assert "各调委会" in words
    alone = replace(YEAR, committee_id=other_id)
    assert "各调委会" not in "".join(texts(room.services.ledgers.paper(alone).pdf))


def test_the_list_of_dossiers_and_of_mediators(room: CaseStage) -> None:
    case_id = simple(room)
    room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    ask = LedgerAsk("subsidies", date(2026, 5, 1), date(2026, 5, 1))
    assert "1〔2026〕示例人调字第27号楼上漏水赔偿纠纷王某某11月23日简易未评—" in "".join(
        texts(room.services.ledgers.paper(ask).pdf)
    )
    room.as_user("head").services.endings.grade(case_id, "excellent")
    paper = room.services.ledgers.paper(ask)
    words = "".join(texts(paper.pdf))
    assert paper.title == "2026年以案定补案件清单"
    assert "优秀30.00合计30.00" in words
    assert "1王某某130.00合计130.00" in words
    assert _rows(room.services.ledgers.workbook(ask))["1"][:3] == ["王某某", 1, 30]


def test_the_searches_of_a_year_oldest_first_with_their_sums(room: CaseStage) -> None:
    for day, place in ((date(2026, 11, 20), "和平社区"), (date(2026, 3, 2), "仁和社区")):
        room.services.sweeps.save(SweepForm(room.committee_id, day, place, 3, 2, 1, "周某", ""))
    words = "".join(texts(room.services.ledgers.paper(replace(YEAR, ledger="sweeps")).pdf))
    assert "13月2日示例镇人民调解委员会仁和社区321周某211月20日" in words
    assert "合计2次642" in words
    assert "还没有登记过排查" in "".join(
        texts(room.services.ledgers.paper(LedgerAsk("sweeps", date(2024, 1, 1), TODAY)).pdf)
    )


def test_who_may_print_and_who_may_export(room: CaseStage) -> None:
    """SEC-04: figures name nobody, so the clerk may have them; the list of dossiers is for those of cases."""
    simple(room)
    clerk = room.as_user("clerk").services.ledgers
    assert clerk.paper(YEAR).pages > 0
    assert _rows(clerk.workbook(YEAR))["调解案件总数"][-1] == 1
    for role in ("deputy", "lawyer"):
        for make in (room.as_user(role).services.ledgers.paper, room.as_user(role).services.ledgers.workbook):
            with pytest.raises(AccessProblem):
                make(YEAR)
    with pytest.raises(AccessProblem):
        clerk.paper(replace(YEAR, ledger="subsidies"))


def test_an_export_and_a_print_are_written_down(room: CaseStage) -> None:
    """SEC-05."""
    room.services.ledgers.workbook(YEAR)
    jobs = PrintJobs(room.store, room.session)
    paper = room.services.ledgers.paper(YEAR)
    jobs.printed(jobs.queue(paper.kind, paper.record_id).value.id)
    with room.store.read() as rows:
        kept = [
            (row.action, row.noun, row.target_id) for row in rows.scalars(select(Audit).order_by(Audit.n))
        ]
    target = "2026-01-01/2026-12-31"
    assert ("export", "case_statistics", target) in kept
    assert ("print", "case_statistics", target) in kept


def test_whoever_waits_hears_how_far_it_is_and_may_call_it_off(room: CaseStage) -> None:
    heard: list[tuple[int, int]] = []
    room.services.ledgers.paper(YEAR, lambda done, of: heard.append((done, of)))
    assert heard == [(number, 5) for number in range(1, 6)]

    class Stop(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        room.services.ledgers.workbook(YEAR, stop)
