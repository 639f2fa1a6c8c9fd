"""F-08 人民调解口头协议登记表 (MED-10, MED-13)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import AgreementPaper


def draw(paper: AgreementPaper, extras: Extras = PLAIN) -> bytes:
    """Return the record of an oral agreement as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f08", paper, extras)
