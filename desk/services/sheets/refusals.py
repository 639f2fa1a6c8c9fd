"""The sentences for files that cannot be read as a table, each with the way out."""

from desk import errors
from desk.text import _


def locked() -> errors.InputProblem:
    """Return the problem of a file that asks for a password."""
    return errors.InputProblem(
        _("这个文件设了打开密码，读不了。"), way_out=_("请用表格软件打开，取消密码后另存，再导入。")
    )


def foreign() -> errors.InputProblem:
    """Return the problem of a file that is no table at all."""
    return errors.InputProblem(_("这个文件不是表格。"), way_out=_("请选择 xlsx、xls 或 csv 格式的表格。"))


def other_format() -> errors.InputProblem:
    """Return the problem of a table in a format that no reader is kept for."""
    return errors.InputProblem(
        _("这种格式的表格不能直接导入。"), way_out=_("请用表格软件打开，另存为 xlsx 后再导入。")
    )


def unreachable() -> errors.InputProblem:
    """Return the problem of a file that is gone or held by another program."""
    return errors.InputProblem(
        _("打不开这个文件。"), way_out=_("请确认文件还在、没有被别的程序占用，再试一次。")
    )


def empty() -> errors.InputProblem:
    """Return the problem of a file without a single word."""
    return errors.InputProblem(
        _("这个文件里没有内容。"), way_out=_("请确认选对了文件、文件已保存完整，再导入。")
    )


def damaged() -> errors.InputProblem:
    """Return the problem of a file that was cut off or damaged."""
    return errors.InputProblem(
        _("文件损坏或不完整，读不出来。"),
        way_out=_("请重新取得这个文件，或用表格软件打开后另存为 xlsx，再导入。"),
    )


def unknown_charset() -> errors.InputProblem:
    """Return the problem of bytes that are no text in any expected character set."""
    return errors.InputProblem(
        _("认不出这个文件的文字编码，文件可能不完整，或者不是表格。"),
        way_out=_("请用表格软件打开，另存为 xlsx 后再导入。"),
    )


def too_heavy(size: int, limit: int) -> errors.InputProblem:
    """Return the problem of a file of `size` bytes where `limit` bytes are the most."""
    return errors.InputProblem(
        _("文件太大（{size} MB），表格最多 {limit} MB。").format(
            size=round(size / 1024**2), limit=limit // 1024**2
        ),
        way_out=_("请删去照片和多余的工作表，只保留要导入的那张表，另存后再导入。"),
    )


def too_long() -> errors.InputProblem:
    """Return the problem of a table with far more rows or columns than a station writes."""
    return errors.InputProblem(
        _("表格太大，里面可能有成片的空行或空列。"),
        way_out=_("请把要导入的那几列复制到一张新表，另存后再导入。"),
    )
