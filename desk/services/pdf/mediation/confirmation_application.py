"""F-10 司法确认申请书 (MED-16, SQ-03)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import ConfirmationApplication


def draw(paper: ConfirmationApplication, extras: Extras = PLAIN) -> bytes:
    """Return the joint application to the court as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f10", paper, extras)
