"""The sheet every paper is drawn on: sizes, text, rules, boxes, codes; measured in mm from the top left."""

import io
from dataclasses import dataclass, replace

from desk.errors import PaperProblem
from desk.services.pdf import fonts, lines, qr_mark
from desk.text import _

POINTS_PER_MM = 72 / 25.4
LEADING = 1.5  # baseline distance as a multiple of the size

Tone = tuple[float, float, float]
INK: Tone = (0.09, 0.09, 0.11)
GREY: Tone = (0.35, 0.36, 0.40)
RED: Tone = (0.69, 0.14, 0.12)
RULE: Tone = (0.62, 0.63, 0.66)
MIST: Tone = (0.87, 0.88, 0.91)
WHITE: Tone = (1.0, 1.0, 1.0)
BLACK: Tone = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Size:
    """A sheet of paper in mm, as held."""

    name: str
    width: float
    height: float


A3_LANDSCAPE = Size("A3", 420, 297)
A4 = Size("A4", 210, 297)
A4_LANDSCAPE = Size("A4", 297, 210)
A5_LANDSCAPE = Size("A5", 210, 148)


@dataclass(frozen=True)
class Style:
    """How a text looks: size and letter-spacing in points; `align` at its x is left, centre or right.

    `faces` are tried before the shipped ones, character by character (see fonts.place).
    """

    size: float
    bold: bool = False
    tone: Tone = INK
    align: str = "left"
    spacing: float = 0.0
    faces: tuple[str, ...] = ()


class Sheet:
    """One document in the making; finish() returns its bytes."""

    def __init__(self, size: Size, title: str) -> None:
        """Begin a document whose first page is `size`; `title` is shown by readers, never a person's data."""
        from reportlab.pdfgen.canvas import Canvas

        self.size = size
        self.page_number = 1
        self._buffer = io.BytesIO()
        fonts.font(fonts.REGULAR)  # registered before the canvas asks for its first font
        # Without initialFontName an unembedded Helvetica is listed in every document.
        self._canvas = Canvas(
            self._buffer,
            pagesize=(size.width * POINTS_PER_MM, size.height * POINTS_PER_MM),
            pageCompression=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs take it for a number
            lang="zh-CN",
        )
        self._canvas.setTitle(lines.clean(title))
        self._canvas.setProducer(_("接待台"))
        self._canvas.setCreator(_("接待台"))

    def text(self, x: float, y: float, text: str, style: Style, field: str = "") -> float:
        """Draw one line with its baseline at `y`; return its width in mm.

        Raises PaperProblem for a character no face has (see lines.runs).
        """
        ready = lines.clean(text).replace("\n", " ")
        found = lines.runs(ready, bold=style.bold, field=field, faces=style.faces)
        points = sum(run.width for run in found) * style.size / 1000 + style.spacing * len(ready)
        start = x * POINTS_PER_MM
        if style.align == "right":
            start -= points
        elif style.align == "centre":
            start -= (points - style.spacing) / 2
        drawn = self._canvas.beginText(start, self._up(y))
        drawn.setFillColorRGB(*style.tone)
        drawn.setCharSpace(style.spacing)
        for run in found:
            drawn.setFont(run.face, style.size)
            drawn.textOut(run.text)
        self._canvas.drawText(drawn)
        return points / POINTS_PER_MM

    def fitted(
        self,
        x: float,
        y: float,
        box: float,
        text: str,
        style: Style,
        *,
        least: float = 7,
        most: int = 1,
        field: str = "",
    ) -> float:
        """Draw `text` in at most `most` lines of `box` mm, shrinking to `least` points before it is cut.

        The first baseline is `y`. Returns the height used in mm (lines × leading).
        """
        fitted = self.fit(text, box, style, least=least, most=most, field=field)
        step = fitted.size * LEADING / POINTS_PER_MM
        for number, line in enumerate(fitted.lines):
            self.text(x, y + number * step, line, replace(style, size=fitted.size), field)
        return len(fitted.lines) * step

    def fit(
        self, text: str, box: float, style: Style, *, least: float = 7, most: int = 1, field: str = ""
    ) -> lines.Fitted:
        """Return what `fitted` would draw, without drawing."""
        ready = lines.clean(text).strip()
        room = box * POINTS_PER_MM
        if most == 1:
            ready = ready.replace("\n", " ")
            room -= style.spacing * len(ready)
        return lines.fit(
            ready,
            max(room, 1.0),
            sizes=_steps(style.size, least),
            most=most,
            bold=style.bold,
            field=field,
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.5, tone: Tone = RULE
    ) -> None:
        """Draw a straight line `weight` points thick."""
        self._canvas.setStrokeColorRGB(*tone)
        self._canvas.setLineWidth(weight)
        self._canvas.line(x1 * POINTS_PER_MM, self._up(y1), x2 * POINTS_PER_MM, self._up(y2))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Tone | None = None,
        weight: float = 0.5,
        tone: Tone = RULE,
    ) -> None:
        """Draw a rectangle with its top left corner at (x, y): filled, or outlined when there is no fill."""
        if fill is not None:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.setStrokeColorRGB(*tone)
        self._canvas.setLineWidth(weight)
        self._canvas.rect(
            x * POINTS_PER_MM,
            self._up(y + height),
            width * POINTS_PER_MM,
            height * POINTS_PER_MM,
            stroke=0 if fill is not None else 1,
            fill=1 if fill is not None else 0,
        )

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """Draw the code of `text` in a square of `side` mm, quiet zone included, as one filled path.

        Raises PaperProblem when a module would be smaller than 0.5 mm (issue A, section 5).
        """
        modules = len(qr_mark.matrix(text)) + 2 * qr_mark.QUIET
        module = side / modules
        if module < qr_mark.SMALLEST_MODULE - 1e-6:
            raise PaperProblem(
                _("二维码太密，印出来扫不了。"), way_out=_("请选更大的纸，或缩短设置里的网址。")
            )
        self.box(x, y, side, side, fill=WHITE)
        self._canvas.saveState()
        self._canvas.translate(
            (x + qr_mark.QUIET * module) * POINTS_PER_MM, self._up(y + qr_mark.QUIET * module)
        )
        self._canvas.scale(module * POINTS_PER_MM, -module * POINTS_PER_MM)
        self._canvas.setFillColorRGB(*BLACK)
        self._canvas.drawPath(_Modules(text), stroke=0, fill=1)
        self._canvas.restoreState()

    def next_page(self) -> None:
        """Close this page and begin another of the same size."""
        self._canvas.showPage()
        self.page_number += 1

    def finish(self) -> bytes:
        """Close the document and return it."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def _up(self, y: float) -> float:
        return (self.size.height - y) * POINTS_PER_MM


class _Modules:
    """The black row runs of a code as one path in module units (one fill leaves no hairlines between rows).

    Stands in for a reportlab path, which takes ten times as long to format the same whole numbers.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def getCode(self) -> str:
        """Return the path in PDF operators (reportlab asks by this name)."""
        return " ".join(
            f"{column} {row} {length} 1 re" for column, row, length in qr_mark.row_runs(self._text)
        )


def _steps(largest: float, least: float) -> tuple[float, ...]:
    """Return sizes from the largest down to the least in half points."""
    count = max(0, int((largest - least) * 2))
    return (*(largest - number / 2 for number in range(count)), min(least, largest))
