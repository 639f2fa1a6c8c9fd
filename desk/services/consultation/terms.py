"""What a consultation is found by; its shelf is looked at by lawyer and head only (FL-12)."""

from sqlalchemy.orm import Session as Rows

from desk.models.consultation import Consultation
from desk.rules.consultation_codes import category_words
from desk.services import search_index
from desk.services.consultation.rows import opponents_of, split


def terms(rows: Rows, row: Consultation) -> list[str]:
    """Return the search terms: number, client and other side, what was asked and answered."""
    others = opponents_of(rows, row)
    return search_index.case_terms(
        numbers=[row.number],
        names=[row.name_told, *(each.name for each in others)],
        phones=[row.phone_told, *(each.phone for each in others)],
        id_numbers=[row.id_no_told, *(number for each in others for number in (each.id_no, each.uscc))],
        texts=[category_words(split(row.topic)), row.question, row.answer, row.referred_to],
        shelf="consultation",
    )
