"""The old workbook's reader lives in a process of its own."""

import subprocess
from pathlib import Path

import pytest

from desk.errors import InputProblem
from desk.services.roster.columns import WORDS
from desk.services.sheets import refusals
from desk.services.sheets.apart import dumped, loaded, read_apart, refused
from desk.services.sheets.table import Line, Table

STREET = Path(__file__).parents[3] / "real" / "联系表-街道.xls"


def test_a_table_comes_through_whole() -> None:
    table = Table(
        "a.xls", "表一", (Line(1, ("姓名", "𬱖")), Line(3, ("王某", ""), frozenset({1}))), ("表二",)
    )
    assert loaded("a.xls", dumped(table)) == table


def test_a_refusal_comes_through_with_its_way_out() -> None:
    with pytest.raises(InputProblem) as caught:
        loaded("a.xls", refused(refusals.locked()))
    assert (caught.value.sentence, caught.value.way_out) == (
        refusals.locked().sentence,
        refusals.locked().way_out,
    )


def test_an_old_workbook_is_read() -> None:
    table = read_apart(STREET, WORDS, "")
    assert len(table.lines) == 40
    assert table.sheet == "Sheet1"


def far_off_cell(data: bytes) -> bytes:
    """Put one cell of the sheet so far off that no memory holds the table laid out."""
    cell = data.index(b"\xfd\x00\x0a\x00", data.index(b"\x09\x08\x10\x00\x00\x06\x10\x00"))
    return data[: cell + 4] + b"\xff\xff\xff\xff" + data[cell + 8 :]


def test_a_file_that_brings_the_reader_down_is_only_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "坏.xls"
    path.write_bytes(far_off_cell(STREET.read_bytes()))
    with pytest.raises(InputProblem, match="损坏"):
        read_apart(path, WORDS, "")


def test_a_reader_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A stand-in, because the real one would take a minute.
    def never(*_command: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("desk", 60)

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(InputProblem, match="太大"):
        read_apart(STREET, WORDS, "")
