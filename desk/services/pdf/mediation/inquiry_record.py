"""F-05 人民调解调查记录 (MED-28)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.record_values import InquiryRecord


def draw(paper: InquiryRecord, extras: Extras = PLAIN) -> bytes:
    """Return the record of one inquiry as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f05", paper, extras)
