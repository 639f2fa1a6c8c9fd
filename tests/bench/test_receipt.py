"""The receipt against a bare reportlab page with the same faces and words."""

import io
from dataclasses import replace

import pytest
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desk import paths
from desk.services.pdf import fonts, receipt
from tests.bench.figures import Figure, Figures, Times, timed
from tests.paper_samples import RECEIPT, texts

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

_TIMES = 40
_LIMIT_KB = 60
PAPER = replace(RECEIPT, visitor="王𬱖（1 人）")


def _bare(pages: list[str]) -> bytes:
    """Write the words of the receipt, regular and rare face, line by line."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A5))
    for words in pages:
        for line in range(0, len(words), 30):
            canvas.setFont("bare-regular", 12)
            canvas.drawString(40, 400 - line, words[line : line + 30].replace("𬱖", ""))
        canvas.setFont("bare-bold", 12)
        canvas.drawString(40, 20, words[:20].replace("𬱖", ""))
        canvas.setFont("bare-rare", 12)
        canvas.drawString(300, 20, "𬱖")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_receipt_pdf(figures: Figures) -> None:
    for name, face in (("regular", fonts.REGULAR), ("bold", fonts.BOLD), ("rare", fonts.RARE)):
        file = paths.resources() / "fonts" / f"{face}.ttf"
        pdfmetrics.registerFont(TTFont(f"bare-{name}", str(file), asciiReadable=False, shapable=False))
    pdf = receipt.draw(PAPER)
    pages = texts(pdf)
    _bare(pages)
    ours, floor = [], []
    for _n in range(_TIMES):
        ours.append(timed(lambda: receipt.draw(PAPER)))
        floor.append(timed(lambda: _bare(pages)))
    mine, raw = Times(ours), Times(floor)
    ratio = mine.half / raw.half
    what = "receipt PDF, warm, fallback font included"
    words = f"bare reportlab pages, same faces and words: {raw}"
    figures.add(Figure(what, str(mine), words, f"{ratio:.2f} ×", "≤ 2 ×", ratio <= 2))


def test_receipt_size(figures: Figures) -> None:
    size = len(receipt.draw(PAPER)) / 1024
    limit = f"≤ {_LIMIT_KB} KB"
    figures.add(Figure("receipt PDF, size", f"{size:.0f} KB", "–", "–", limit, size <= _LIMIT_KB))
