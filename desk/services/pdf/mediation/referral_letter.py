"""F-12 of a case handed on: 移送函 to the organ in charge (§3.6)."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.values import ReferralLetter


def draw(paper: ReferralLetter, extras: Extras = PLAIN) -> bytes:
    """Return the letter as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f12_referral", paper, extras)
