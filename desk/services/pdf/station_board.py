"""站点二维码牌: the station's code on A4, with name and phone in plain words below it (F-52, QR rules)."""

from dataclasses import dataclass

from desk.services.pdf import decode, page
from desk.services.pdf.page import GREY, RED, Sheet, Style
from desk.text import _

CODE_SIDE = 120.0  # mm: read from 1.2 m (side ≥ distance / 10)


@dataclass(frozen=True)
class StationBoard:
    """What hangs at the door: names and numbers of the station only, no personal data."""

    station: str
    phone: str
    address: str
    hours: str
    code: str


def draw(board: StationBoard) -> bytes:
    """Return the board as PDF, released only when its code reads back from the finished page.

    Raises PaperProblem when it does not, or when a face lacks a character.
    """
    sheet = Sheet(page.A4, _("站点二维码牌"))
    sheet.box(0, 0, 210, 16, fill=RED)
    title = Style(34, bold=True, tone=RED, align="centre", spacing=3)
    sheet.fitted(105, 48, 180, board.station, title, least=14, field=_("站名"))
    sheet.text(105, 64, _("反映问题 · 提出建议 · 查询进度"), Style(16, tone=GREY, align="centre", spacing=1))
    sheet.code((210 - CODE_SIDE) / 2, 76, CODE_SIDE, board.code)
    sheet.text(105, 212, _("扫码留言"), Style(30, bold=True, align="centre", spacing=6))
    rows = ((_("电话"), board.phone), (_("地址"), board.address), (_("接待时间"), board.hours))
    y = 232.0
    for label, text in rows:
        if text:
            words = _("{label}  {text}").format(label=label, text=text)
            sheet.fitted(105, y, 180, words, Style(17, align="centre"), least=8, field=label)
            y += 12
    distance = _("一米以内可扫；本码只含站点编号，不含个人信息")
    sheet.text(105, 284, distance, Style(10, tone=GREY, align="centre"))
    pdf = sheet.finish()
    decode.require(pdf, (decode.Found(0, board.code),))
    return pdf
