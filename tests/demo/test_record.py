"""What the summary says."""

import json
from pathlib import Path

from desk.demo.probe import Stretch
from desk.demo.record import CaseMade, HubFigures, HubMade, PaperMade, Record, VisitMade


def test_the_summary_tells_everything(tmp_path: Path) -> None:
    record = Record(tmp_path, store="data/desk.db")
    record.step_done("开站", 1.234, Stretch(12.34, 5.67, "按 F2"))
    record.step_done("今日", 0.5, Stretch(40.0, 30.0, "点“进入”"))
    record.papers.append(PaperMade("receipt", record.relative(tmp_path / "papers" / "a.pdf"), 2, ("JDT1:x",)))
    record.visits.append(VisitMade("来过的人", "LF2026-A0001", "123456789", "papers/a.pdf", "JDT1:x"))
    record.save(tmp_path / "summary.json")
    told = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert told["ok"]
    assert told["papers"][0]["file"] == "papers/a.pdf"
    assert told["visits"][0]["number"] == "LF2026-A0001"
    assert told["longest_stretch_ms"] == 40.0
    assert (told["longest_work_ms"], told["longest_work_in"]) == (30.0, "今日：点“进入”")
    assert told["steps"][0]["longest_in"] == "按 F2"
    assert [step["name"] for step in told["steps"]] == ["开站", "今日"]


def test_a_problem_makes_it_not_ok(tmp_path: Path) -> None:
    record = Record(tmp_path, problem="没有等到", stopped_in="开站")
    assert record.as_values()["ok"] is False
    assert record.as_values()["stopped_in"] == "开站"


def test_papers_are_kept_with_their_case(tmp_path: Path) -> None:
    record = Record(tmp_path, cases=[CaseMade("归档", "第1号"), CaseMade("口头", "第2号")])
    record.add_case_paper("第1号", PaperMade("f07", "papers/a.pdf"))
    record.add_case_paper("第1号", PaperMade("dossier", "papers/b.pdf"))
    first, second = record.as_values()["cases"]
    assert first["papers"] == ("papers/a.pdf", "papers/b.pdf")
    assert first["dossier"] == "papers/b.pdf"
    assert (second["papers"], second["dossier"]) == ((), "")


def test_the_second_half_is_told_or_why_there_was_none(tmp_path: Path) -> None:
    record = Record(tmp_path, hub=HubMade(why_not="没有安装县级平台"))
    assert record.as_values()["hub"]["why_not"] == "没有安装县级平台"
    assert not record.as_values()["hub"]["played"]
    made = HubMade(played=True, desks=2, seconds=41.5, figures=HubFigures(rounds=9, ops=12, conflicts=1))
    record.hub = made.as_equal(digest="ab", tables=48)
    told = record.as_values()["hub"]
    assert (told["equal"], told["digest"], told["tables"], told["seconds"]) == (True, "ab", 48, 41.5)
    assert told["figures"]["ops"] == 12
