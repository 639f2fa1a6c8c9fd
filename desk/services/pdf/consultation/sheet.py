"""F-40 法律咨询登记表, with the disclaimer of FL-14 on every sheet."""

from desk.services.pdf.consultation.values import ConsultationSheet
from desk.services.pdf.forms import form
from desk.services.pdf.forms.empty import EmptyPaper
from desk.services.pdf.forms.form import PLAIN, Extras


def draw(paper: ConsultationSheet | EmptyPaper, extras: Extras = PLAIN) -> bytes:
    """Return the sheet of one consultation, or an empty one, as PDF.

    Raises PaperProblem when a character has no glyph.
    """
    return form.draw("f40", paper, extras)
