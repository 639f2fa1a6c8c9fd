"""Workbooks: values as words, merged cells, several sheets, careless writers."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desk.errors import InputProblem
from desk.services.roster.columns import WORDS
from desk.services.sheets.read import read


def save(path: Path, rows: Sequence[Sequence[object]], *merges: str) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for span in merges:
        page.merge_cells(span)
    book.save(path)
    return path


def test_values_become_words(tmp_path: Path) -> None:
    day = datetime.fromisoformat("1966-01-01")
    path = save(
        tmp_path / "a.xlsx", [["姓名", "电话"], ["王某 ", 13800138000], ["李某", 1.38e10], [day, 1994.1]]
    )
    assert [line.cells for line in read(path, WORDS).lines] == [
        ("姓名", "电话"),
        ("王某", "13800138000"),
        ("李某", "13800000000"),
        ("1966-01-01", "1994.1"),
    ]


def test_merged_cells_count_for_each_row_and_blank_rows_stay_blank(tmp_path: Path) -> None:
    rows = [
        ["名单", None],
        ["姓名", "选区"],
        ["王某", "第1选区"],
        ["李某", None],
        [None, None],
        ["张某", "第2选区"],
    ]
    lines = read(save(tmp_path / "a.xlsx", rows, "A1:B1", "B3:B5"), WORDS).lines
    assert [(line.number, line.cells) for line in lines] == [
        (1, ("名单", "")),
        (2, ("姓名", "选区")),
        (3, ("王某", "第1选区")),
        (4, ("李某", "第1选区")),
        (6, ("张某", "第2选区")),
    ]
    assert lines[3].filled == {1}
    assert lines[3].own == ("李某",)


def test_the_sheet_with_names_is_read_and_the_others_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title, cover["A1"] = "封面", "某镇"
    for title in ("代表", "旧名单", "藏"):
        page = book.create_sheet(title)
        page.append(["姓名", "电话"])
        page.append([f"{title}某", 1])
    book["藏"].sheet_state = "hidden"
    path = tmp_path / "多表.xlsx"
    book.save(path)
    table = read(path, WORDS)
    assert (table.sheet, table.other_sheets) == ("代表", ("封面", "旧名单"))
    assert read(path, WORDS, "旧名单").lines[1].cells[0] == "旧名单某"


def careless(path: Path, target: Path) -> Path:
    """Write the workbook again with a view that openpyxl does not know."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as package:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.startswith("xl/worksheets/"):
                data = data.replace(b"<sheetView ", b'<sheetView view="odd" ', 1)
            package.writestr(part.filename, data)
    return target


def test_a_careless_workbook_is_read_by_the_second_reader(tmp_path: Path) -> None:
    rows = [["姓名", "选区"], ["王某", "第1选区"], ["李某", None]]
    good = save(tmp_path / "a.xlsx", rows, "B2:B3")
    bad = careless(good, tmp_path / "b.xlsx")
    with pytest.raises((TypeError, ValueError)):
        openpyxl.load_workbook(bad)
    assert read(bad, WORDS).lines == read(good, WORDS).lines


def test_the_second_reader_is_kept_from_far_off_cells(tmp_path: Path) -> None:
    """It lays out every cell up to the last one and would bring the program down."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "姓名"
    page["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputProblem):
        read(careless(tmp_path / "a.xlsx", tmp_path / "b.xlsx"), WORDS)
