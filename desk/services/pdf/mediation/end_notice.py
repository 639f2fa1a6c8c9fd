"""F-12 终止调解通知书 (MED-08, MED-24)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import EndNotice


def draw(paper: EndNotice, extras: Extras = PLAIN) -> bytes:
    """Return the notice of the end as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f12", paper, extras)
