"""F-09 人民调解回访记录."""

from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation.record_values import FollowUpRecord


def draw(paper: FollowUpRecord, extras: Extras = PLAIN) -> bytes:
    """Return the record of one follow-up as PDF. Raises PaperProblem when a character has no glyph."""
    return form.draw("f09", paper, extras)
