"""The whole morning of `desk demo`, played by the program itself in a process of its own (issue A §6)."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desk.services.pdf import decode, render

_PAPERS = {
    "recovery_sheet",
    "receipt",
    "visits_ledger",
    "visits_ledger_xlsx",
    "blank_form",
    "deputy_wall",
    "station_board",
    "operation_card",
}
_PAGES = (
    *("开站", "今日", "来访接待", "回执", "评价", "锁定", "遮屏", "搜索", "来访列表"),
    *("接待选民登记簿", "核对回执", "空白登记表", "代表值班", "导入花名册", "公示牌"),
    *("设置", "帮助", "操作卡", "旧台账", "从备份恢复", "设置向导"),
)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    """Play the demo once and return its folder and summary."""
    out = tmp_path_factory.mktemp("demo") / "made"
    command = [sys.executable, "-m", "desk", "demo", "--out", str(out)]
    played = subprocess.run(command, check=False, capture_output=True, text=True, timeout=840)
    assert played.returncode == 0, played.stderr
    return out, json.loads((out / "summary.json").read_text("utf-8"))


pytestmark = pytest.mark.timeout(900)


def test_every_step_was_played(morning: tuple[Path, Mapping[str, Any]]) -> None:
    _out, told = morning
    assert told["ok"]
    assert Path(told["store"]).is_file()
    assert told["checks"]
    assert all(step["seconds"] > 0 and step["longest_stretch_ms"] >= 0 for step in told["steps"])


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
    assert taken == {(name, percent) for name in names for percent in (100, 125, 150)}
    assert [page for page in _PAGES if not any(name.startswith(page) for name in names)] == []
    for screen in told["screens"]:
        with Image.open(out / screen["file"]) as picture:
            assert picture.size == (1366, 768)
