"""The sheet by which a PC enrols: everything to type, and a QR code of it for a scanner. One page of A4.

The hub may not use the desk's papers, so this one is drawn here. It carries a secret that lives for days.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from desk import paths
from desk.errors import PaperProblem
from desk.hub.enrolment import Code
from desk.text import _
from desk.wire.enrolling import Ticket

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_MM: Final = 72 / 25.4
_WIDE, _HIGH = 210 * _MM, 297 * _MM
_LEFT = 25 * _MM
_QR_SIDE = 60 * _MM
_QUIET = 4
_FACE, _BOLD = "sheet", "sheet-bold"
_FILES: Final = {_FACE: "NotoSansSC-Regular.ttf", _BOLD: "NotoSansSC-Bold.ttf"}


def draw(code: Code, address: str, pin: str) -> bytes:
    """Return the sheet of a fresh code as PDF; pin: "" where the system knows the hub's certificate.

    Raises:
        PaperProblem: the fonts are not here, or lack a character of a name.
    """
    from reportlab.pdfgen.canvas import Canvas

    _load_faces()
    said = io.BytesIO()
    # The first font: every one that is listed in the file is embedded in it. The stubs call it a number.
    first: Any = _FACE
    canvas = Canvas(said, (_WIDE, _HIGH), initialFontName=first, pageCompression=1)
    canvas.setTitle(_("电脑登记单"))
    at = _HIGH - 40 * _MM
    _write(canvas, (_BOLD, 24), (_LEFT, at), _("电脑登记单"))
    at -= 12 * _MM
    _write(canvas, (_FACE, 14), (_LEFT, at), f"{code.county} · {code.whom}")
    _draw_code(canvas, Ticket(address, code.code, pin).to_text(), at - 8 * _MM - _QR_SIDE)
    at -= _QR_SIDE + 24 * _MM
    for name, value in (
        (_("登记码"), code.code),
        (_("地址"), address),
        (_("核对码"), pin or _("不用填")),
        (_("有效期至"), code.until.strftime("%Y-%m-%d %H:%M")),
    ):
        _write(canvas, (_FACE, 12), (_LEFT, at), name)
        _write(canvas, (_BOLD, 15), (_LEFT + 28 * _MM, at), value)
        at -= 11 * _MM
    at -= 4 * _MM
    for line in _steps():
        _write(canvas, (_FACE, 12), (_LEFT, at), line)
        at -= 8 * _MM
    canvas.save()
    return said.getvalue()


def _steps() -> Iterator[str]:
    yield _("1. 在那台电脑上打开“设置 › 县级平台”。")
    yield _("2. 有扫码枪的，点“登记码”一栏，扫上面的码；没有的，照着输三栏。")
    yield _("3. 点“登记本机”。一张登记单只能登记一台电脑，用过就作废，请销毁。")


def _load_faces() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        path = paths.resources() / "fonts" / file
        if not path.exists():
            raise PaperProblem(
                _("缺少字体文件 {path}").format(path=path), way_out=_("请从源码文件夹安装并运行 desk-hub。")
            )
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(path)))


def _write(canvas: "Canvas", style: tuple[str, int], place: tuple[float, float], text: str) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    (face, size), (left, bottom) = style, place
    font = pdfmetrics.getFont(face)
    assert isinstance(font, TTFont)
    for sign in text:
        if ord(sign) not in font.face.charToGlyph:
            raise PaperProblem(_("字体里没有“{sign}”这个字，登记单印不出来").format(sign=sign))
    while size > 8 and font.stringWidth(text, size) > _WIDE - left - _LEFT / 2:
        size -= 1
    canvas.setFont(face, size)
    canvas.drawString(left, bottom, text)


def _draw_code(canvas: "Canvas", text: str, bottom: float) -> None:
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    mark = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    mark.add_data(text)
    mark.make(fit=True)
    rows = mark.get_matrix()
    module = _QR_SIDE / len(rows)
    for number, row in enumerate(rows):
        for column, black in enumerate(row):
            if black:
                low = bottom + _QR_SIDE - (number + 1) * module
                # A hair more than a module, so that no white line shows between two.
                canvas.rect(_LEFT + column * module, low, module * 1.02, module * 1.02, stroke=0, fill=1)
