"""站点二维码牌: the station's code on A4, with name and phone in plain words below it (F-52, QR rules)."""

from dataclasses import dataclass

from desk.services.pdf import decode, page
from desk.services.pdf.page import GREY, RED, Sheet, Style
from desk.text import _

CODE_SIDES = (90.0, 120.0, 136.0)  # mm: read from ten times as far (side ≥ distance / 10)
CODE_SIDE = 120.0  # the usual one
_TOP, _BOTTOM = 74.0, 284.0


@dataclass(frozen=True)
class StationBoard:
    """What hangs at the door: names and numbers of the station only, no personal data.

    `invite` says in large letters below the code what to do, `note` in small ones what the code is: without a
    hub no phone opens it.
    """

    station: str
    phone: str
    address: str
    hours: str
    code: str
    invite: str
    note: str
    code_side: float = CODE_SIDE


def draw(board: StationBoard) -> bytes:
    """Return the board as PDF, released only when its code reads back from the finished page.

    Raises PaperProblem when it does not, or when a face lacks a character.
    """
    sheet = Sheet(page.A4, _("站点二维码牌"))
    sheet.box(0, 0, 210, 16, fill=RED)
    title = Style(34, bold=True, tone=RED, align="centre", spacing=3)
    sheet.fitted(105, 48, 180, board.station, title, least=14, field=_("站名"))
    sheet.text(105, 64, _("反映问题 · 提出建议 · 查询进度"), Style(16, tone=GREY, align="centre", spacing=1))
    side = board.code_side
    sheet.code((210 - side) / 2, _TOP, side, board.code)
    invite = Style(30, bold=True, align="centre", spacing=6)
    sheet.fitted(105, _TOP + side + 16, 180, board.invite, invite, least=12, field=_("码下的话"))
    rows = ((_("电话"), board.phone), (_("地址"), board.address), (_("接待时间"), board.hours))
    y = _TOP + side + 34
    for label, text in rows:
        if text:
            words = _("{label}  {text}").format(label=label, text=text)
            sheet.fitted(105, y, 180, words, Style(17, align="centre"), least=8, field=label)
            y += 12
    sheet.fitted(
        105, _BOTTOM, 190, board.note, Style(10, tone=GREY, align="centre"), least=6, field=_("说明")
    )
    pdf = sheet.finish()
    decode.require(pdf, (decode.Found(0, board.code),))
    return pdf
