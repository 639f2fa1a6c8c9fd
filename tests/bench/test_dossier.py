"""A dossier of 40 pages with 10 scans against the bare cost of drawing and merging the same pages."""

import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desk import paths
from desk.services.pdf import fonts
from desk.services.pdf.binding import Sheets
from desk.services.pdf.mediation import dossier, inquiry_record, sitting_record
from desk.services.pdf.mediation.dossier import DossierFile
from tests.bench.figures import Figure, Figures, Times, timed
from tests.case_papers import BACK, CONTENTS, COVER, INQUIRY, NOTE, SITTING
from tests.paper_samples import texts
from tests.scan_samples import noisy

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

_TIMES = 7
_SCANS = 10


def _file(scan: bytes) -> DossierFile:
    drawn = [Sheets("人民调解记录", sitting_record.draw(SITTING)) for _number in range(6)]
    drawn += [Sheets("人民调解调查记录", inquiry_record.draw(INQUIRY)) for _number in range(4)]
    scans = [Sheets("证据材料", scan, "image/jpeg", scanned=True)] * _SCANS
    return DossierFile(COVER, CONTENTS, (*drawn, *scans), NOTE, BACK)


def _bare(papers: list[list[str]], scan: bytes) -> bytes:
    """Write the same words line by line, a document a paper, and merge them and the scans with PDFium."""
    made = pypdfium2.PdfDocument.new()
    for pages in papers:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4)
        for words in pages:
            for line in range(0, len(words), 28):
                canvas.setFont("bare-regular", 16)
                canvas.drawString(80, 700 - line, words[line : line + 28])
            canvas.setFont("bare-bold", 22)
            canvas.drawString(80, 760, words[:8])
            canvas.showPage()
        canvas.save()
        source = pypdfium2.PdfDocument(out.getvalue())
        made.import_pages(source)
        source.close()
    for _number in range(_SCANS):
        page = made.new_page(*A4)
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(io.BytesIO(scan), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix(A4[0], 0, 0, A4[1], 0, 0))
        page.insert_obj(image)
        page.gen_content()
        page.close()
    whole = io.BytesIO()
    made.save(whole)
    made.close()
    return whole.getvalue()


def test_dossier(figures: Figures) -> None:
    for name, face in (("regular", fonts.REGULAR), ("bold", fonts.BOLD)):
        file = paths.resources() / "fonts" / f"{face}.ttf"
        pdfmetrics.registerFont(TTFont(f"bare-{name}", str(file), asciiReadable=False, shapable=False))
    scan = noisy()
    pages = texts(dossier.draw(_file(scan)).pdf)
    assert len(pages) >= 40
    papers = [pages[:1], pages[1:2], pages[-2:-1], pages[-1:]]
    papers += [pages[2 + 3 * number : 5 + 3 * number] for number in range(6)]
    papers += [pages[20 + 2 * number : 22 + 2 * number] for number in range(4)]
    _bare(papers, scan)
    ours, floor = [], []
    for _n in range(_TIMES):
        ours.append(timed(lambda: dossier.draw(_file(scan))))
        floor.append(timed(lambda: _bare(papers, scan)))
    mine, raw = Times(ours), Times(floor)
    ratio = mine.half / raw.half
    what = "dossier of 40 pages with 10 scans"
    words = f"bare reportlab pages of the same words, merged with PDFium: {raw}"
    figures.add(Figure(what, str(mine), words, f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5))
