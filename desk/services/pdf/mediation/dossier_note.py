"""F-13 卷宗情况说明（备考表）."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.dossier_values import DossierNote


def draw(paper: DossierNote, extras: Extras = PLAIN) -> bytes:
    """Return the note on the dossier as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f13_note", paper, extras)
