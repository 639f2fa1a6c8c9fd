"""F-13 封底."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.dossier_values import BackCover


def draw(paper: BackCover, extras: Extras = PLAIN) -> bytes:
    """Return the back cover as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f13_back", paper, extras)
