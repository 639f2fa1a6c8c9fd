"""What a roster file may be: every bad one gets a sentence and a way out, before it is parsed."""

import contextlib
import zipfile
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.services.roster.columns import WORDS
from desk.services.sheets import read as reading
from desk.services.sheets.read import read

REAL = Path(__file__).parents[3] / "real"
TOWN = REAL / "代表花名册-示例镇.xlsx"
STREET = REAL / "联系表-街道.xls"
COUNTY = REAL / "代表名单-县导出.csv"


def refused(path: Path) -> str:
    with pytest.raises(InputProblem) as caught:
        read(path, WORDS)
    assert caught.value.way_out
    return caught.value.sentence


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_ending_of_a_name_does_not_decide(tmp_path: Path) -> None:
    as_csv = put(tmp_path, "a.csv", TOWN.read_bytes())
    as_xlsx = put(tmp_path, "b.xlsx", COUNTY.read_bytes())
    assert read(as_csv, WORDS).lines == read(TOWN, WORDS).lines
    assert read(as_xlsx, WORDS).lines == read(COUNTY, WORDS).lines


def test_an_empty_file(tmp_path: Path) -> None:
    assert "没有内容" in refused(put(tmp_path, "空.xlsx", b""))
    assert "没有内容" in refused(put(tmp_path, "空.csv", b"\r\n , ,\r\n"))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "打不开" in refused(tmp_path / "没有.xlsx")
    assert "不是表格" in refused(tmp_path)


@pytest.mark.parametrize("source", [TOWN, STREET])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_anywhere(tmp_path: Path, source: Path, share: float) -> None:
    data = source.read_bytes()
    assert "不完整" in refused(put(tmp_path, source.name, data[: int(len(data) * share)]))


@settings(deadline=None, max_examples=10)
@given(place=st.integers(512, 9727), length=st.integers(1, 64), seed=st.randoms())
def test_a_damaged_old_workbook_is_read_or_refused(place: int, length: int, seed: Random) -> None:
    data = bytearray(STREET.read_bytes())
    data[place : place + length] = seed.randbytes(length)
    with TemporaryDirectory() as folder, contextlib.suppress(InputProblem):
        read(put(Path(folder), "坏.xls", bytes(data)), WORDS)


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    locked_xlsx = reading._OLE + b"\0" * 1000 + reading._ENCRYPTED + b"\0" * 1000
    assert "密码" in refused(put(tmp_path, "a.xlsx", locked_xlsx))
    data = bytearray(STREET.read_bytes())
    after_start = data.index(b"\x09\x08\x10\x00") + 20
    data[after_start : after_start + 2] = b"\x2f\x00"  # the record that says "encrypted" in an old workbook
    assert "密码" in refused(put(tmp_path, "b.xls", bytes(data)))


def test_a_file_of_60_megabytes(tmp_path: Path) -> None:
    path = put(tmp_path, "大.xlsx", TOWN.read_bytes())
    with path.open("r+b") as file:
        file.truncate(60 * 1024 * 1024)
    assert refused(path) == "文件太大（60 MB），表格最多 20 MB。"


def test_a_package_that_swells(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (reading.MAX_UNPACKED + 1))
    assert path.stat().st_size < 100_000
    assert "太大" in refused(path)


def test_a_stray_cell_in_the_last_corner(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "姓名"
    page["XFD1048576"] = "x"
    path = tmp_path / "远.xlsx"
    book.save(path)
    assert "太大" in refused(path)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("扫描.xlsx", b"%PDF-1.7\n...", "不是表格"),
        ("照片.xls", b"\xff\xd8\xff\xe0 JFIF", "不是表格"),
        ("网页.xls", b"<html><table><tr><td>\xd0\xd5\xc3\xfb</td></tr></table></html>", "不能直接导入"),
        ("二进制.csv", bytes(range(256)) * 4, "编码"),
        ("坏编码.csv", "姓名,电话\n".encode() + b"\xff\xff\xff,1", "编码"),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in refused(put(tmp_path, name, data))


@pytest.mark.parametrize(
    ("part", "words"),
    [("word/document.xml", "不是表格"), ("content.xml", "不能直接导入"), ("xl/workbook.bin", "不能")],
)
def test_packages_of_other_programs(tmp_path: Path, part: str, words: str) -> None:
    path = tmp_path / "文件.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "<x/>")
    assert words in refused(path)


def test_a_workbook_whose_sheet_is_no_xml(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(TOWN) as source, zipfile.ZipFile(path, "w") as package:
        for part in source.infolist():
            data = source.read(part)
            package.writestr(part.filename, data[: len(data) // 2] if "sheet1" in part.filename else data)
    refused(path)
