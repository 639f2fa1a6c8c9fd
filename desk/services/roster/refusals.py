"""The sentence for a table that can be read but is no roster, with the way out."""

from desk import errors
from desk.text import _


def no_names() -> errors.InputProblem:
    """Return the problem of a table without a column of names."""
    return errors.InputProblem(
        _("没有找到“姓名”这一栏。"), way_out=_("请确认选对了文件和工作表，或在表头上指定哪一栏是姓名。")
    )
