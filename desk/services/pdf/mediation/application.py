"""F-01 人民调解申请书."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import Application


def draw(paper: Application, extras: Extras = PLAIN) -> bytes:
    """Return the application as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f01", paper, extras)
