"""F-06 人民调解记录."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.record_values import SittingRecord


def draw(paper: SittingRecord, extras: Extras = PLAIN) -> bytes:
    """Return the record of one sitting as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f06", paper, extras)
