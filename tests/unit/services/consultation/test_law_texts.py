"""Full texts out of text files and spreadsheets: articles, versions, doubts, and files that are none."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desk.errors import InputProblem
from desk.rules.statutes import Number
from desk.services.consultation.law_texts import read_law

TEXT = """某市物业管理条例
（2020年1月10日通过　自2020年3月1日起施行）
第一章　总则
第一条　为了规范物业管理，制定本条例。
第二条　本市的物业管理活动适用本条例。
法律另有规定的除外。
第二条之一 业主大会可以委托社区协助。
第二章　业主
第三条　业主对共有部分享有权利。
"""


def test_a_text_is_taken_apart_by_article(tmp_path: Path) -> None:
    file = tmp_path / "条例.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    found = read_law(file)
    assert (found.name, found.version_on) == ("某市物业管理条例", date(2020, 3, 1))
    assert dict(found.articles)[Number(2)] == "本市的物业管理活动适用本条例。\n法律另有规定的除外。"
    assert [number.key for number, _words in found.articles] == ["1", "2", "2-1", "3"]
    assert found.notes == ()


def test_a_spreadsheet_has_two_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    rows = (("条号", "内容"), (1, "第一条的话"), ("第二条", "第二条的话"), ("前言", "不是条文"), (3, ""))
    for line in rows:
        book.active.append(line)
    file = tmp_path / "条例.xlsx"
    book.save(file)
    found = read_law(file)
    assert [(number.key, words) for number, words in found.articles] == [
        ("1", "第一条的话"),
        ("2", "第二条的话"),
    ]
    assert found.notes == ("第 4 行：“前言”不是条文的编号。", "第三条没有内容，没有收。")


def test_doubles_and_runaway_articles_are_told(tmp_path: Path) -> None:
    file = tmp_path / "法.txt"
    file.write_text(f"某法\n第一条 甲\n第一条 乙\n第二条 {'长' * 20_001}\n", encoding="utf-8")
    found = read_law(file)
    assert [words for _number, words in found.articles] == ["甲"]
    assert found.notes == (
        "第一条出现了不止一次，只收第一次的。",
        "第二条太长，没有收，请核对是否漏了后面的条号。",
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "没有找到条文"),
        ("话.txt", "随便写的一句话".encode(), "没有找到条文"),
        ("表.csv", "甲,乙\n1,2\n".encode(), "没有“条号”和“内容”两栏"),
        ("坏.xlsx", b"PK\x03\x04 cut off", "损坏"),
        ("大.txt", b"x" * (8 * 1024 * 1024 + 1), "太大"),
    ],
)
def test_what_holds_no_law_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputProblem) as caught:
        read_law(file)
    assert words in caught.value.sentence + caught.value.way_out


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="打不开"):
        read_law(tmp_path / "没有.txt")


@pytest.mark.parametrize(
    ("head", "version"),
    [
        ("（2007年12月29日通过　根据2012年12月28日某会议《关于修改某法的决定》修正）", None),
        ("（2007年12月29日通过　2019年4月23日修订）", None),
        ("（2007年12月29日通过　2019年4月23日修订　自2019年7月1日起施行）", date(2019, 7, 1)),
        ("（2019年4月23日通过）", date(2008, 5, 1)),
    ],
)
def test_a_corrected_text_does_not_take_the_day_of_its_first_edition(
    tmp_path: Path, head: str, version: date | None
) -> None:
    file = tmp_path / "法.txt"
    file.write_text(f"某法\n{head}\n第一条 甲\n第二条 本法自2008年5月1日起施行。\n", encoding="utf-8")
    found = read_law(file)
    assert found.version_on == version
    assert found.is_corrected == (head[-3:-1] != "通过")


def test_a_day_that_does_not_exist_is_no_version(tmp_path: Path) -> None:
    file = tmp_path / "法.txt"
    file.write_text("某法\n自2020年2月31日起施行\n第一条 甲\n", encoding="utf-8")
    assert read_law(file).version_on is None
