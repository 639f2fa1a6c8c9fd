"""F-10, its attachment 主持调解的证明: the committee certifies that it led the mediation (SQ-03)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import CommitteeProof


def draw(paper: CommitteeProof, extras: Extras = PLAIN) -> bytes:
    """Return the certificate as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f10_proof", paper, extras)
