"""What a person sees for the stored value of one field, whatever record it stands in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from desk.rules import (
    consultation_codes,
    dispute_codes,
    labels,
    legal_aid,
    limitation,
    mediation_eligibility,
    mediation_labels,
)
from desk.rules.masking import mask_id, mask_phone
from desk.rules.numerals import plain_date
from desk.text import _

Stored = str | int | None
"""A value as it crosses the wire: text, whole number, yes or no, nothing."""

PHONES: Final = frozenset({"phone", "phone_told"})
NUMBERS: Final = frozenset({"id_no", "id_no_told"})
"""Fields that are starred until asked for (SEC-05)."""

_PUBLIC: Final = frozenset({"station", "committee"})

_CODES: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("station", "kind"): labels.STATION_KIND,
    ("station", "level"): labels.STATION_LEVEL,
    ("user", "roles"): labels.ROLE,
    ("visit", "kind"): labels.VISIT_KIND,
    ("visit", "state"): labels.VISIT_STATE,
    ("visit", "safety"): labels.SAFETY,
    ("visit", "own_voter"): labels.OWN_VOTER,
    ("visit", "age_told"): labels.AGE_BAND,
    ("visit", "first_or_repeat"): labels.FIRST_OR_REPEAT,
    ("matter", "outcome"): labels.OUTCOME,
    ("matter", "level"): labels.LEVEL,
    ("proposal", "level"): labels.LEVEL,
    ("matter", "state"): labels.MATTER_STATE,
    ("report", "kind"): labels.REPORT_KIND,
    ("reply", "way"): labels.REPLY_WAY,
    ("rating", "value"): labels.RATING,
    ("consultation", "rating"): labels.RATING,
    ("mediation", "state"): mediation_labels.STATE,
    ("mediation", "archived_from"): mediation_labels.STATE,
    ("mediation", "dispute_type"): dispute_codes.DISPUTE_TYPE,
    ("mediation", "source"): dispute_codes.SOURCE,
    ("mediation", "difficulty"): dispute_codes.DIFFICULTY,
    ("mediation", "intensity"): dispute_codes.INTENSITY,
    ("mediation", "risk_outlook"): dispute_codes.RISK_OUTLOOK,
    ("mediation", "risk_flags"): {code: flag.label for code, flag in dispute_codes.RISK_FLAG.items()},
    ("mediation", "barred"): mediation_eligibility.BARRIER,
    ("mediation", "competence"): mediation_eligibility.COMPETENCE,
    ("mediation", "end_cause"): dispute_codes.END_CAUSE,
    ("mediation", "prevented"): dispute_codes.PREVENTED,
    ("mediation", "remedies"): mediation_labels.REMEDY,
    ("mediation", "keeping"): mediation_labels.KEEPING_TERM,
    ("committee", "kind"): dispute_codes.COMMITTEE_KIND,
    ("mediator", "kind"): mediation_labels.MEDIATOR_KIND,
    ("case_mediator", "chosen_by"): mediation_labels.MEDIATOR_CHOICE,
    ("party", "kind"): mediation_labels.PARTY_KIND,
    ("party", "side"): mediation_labels.PARTY_SIDE,
    ("party", "id_type"): mediation_labels.ID_TYPE,
    ("person", "id_type"): mediation_labels.ID_TYPE,
    ("party", "told_way"): mediation_labels.TOLD_WAY,
    ("opponent", "kind"): mediation_labels.PARTY_KIND,
    ("agent", "powers"): mediation_labels.AGENT_SCOPE,
    ("participant", "relation"): mediation_labels.PARTICIPANT_KIND,
    ("sitting", "openness"): mediation_labels.OPENNESS,
    ("sitting", "result"): mediation_labels.SESSION_RESULT,
    ("signature", "way"): mediation_labels.SIGN_KIND,
    ("agreement", "form"): dispute_codes.AGREEMENT_FORM,
    ("agreement", "performance_mode"): mediation_labels.PERFORMANCE_MODE,
    ("agreement_term", "kind"): mediation_labels.CLAUSE_KIND,
    ("agreement_term", "way"): mediation_labels.CLAUSE_WAY,
    ("agreement_term", "state"): mediation_labels.CLAUSE_STATE,
    ("follow_up", "mode"): mediation_labels.FOLLOW_UP_MODE,
    ("follow_up", "performance"): dispute_codes.PERFORMANCE,
    ("follow_up", "satisfaction"): mediation_labels.SATISFACTION,
    ("follow_up", "litigation"): mediation_labels.LITIGATION,
    ("confirmation", "state"): dispute_codes.CONFIRMATION,
    ("consultation", "state"): consultation_codes.STATE,
    ("consultation", "channel"): consultation_codes.CHANNEL,
    ("consultation", "person_class"): consultation_codes.PERSON_CLASS,
    ("consultation", "procedures"): consultation_codes.PROCEDURE,
    ("consultation", "disposition"): consultation_codes.DISPOSITION,
    ("consultation", "conflict"): consultation_codes.CONFLICT,
    ("consultation", "limitation_kind"): limitation.KIND,
    ("consultation", "interrupted_by"): limitation.INTERRUPTION,
    ("consultation", "aid_class"): {code: each.label for code, each in legal_aid.MATTER.items()},
    ("consultation", "topic"): {c: each.label for c, each in consultation_codes.CATEGORY.items()},
    ("consultation", "category"): {c: each.label for c, each in consultation_codes.CATEGORY.items()},
}


def table(noun: str, field: str) -> Mapping[str, str]:
    """Return the codes of a field and their words; empty for one that holds no codes we know."""
    if field in {"sex", "sex_told"}:
        return labels.SEX
    return _CODES.get((noun, field), {})


def said(noun: str, field: str, kind: str, value: Stored) -> str:
    """Return the words for a value; what nobody wrote is （空）.

    Args:
        noun: the kind of record.
        field: its field.
        kind: name of the field's codec: bool, date, instant, fen, code, codes, int, id, text.
        value: as it is stored.
    """
    if kind == "bool":
        return _("是") if value else _("否")
    if value in ("", None):
        return _("（空）")
    text = str(value)
    words = table(noun, field)
    if kind == "codes":
        return _("、").join(words.get(each, each) for each in text.split(","))
    if kind == "code":
        return words.get(text, text)
    if kind == "fen" and isinstance(value, int):
        return _("{yuan} 元").format(yuan=f"{value // 100}.{value % 100:02d}")
    return _moment(kind, text)


def is_starred(noun: str, field: str) -> bool:
    """Tell whether a field holds somebody's telephone or ID number; those of a station are public."""
    return noun not in _PUBLIC and field in PHONES | NUMBERS


def starred(noun: str, field: str, text: str) -> str:
    """Return a telephone or ID number of a person starred; everything else as it is."""
    if not is_starred(noun, field):
        return text
    return mask_phone(text) if field in PHONES else mask_id(text)


def _moment(kind: str, text: str) -> str:
    if kind == "date":
        day = date.fromisoformat(text)
        return plain_date(day)
    if kind == "instant":
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    return text
