"""Rows tell which values they show."""

from desk.services.pdf.forms.layout import CellLayout, RowLayout


def test_the_keys_of_a_row() -> None:
    assert RowLayout("field", label="事实", key="facts").keys == {"facts"}
    cells = (CellLayout("编号", "number"), CellLayout("小标题"))
    assert RowLayout("cells", cells=cells).keys == {"number"}
