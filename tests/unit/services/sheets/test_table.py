"""Lines and tables."""

from desk.services.sheets.table import Line, Table


def test_a_cell_beyond_the_end_is_empty() -> None:
    line = Line(3, ("王某", "", "第1选区"), frozenset({2}))
    assert [line.cell(column) for column in (0, 1, 2, 9)] == ["王某", "", "第1选区", ""]
    assert line.own == ("王某",)


def test_the_width_is_that_of_the_widest_line() -> None:
    assert Table("a.csv", "", (Line(1, ("名单",)), Line(2, ("姓名", "电话")))).width == 2
    assert Table("a.csv", "", ()).width == 0
