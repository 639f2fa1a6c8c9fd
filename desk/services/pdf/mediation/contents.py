"""F-13 卷内目录."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.dossier_values import Contents


def draw(paper: Contents, extras: Extras = PLAIN) -> bytes:
    """Return the list of contents as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f13_contents", paper, extras)
