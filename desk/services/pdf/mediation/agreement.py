"""F-07 人民调解协议书 (MED-11, MED-12)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import AgreementPaper


def draw(paper: AgreementPaper, extras: Extras = PLAIN) -> bytes:
    """Return the written agreement as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f07", paper, extras)
