"""F-02 人民调解受理登记表."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import Registration


def draw(paper: Registration, extras: Extras = PLAIN) -> bytes:
    """Return the acceptance sheet as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f02", paper, extras)
