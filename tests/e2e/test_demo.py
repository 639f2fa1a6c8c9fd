"""The whole morning of `desk demo`, played by the program itself in a process of its own (issue A §6)."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desk.demo import two_desks
from desk.demo.disputes import FENCE, LEAK, NOISE, WAGES
from desk.demo.setting_up import PASSWORD
from desk.services import kit
from desk.services.login import Login
from desk.services.pdf import decode, render
from tests.paper_samples import poppler_text

_PAPERS = {
    "recovery_sheet",
    "receipt",
    "visits_ledger",
    "visits_ledger_xlsx",
    "blank_form",
    "deputy_wall",
    "station_board",
    "operation_card",
    *("case_papers", "f07", "f08", "f09", "f10", "f11", "f12", "dossier", "f40"),
}
_PAGES = (
    *("开站", "今日", "来访接待", "回执", "评价", "锁定", "遮屏", "搜索", "来访列表"),
    *("接待选民登记簿", "核对回执", "空白登记表", "代表值班", "导入花名册", "公示牌"),
    *("设置", "帮助", "操作卡", "旧台账", "从备份恢复", "设置向导"),
    *("矛盾调解-受理", "矛盾调解-当事人", "矛盾调解-调解过程", "矛盾调解-协议", "矛盾调解-司法确认"),
    *("矛盾调解-履行与回访", "矛盾调解-卷宗", "矛盾调解-整本卷宗", "矛盾调解-小额口头纠纷", "矛盾调解-拒绝"),
    *("矛盾调解-移送", "矛盾调解-列表", "矛盾调解-统计与排查", "设置-调委会", "设置-用户"),
    *("法律咨询-解答", "法律咨询-冲突检查", "法律咨询-换人解答"),
    *("县级平台-登记", "县级平台-已同步", "设置-用户-另一台电脑的登录码"),
    *("加入已有的站-登记", "加入已有的站-首次登录", "第二台电脑-来访列表", "第二台电脑-离线"),
    *("县里的电脑-已登记", "县里的电脑-各站来访"),
    *("冲突-要决定的", "冲突-定下以前", "冲突-已合并", "冲突-定下以后"),
)
_OURS = "scope_id LIKE 'S:%'"
"""What is the station's, where a county's desk holds more."""
_BOUND = (
    *("人民调解申请书", "人民调解受理登记表", "当事人权利义务告知书（钱某）", "当事人权利义务告知书（冯某）"),
    *("当事人身份证明（钱某）", "当事人身份证明（冯某）", "人民调解记录（第1次）", "人民调解协议书"),
    *("人民调解回访记录（钱某）", "司法确认申请书", "人民调解委员会主持调解的证明"),
    *("人民调解结案报告表", "卷宗情况说明（备考表）"),
)
"""What lies in the dossier, in the order of domain.md §3.6 with the forms of §3.5."""


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    """Play the demo once and return its folder and summary."""
    out = tmp_path_factory.mktemp("demo") / "made"
    command = [sys.executable, "-m", "desk", "demo", "--out", str(out)]
    # Where the toolkit itself breaks down there is no Python error: then every thread's stack is told.
    env = os.environ | {"PYTHONFAULTHANDLER": "1"}
    played = subprocess.run(command, check=False, capture_output=True, text=True, timeout=1200, env=env)
    assert played.returncode == 0, f"{played.returncode}: {played.stderr}"
    return out, json.loads((out / "summary.json").read_text("utf-8"))


pytestmark = pytest.mark.timeout(1260)


def test_every_step_was_played(morning: tuple[Path, Mapping[str, Any]]) -> None:
    _out, told = morning
    assert told["ok"]
    assert Path(told["store"]).is_file()
    assert told["checks"]
    assert all(step["seconds"] >= 0 and step["longest_stretch_ms"] >= 0 for step in told["steps"])


def test_every_receipt_reads_back_as_told(morning: tuple[Path, Mapping[str, Any]]) -> None:
    out, told = morning
    assert len(told["visits"]) == 6
    assert len({visit["number"] for visit in told["visits"]}) == 6
    assert {visit["state"] for visit in told["visits"]} == {"finished"}
    for visit in told["visits"]:
        codes = [found.text for found in decode.codes((out / visit["receipt"]).read_bytes())]
        assert visit["code"] in codes
        assert len(visit["spoken"].replace(" ", "")) == 9


def test_every_paper_opens(morning: tuple[Path, Mapping[str, Any]]) -> None:
    out, told = morning
    assert {paper["kind"] for paper in told["papers"]} == _PAPERS
    for paper in told["papers"]:
        made = (out / paper["file"]).read_bytes()
        if paper["file"].endswith(".pdf"):
            assert render.page_count(made) == paper["pages"] > 0
        else:
            assert made.startswith(b"PK")


def test_every_page_was_taken_at_both_sizes(morning: tuple[Path, Mapping[str, Any]]) -> None:
    out, told = morning
    taken = {(screen["name"], screen["percent"]) for screen in told["screens"]}
    names = {name for name, _percent in taken}
    assert taken >= {(name, percent) for name in names for percent in (100, 150)}
    assert {name for name, percent in taken if percent == 125} == {
        *("今日", "来访接待-登记", "矛盾调解-协议", "冲突-要决定的"),
    }
    assert [page for page in _PAGES if not any(name.startswith(page) for name in names)] == []
    for screen in told["screens"]:
        with Image.open(out / screen["file"]) as picture:
            assert picture.size == (1366, 768)


def case_of(told: Mapping[str, Any], why: str) -> Mapping[str, Any]:
    return next(case for case in told["cases"] if case["why"] == why)


def text_of(out: Path, told: Mapping[str, Any], why: str, kind: str, folder: Path) -> str:
    """Return what pdftotext reads on a paper of a case, without blanks."""
    kept = case_of(told, why)["papers"]
    (file,) = [paper["file"] for paper in told["papers"] if paper["kind"] == kind and paper["file"] in kept]
    return poppler_text((out / file).read_bytes(), folder)


def test_each_dispute_ends_as_it_should(morning: tuple[Path, Mapping[str, Any]]) -> None:
    _out, told = morning
    assert {case["why"]: case["state"] for case in told["cases"]} == {
        LEAK.why: "archived",
        FENCE.why: "agreed_oral",
        NOISE.why: "refused",
        WAGES.why: "referred_out",
    }
    assert len({case["number"] for case in told["cases"]}) == 4
    assert case_of(told, LEAK.why)["confirmation"] == "confirmed_valid"


def test_the_agreement_says_what_was_agreed(morning: tuple[Path, Mapping[str, Any]], tmp_path: Path) -> None:
    text = text_of(*morning, LEAK.why, "f07", tmp_path)
    number = case_of(morning[1], LEAK.why)["number"]
    assert f"编号：{number}" in text
    for side in LEAK.sides:
        assert f"姓名：{side.name}" in text
        assert side.id_no in text
    assert "赔偿天花板和衣柜修复费（履行人：冯某；接受人：钱某；金额：2,600.00元" in text
    assert "大写：贰仟陆佰元整" in text
    assert LEAK.issues in text
    assert "本协议一式3份" in text


def test_the_confirmation_papers_name_the_agreement_and_the_court(
    morning: tuple[Path, Mapping[str, Any]], tmp_path: Path
) -> None:
    number = case_of(morning[1], LEAK.why)["number"]
    asked = text_of(*morning, LEAK.why, "f10", tmp_path)
    assert "示例县人民法院" in asked
    for part in (number, *(side.name for side in LEAK.sides), *(side.id_no for side in LEAK.sides)):
        assert part in asked
    assert number in text_of(*morning, LEAK.why, "f09", tmp_path)
    assert number in text_of(*morning, LEAK.why, "f11", tmp_path)


def test_the_dossier_is_bound_in_order_with_running_page_numbers(
    morning: tuple[Path, Mapping[str, Any]],
) -> None:
    out, told = morning
    file = out / case_of(told, LEAK.why)["dossier"]
    run = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    cover, contents, *numbered, back = run.stdout.decode().removesuffix("\f").split("\f")
    starts = [contents.index(name) for name in _BOUND]
    assert starts == sorted(starts)
    # The running number stands first on each page; cover, contents and back cover bear none.
    assert [page.split()[0] for page in numbered] == [str(n) for n in range(1, len(numbered) + 1)]
    assert str(len(numbered)) in cover.split()
    assert contents.split()[0] == "卷内目录"
    assert back.split()[0] == "封底"


def test_the_oral_agreement_and_the_refusal_have_their_papers(
    morning: tuple[Path, Mapping[str, Any]], tmp_path: Path
) -> None:
    oral = text_of(*morning, FENCE.why, "f08", tmp_path)
    assert "卫某三天内把篱笆移回界桩" in oral
    assert case_of(morning[1], FENCE.why)["number"] in oral
    ended = text_of(*morning, NOISE.why, "f12", tmp_path)
    assert NOISE.sides[1].name in ended
    assert "仲裁" in ended


def test_one_consultation_was_stopped_and_taken_over(morning: tuple[Path, Mapping[str, Any]]) -> None:
    _out, told = morning
    assert [(made["stopped"], made["adviser"], made["state"]) for made in told["consultations"]] == [
        (False, "张某", "finished"),
        (True, "孙某", "finished"),
    ]


def test_two_desks_and_the_hub_end_the_same(morning: tuple[Path, Mapping[str, Any]]) -> None:
    """What the summary says of the second half, held against both stores."""
    out, told = morning
    hub = told["hub"]
    assert hub["played"], hub["why_not"]
    assert (hub["desks"], hub["equal"]) == (3, True)
    figures = hub["figures"]
    assert figures["merged"] >= 1
    assert figures["conflicts"] >= 1
    assert figures["rounds"] > 4
    assert figures["pulled"] >= figures["ops"] > 100
    assert figures["bytes_up"] > 10_000
    assert hub["seconds"] > 0
    held = [desk_holds(out / name) for name in ("data", "data-2", "data-county")]
    assert held[0] == held[1] == held[2]
    station, conflicts, digest = held[0]
    assert digest == hub["digest"]
    (address, hours, notice) = station
    assert (address, hours) == (two_desks.ADDRESS, two_desks.HOURS)
    assert two_desks.FIRST_WORDS in notice
    assert two_desks.SECOND_WORDS in notice
    assert conflicts
    assert {state for _field, state in conflicts} == {"closed"}


def desk_holds(data: Path) -> tuple[Any, Any, str]:
    """Return what a desk knows of its station, of its conflicts, and its digest."""
    login = Login(data)
    opened = login.sign_on(next(user.id for user in login.state().users), PASSWORD)
    connection = opened.store.connect()
    try:
        station = connection.execute(
            f"SELECT address, open_hours, notice_text FROM station WHERE {_OURS}"
        ).fetchone()
        conflicts = connection.execute("SELECT field, state FROM conflict ORDER BY 1, 2").fetchall()
        digest = connection.execute(f"SELECT digest FROM cursor WHERE {_OURS}").fetchone()[0]
        return station, conflicts, digest
    finally:
        connection.close()
        opened.store.close()


def test_the_summary_says_what_the_store_holds(morning: tuple[Path, Mapping[str, Any]]) -> None:
    out, told = morning
    login = Login(out / "data")
    opened = login.sign_on(next(user.id for user in login.state().users), PASSWORD)
    try:
        services = kit.build(opened, login)
        cases = {row.case_no: row.state for row in services.mediation.cases.page().rows}
        advice = {row.number: row.adviser for row in services.consultation.consultations.page().rows}
        number = case_of(told, LEAK.why)["number"]
        (leak,) = [row.id for row in services.mediation.cases.page().rows if row.case_no == number]
        kept = {job.paper for job in services.print_jobs.of_record(leak)}
    finally:
        opened.store.close()
    assert kept == {"case_papers", "f11", "dossier"}
    assert cases == {case["number"]: case["state"] for case in told["cases"]}
    assert advice == {made["number"]: made["adviser"] for made in told["consultations"]}
