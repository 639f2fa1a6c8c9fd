"""§3.8: which rows the table of statistics has, and that they add up whatever the cases are."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk.rules import dispute_codes as codes
from desk.rules.mediation_statistics import CaseFact, SweepFact, figures
from desk.rules.statistic_spans import Span
from desk.services.mediation.statistics_ledger import Reported, ledger
from desk.services.pdf.ledger_values import LedgerSheet, TenThousands, Value

WHOLE = Span("合计", date(2026, 1, 1), date(2026, 12, 31))
facts = st.builds(
    CaseFact,
    dispute_type=st.sampled_from(sorted(codes.DISPUTE_TYPE)),
    source=st.sampled_from(sorted(codes.SOURCE)),
    committee_kind=st.sampled_from(sorted(codes.COMMITTEE_KIND)),
    result=st.sampled_from(["", *codes.RESULT]),
    form=st.sampled_from(sorted(codes.AGREEMENT_FORM)),
    people=st.integers(2, 30),
    fen=st.integers(0, 10**10),
    performance=st.sampled_from(sorted(codes.PERFORMANCE)),
)


def _column(sheet: LedgerSheet) -> list[tuple[str, list[tuple[str, Value]]]]:
    """Return the groups of rows with label and last value."""
    found: list[tuple[str, list[tuple[str, Value]]]] = []
    for line in sheet.tables[0].lines:
        if len(line.values) == 1:
            found.append((str(line.values[0]), []))
        else:
            found[-1][1].append((str(line.values[0]), line.values[-1]))
    return found


def _sum(rows: list[tuple[str, Value]]) -> int:
    return sum(value for label, value in rows if isinstance(value, int) and not label.startswith("其中"))


def test_the_rows_are_those_of_the_national_table() -> None:
    groups = dict(_column(ledger(Reported("示例镇", WHOLE, figures([])))))
    assert [name.split("、", 1)[1].split("（")[0] for name in groups] == [
        *("案件", "调委会", "案件来源", "纠纷类型", "调解协议", "履行情况", "司法确认", "防止激化"),
        "矛盾纠纷排查",
    ]
    labels = [label for rows in groups.values() for label, _value in rows]
    for table in (codes.COMMITTEE_KIND, codes.PARENT_TYPE, codes.AGREEMENT_FORM, codes.PERFORMANCE):
        assert set(table.values()) <= set(labels)
    for split in ("拖欠农民工工资纠纷", "旅游纠纷", "电子商务纠纷"):
        assert f"其中：{split}" in labels
    assert "协议涉及金额" in labels
    assert {"排查次数", "发现纠纷", "预防纠纷"} <= set(labels)


@given(st.lists(facts, max_size=40))
def test_sums_of_the_table_hold(cases: list[CaseFact]) -> None:
    """§3.8, Tests: over types = total; over sources = total; 口头+书面 = 成功."""
    sheet = ledger(Reported("示例镇", WHOLE, figures(cases, [SweepFact(2, 1)])))
    groups = [rows for _name, rows in _column(sheet)]
    head = dict(groups[0])
    total = head["调解案件总数"]
    assert _sum(groups[1]) == _sum(groups[2]) == _sum(groups[3]) == total
    assert _sum(groups[4]) == _sum(groups[5]) == _sum(groups[6]) == head["调解成功"]
    assert sum(value for label, value in groups[0] if label in codes.RESULT.values()) == total
    fen = sum(case.fen for case in cases if case.result == "success")
    assert head["协议涉及金额"] == TenThousands(fen)
