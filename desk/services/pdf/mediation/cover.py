"""F-13 卷宗封面."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.dossier_values import Cover


def draw(paper: Cover, extras: Extras = PLAIN) -> bytes:
    """Return the cover of a dossier as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f13", paper, extras)
