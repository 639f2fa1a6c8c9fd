"""F-04 授权委托书."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import Authorisation


def draw(paper: Authorisation, extras: Extras = PLAIN) -> bytes:
    """Return the letter of authority as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f04", paper, extras)
