"""F-11 人民调解结案报告表."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.dossier_values import ClosingReport


def draw(paper: ClosingReport, extras: Extras = PLAIN) -> bytes:
    """Return the closing report as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f11", paper, extras)
