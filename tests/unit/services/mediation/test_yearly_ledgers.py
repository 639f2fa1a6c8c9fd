"""以案定补 and 排查 as ledgers: sums under the columns, empty years said."""

from dataclasses import replace
from datetime import date

from desk.rules.dossier_grade import MediatorSum
from desk.services.mediation import yearly_ledgers
from desk.services.mediation.statistics_values import SubsidyList, SubsidyRow, SweepRow
from desk.services.pdf.ledger_values import LedgerLine, Sum


def _row(number: int, grade: str, label: str, fen: int) -> SubsidyRow:
    return SubsidyRow(
        *(f"c{number}", f"〔2026〕示例人调字第{number}号", "邻里纠纷", "王某某、周某"),
        *(date(2026, 3, number), "简易", grade, label, fen),
    )


def test_every_dossier_is_listed_and_the_sums_agree() -> None:
    rows = (_row(1, "excellent", "优秀", 3001), _row(2, "", "未评", 0))
    sums = (MediatorSum("王某某", 1, 1501), MediatorSum("周某", 1, 1500))
    ledger = yearly_ledgers.subsidies(SubsidyList(2026, rows, sums, 3001, "30.01 元"), "示例镇")
    dossiers, mediators = (table.lines for table in ledger.tables)
    assert [line.values[-1] for line in dossiers] == [Sum(3001), "—", Sum(3001)]
    assert [line.values[-2] for line in mediators] == [Sum(1501), Sum(1500), Sum(3001)]
    assert dossiers[0].values[:3] == (1, "〔2026〕示例人调字第1号", "邻里纠纷")


def test_the_list_says_where_a_mediator_graded_the_own_case() -> None:
    rows = (_row(1, "excellent", "优秀（自评）", 3001), _row(2, "excellent", "优秀", 3001))
    found = SubsidyList(2026, rows, (), 6002, "60.02 元")
    assert not any("自评" in words for words in yearly_ledgers.subsidies(found, "示例镇").remarks)
    told = replace(found, rows=(replace(rows[0], own_grade=True), rows[1]))
    ledger = yearly_ledgers.subsidies(told, "示例镇")
    assert ledger.tables[0].lines[0].values[-2] == "优秀（自评）"
    assert any("自评" in words for words in ledger.remarks)


def test_a_year_without_dossiers_or_searches() -> None:
    ledger = yearly_ledgers.subsidies(SubsidyList(2026, (), (), 0, "0.00 元"), "示例镇")
    assert [table.lines for table in ledger.tables] == [(), ()]
    assert all(table.empty for table in ledger.tables)
    assert yearly_ledgers.sweeps(2026, (), "示例镇").tables[0].lines == ()


def test_searches_come_oldest_first_and_are_added_up() -> None:
    rows = tuple(
        SweepRow(str(day), "c", "示例镇调委会", date(2026, 1, day), "全镇", 3, 2, 1, "", "") for day in (9, 2)
    )
    lines = yearly_ledgers.sweeps(2026, rows, "示例镇").tables[0].lines
    assert [line.values[1] for line in lines] == ["1月2日", "1月9日", "合计 2 次"]
    assert lines[-1] == LedgerLine(("", "合计 2 次", "", "", 6, 4, 2, "", ""))
