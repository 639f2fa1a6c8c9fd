"""操作记录: what was done is read back in words, by right only, and handed out with an entry of its own."""

import ast
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
from openpyxl import load_workbook

from desk import clock
from desk.errors import AccessProblem
from desk.services import audit
from desk.services.audit_log import ACTIONS, AuditLog, result
from desk.services.print_jobs import TITLES, Paper, PrintJobs
from tests.fakes import FakeClock
from tests.house import ROOT
from tests.unit.services.visit_stage import Stage


def log_of(stage: Stage, *roles: str) -> AuditLog:
    return AuditLog(stage.store, stage.as_user("a1", "吴某某", *roles).session)


def test_newest_first_in_words_page_by_page(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.finished()
    fake_clock.forward(minutes=1)
    stage.visits.reveal(visit_id, "phone", "回访核对")
    log = log_of(stage, "audadmin")
    number = stage.visits.get(visit_id).number
    first = log.page(limit=1)
    assert [(each.what, each.about, each.who) for each in first.rows] == [
        ("看完整内容", f"来访 {number}：电话", stage.session.user.name)
    ]
    (second,) = log.page(first.next_key, limit=1).rows
    assert (second.what, second.about, result(second)) == ("完成接待", f"来访 {number}", "成功")
    assert second.at < first.rows[0].at
    assert log.page().next_key is None


def test_what_comes_late_from_another_pc_stands_at_its_time(stage: Stage, fake_clock: FakeClock) -> None:
    with stage.store.write("u1") as rows:
        audit.append(rows, "backup", user_id="u1", at=clock.now())
        audit.append(rows, "unlock", user_id="u1", at=clock.now() - timedelta(days=7))
        audit.append(rows, "export", user_id="u1", at=clock.now())
    log, told, after = log_of(stage, "head"), [], None
    for _page in range(3):
        page = log.page(after, limit=1)
        told += [each.what for each in page.rows]
        after = page.next_key
    assert told == ["导出", "备份", "登录或解锁"]
    sheet: Any = load_workbook(io.BytesIO(log.workbook())).worksheets[0]
    assert [line[2].value for line in sheet.iter_rows()][1:4] == ["登录或解锁", "备份", "导出"]


def test_codes_of_the_program_are_no_words(stage: Stage) -> None:
    with stage.store.write("u1") as rows:
        audit.append(rows, "unlock", user_id="u1", fields="password")
        audit.append(rows, "setting_change", user_id="u1", noun="setting", fields="backup.folder")
        audit.append(rows, "import", user_id="u1", noun="roster")
    told = [each.about for each in log_of(stage, "head").page(limit=3).rows]
    assert told == ["花名册", "设置", "用密码"]


def test_sec_05_what_was_printed_or_handed_out_is_told(stage: Stage, fake_clock: FakeClock) -> None:
    jobs = PrintJobs(stage.store, stage.as_user("h1", "周某某", "head").session)
    jobs.queue("receipt", "v1", "LF2026-A0001")
    jobs.queue("f07", "a1", "〔2026〕示例人调字第 3 号", parts=("f07:a1",))
    jobs.queue("visits_ledger", "2026-01-05/2026-03-31")
    jobs.queue("sweeps", "2026")
    jobs.queue("operation_card", "")
    with stage.store.write("u1") as rows:
        audit.append(
            rows, "export", user_id="u1", noun="case_statistics", target_id=f"2026-01-05/2026-03-31/{'a' * 8}"
        )
        audit.append(rows, "export", user_id="u1", noun="ledger", target_id="2026-01-05/2026-01-05")
    told = [each.about for each in log_of(stage, "head").page(limit=7).rows]
    days = "2026 年 1 月 5 日 至 2026 年 3 月 31 日"
    assert told == [
        "台账 2026 年 1 月 5 日",
        f"人民调解案件统计表 {days}",
        "操作卡",
        "矛盾纠纷排查登记簿 2026 年",
        f"来访台账 {days}",
        "人民调解协议书 〔2026〕示例人调字第 3 号",
        "回执 LF2026-A0001",
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("2026-11-01/2026-11-30", "2026 年 11 月"),
        ("2028-02-01/2028-02-29", "2028 年 2 月"),
        ("2026-02-01/2026-02-27", "2026 年 2 月 1 日 至 2026 年 2 月 27 日"),
        ("2026-01-01/2026-12-31", "2026 年"),
        ("2025-12-01/2026-12-31", "2025 年 12 月 1 日 至 2026 年 12 月 31 日"),
        ("2026-10-01/2026-12-31", "2026 年 10 月 1 日 至 2026 年 12 月 31 日"),
    ],
)
def test_a_whole_month_and_a_whole_year_are_told_in_short(
    stage: Stage, fake_clock: FakeClock, days: str, told: str
) -> None:
    PrintJobs(stage.store, stage.as_user("h1", "周某某", "head").session).queue("visits_ledger", days)
    assert log_of(stage, "head").page(limit=1).rows[0].about == f"来访台账 {told}"


def test_every_paper_has_a_word() -> None:
    assert {*TITLES, "joint_day"} == set(get_args(Paper))


def test_a_changed_rule_is_told_by_its_key(stage: Stage) -> None:
    stage.as_user("h1", "周某某", "head").profiles.change("lock.idle", 5)
    entry = log_of(stage, "head").page().rows[0]
    assert (entry.what, entry.about, entry.rule) == ("改本地规则", "本地规则", "lock.idle")


def test_by_right_only(stage: Stage) -> None:
    stage.finished()
    for role in ("clerk", "sysadmin", "secadmin"):
        with pytest.raises(AccessProblem):
            log_of(stage, role).page()
        with pytest.raises(AccessProblem):
            log_of(stage, role).workbook()
    assert log_of(stage, "head").page().rows


def test_the_workbook_holds_all_of_it_and_its_own_export(stage: Stage) -> None:
    stage.finished()
    log = log_of(stage, "audadmin")
    sheet: Any = load_workbook(io.BytesIO(log.workbook())).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0] == ["时间", "谁", "做了什么", "对什么", "结果"]
    assert [line[2] for line in lines[1:]] == ["完成接待", "导出"]
    assert lines[-1][3] == "审计"


def takers(tree: ast.AST) -> dict[str, int]:
    """Return the functions that are told an action of the audit, and which of their arguments it is."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "action" in names:
                found[node.name] = names.index("action")
    return found


def told(tree: ast.AST, takers: dict[str, int]) -> Iterator[ast.expr]:
    """Yield every expression that is handed to one of them as the action."""
    for node in ast.walk(tree):
        called = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called in takers:
            place = takers[called]
            yield from node.args[place : place + 1]
            yield from (each.value for each in node.keywords if each.arg == "action")


def test_every_action_that_is_written_anywhere_has_a_word() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "desk" / "services").rglob("*.py")]
    trees = [ast.parse(text) for text in texts]
    writing = [
        tree
        for tree, text in zip(trees, texts, strict=True)
        if "audit.append(" in text or "AuditHead:" in text
    ]
    shared = {name: at for tree in writing for name, at in takers(tree).items() if not name.startswith("_")}
    assert {"append", "audited"} <= shared.keys()
    written = set()
    for tree in trees:
        own = takers(tree) if tree in writing else {}
        for action in told(tree, shared | own):
            # What is no word is handed on by a function that is told it.
            words = [each.value for each in ast.walk(action) if isinstance(each, ast.Constant)]
            assert words or ast.unparse(action) == "action", ast.unparse(action)
            written |= set(words)
    assert {"visit_finish", "user_add", "mediation_archive", "consultation_refer"} <= written
    assert written == ACTIONS.keys()
