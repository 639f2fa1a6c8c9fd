"""What the other process answers."""

from pathlib import Path

import pytest

from desk.errors import InputProblem
from desk.services.roster.columns import WORDS
from desk.services.sheets import native
from desk.services.sheets.apart import loaded

STREET = Path(__file__).parents[3] / "real" / "联系表-街道.xls"


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of memory is for the process apart, not for the one that runs all tests."""
    monkeypatch.setattr(native.child, "limit", lambda: None)


def test_the_sheet_with_its_words() -> None:
    table = loaded("a.xls", native.answer(STREET, WORDS, ""))
    assert table.lines[1].cells[:3] == ("编号", "姓名", "代表类别")
    assert table.lines[2].cells == (
        "1",
        "令狐艳",
        "县、镇",
        "村党支部书记、村委会主任",
        "第5选区",
        "17710546302",
    )


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(STREET.read_bytes()[:600])
    with pytest.raises(InputProblem):
        loaded("a.xls", native.answer(path, WORDS, ""))
