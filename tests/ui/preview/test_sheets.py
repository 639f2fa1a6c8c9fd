"""What is shown and printed are the finished pages and strips themselves."""

from PySide6.QtGui import QImage

from desk.services.pdf import receipt, receipt_roll, thermal
from desk.ui.preview.sheets import PdfSheets, StripSheets, sheets_of
from tests.paper_samples import RECEIPT


def test_pages_of_a_pdf() -> None:
    sheets = PdfSheets(receipt.draw(RECEIPT), 2)
    size = sheets.size(1)
    assert (round(size.width), round(size.height), size.roll) == (210, 148, False)
    image = sheets.image(0, 72)
    assert abs(image.width() - 210 / 25.4 * 72) <= 2
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_a_strip_keeps_its_dots_at_the_printers_resolution() -> None:
    for roll, dots in thermal.DOTS.items():
        picture = thermal.picture(receipt_roll.draw(RECEIPT, dots), dots)
        sheets = StripSheets([picture])
        size = sheets.size(0)
        assert size.roll
        assert size.width == float(roll)
        whole, strip = sheets.image(0, 203), QImage.fromData(picture, "PNG")  # type: ignore[arg-type] # see sheets.py
        left = (whole.width() - strip.width()) // 2
        assert whole.copy(left, 0, strip.width(), strip.height()).convertToFormat(
            QImage.Format.Format_Mono
        ) == strip.convertToFormat(QImage.Format.Format_Mono)
        assert sheets.image(0, 96).width() < whole.width() < sheets.image(0, 406).width()


def test_a_paper_with_strips_is_shown_as_strips() -> None:
    from desk.services.papers import Paper

    page = Paper("receipt", "来访接待回执", receipt.draw(RECEIPT), 2)
    picture = thermal.picture(receipt_roll.draw(RECEIPT, 384), 384)
    roll = Paper("receipt", "来访接待回执", b"", 1, images=(picture, picture))
    assert isinstance(sheets_of(page), PdfSheets)
    assert isinstance(sheets_of(roll), StripSheets)
    assert sheets_of(roll).count == 2
