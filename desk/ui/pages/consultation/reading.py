"""Reads a consultation with its form, in the background."""

from typing import TYPE_CHECKING

from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation

if TYPE_CHECKING:
    from desk.services.consultation.consultations import Consultations


def read(desk: "Consultations", consultation_id: str) -> tuple[Consultation, ConsultationForm | None]:
    """Return it as it stands; the form for who may read it. Raises InputProblem if it is gone."""
    card = desk.get(consultation_id)
    return card, desk.form(consultation_id) if card.readable else None
