"""F-03 当事人权利义务告知书: rights and duties told before the mediation (MED-05, MED-06)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import RightsNotice


def draw(paper: RightsNotice, extras: Extras = PLAIN) -> bytes:
    """Return the notice to one party as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f03", paper, extras)
