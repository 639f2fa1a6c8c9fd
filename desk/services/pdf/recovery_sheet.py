"""恢复单: the recovery code printed once, to be kept in a locked place apart from the PC."""

from dataclasses import dataclass

from desk.services.pdf import page
from desk.services.pdf.page import GREY, RED, Sheet, Style
from desk.text import _

_LEFT, _WIDTH = 25.0, 160.0


@dataclass(frozen=True)
class RecoverySheet:
    """What the sheet says; `code` is the recovery code as it must be typed."""

    station: str
    device_letter: str
    code: str
    made_by: str
    made_text: str


def draw(paper: RecoverySheet) -> bytes:
    """Return the sheet as a one-page A4 PDF. Raises PaperProblem when a face lacks a character."""
    sheet = Sheet(page.A4, _("恢复单"))
    sheet.text(105, 38, _("恢复单"), Style(28, bold=True, align="centre", spacing=10))
    sheet.fitted(105, 50, 170, paper.station, Style(13, tone=GREY, align="centre"), least=7, field=_("站名"))
    sheet.line(_LEFT, 56, _LEFT + _WIDTH, 56, weight=0.8, tone=RED)
    facts = (
        (_("本机代号"), paper.device_letter),
        (_("生成人"), paper.made_by),
        (_("生成时间"), paper.made_text),
    )
    for number, (label, text) in enumerate(facts):
        sheet.text(_LEFT, 68 + number * 9, label, Style(12, tone=GREY))
        sheet.fitted(_LEFT + 32, 68 + number * 9, _WIDTH - 32, text, Style(12), field=label)
    sheet.text(_LEFT, 106, _("恢复码"), Style(12, tone=GREY))
    sheet.box(_LEFT, 110, _WIDTH, 44, weight=1)
    code = Style(22, bold=True, align="centre", spacing=1)
    rows = _code_rows(paper.code)
    for number, row in enumerate(rows):
        y = 134 + (number - (len(rows) - 1) / 2) * 13
        sheet.fitted(105, y, _WIDTH - 12, row, code, least=10, field=_("恢复码"))
    y = 170.0
    for number, words in enumerate(_advice(), 1):
        text = f"{number}. {words}"
        y += sheet.fitted(_LEFT, y, _WIDTH, text, Style(12.5), least=10, most=4) + 2.5
    sheet.text(_LEFT, 262, _("保管人签名"), Style(12, tone=GREY))
    sheet.line(_LEFT + 28, 263.5, _LEFT + 82, 263.5)
    sheet.text(_LEFT + 92, 262, _("日期"), Style(12, tone=GREY))
    sheet.line(_LEFT + 106, 263.5, _LEFT + _WIDTH, 263.5)
    return sheet.finish()


def _code_rows(code: str) -> tuple[str, ...]:
    """Break the code between its groups, four to a line, so that nobody mistypes a torn group."""
    groups = code.split("-")
    return tuple("-".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def _advice() -> tuple[str, ...]:
    return (
        _("忘记密码、系统密钥环丢失或更换电脑后，凭恢复码找回本机全部数据。"),
        _(
            "恢复码只打印这一次，程序里看不到。请核对字迹清楚，装信封封存，锁在单位保险柜，不要与电脑放在一起。"
        ),
        _("任何人拿到恢复码和数据文件就能打开本站数据。不要拍照，不要用微信、邮件发送。"),
        _("怀疑泄露或保管人变动时，请站长在设置里重新生成，旧恢复码随即作废。"),
    )
