"""联合接待日登记表: who sat and who came, nobody named in full, no words; by rights, in the print ledger."""

import pytest

from desk import clock
from desk.errors import AccessProblem, InputProblem
from desk.services.consultation import joint_ledger
from desk.services.consultation.forms import JointDayForm
from desk.services.consultation.values import JointDayView
from desk.services.print_jobs import PrintJobs
from tests.paper_samples import outside, texts
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_joint_days import SEATS


def test_the_paper_names_who_sat_and_counts_who_came(advice: AdviceStage) -> None:
    advice.by("clerk").visits.finished()
    advice.checked()
    form = JointDayForm(clock.today(), "9:00—11:30", "示例镇接待室", "宪法宣传日", seats=SEATS)
    day = advice.desk.joint_days.save(form).value
    paper = advice.desk.papers.joint_day(day.id)
    words = "".join(texts(paper.pdf))
    assert "接待时间：2026年11月23日9:00—11:30" in words
    assert "接待地点：示例镇接待室主题：宪法宣传日" in words
    assert "1张某示例律师事务所律师法律咨询" in words
    assert "2吕某某示例镇信访办信访" in words
    assert "合计：来访1批次，法律咨询1件" in words
    assert all(each.number in words for each in day.came)
    for told in ("钱某某", "王某某", "漏水", "13900000172"):
        assert told not in words
    assert outside(paper.pdf) == []
    jobs = PrintJobs(advice.store, advice.session)
    jobs.printed(jobs.queue(paper.kind, paper.record_id).value.id)
    assert jobs.of_record(day.id)[0].paper == "joint_day"


def test_a_day_nobody_came_and_who_stayed_away() -> None:
    empty = JointDayView("d", None, "", "", "", "", (), ())
    ledger = joint_ledger.ledger(empty, "示例镇")
    assert [table.lines for table in ledger.tables] == [(), ()]
    assert all(table.empty for table in ledger.tables)
    assert ledger.heads == ("接待站点：示例镇", "接待时间：")


def test_who_may_print_it(advice: AdviceStage) -> None:
    day = advice.desk.joint_days.save(JointDayForm(clock.today(), seats=SEATS)).value
    for role in ("lawyer", "clerk", "head"):
        assert advice.by(role).desk.papers.joint_day(day.id).pages == 1
    with pytest.raises(AccessProblem):
        advice.by("deputy").desk.papers.joint_day(day.id)
    with pytest.raises(InputProblem):
        advice.desk.papers.joint_day("none")
