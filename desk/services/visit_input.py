"""What was typed into form F-50, made ready: cleaned, placeholders filled back, seen as the rules see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from desk import clock
from desk.errors import InputProblem
from desk.rules import age_bands, identity, labels, visit_states
from desk.rules.identity import normalise_id
from desk.rules.masking import STAR, mask_id, mask_phone
from desk.rules.names import check_name
from desk.rules.phones import PhoneKind, check_phone
from desk.rules.profile import Profile
from desk.services.visit_values import VisitForm
from desk.text import _

_SLACK = timedelta(minutes=5)
_TEXTS = (
    *("address", "grid", "place", "subject", "category", "statement", "request", "deputy_view"),
    *("safe_contact", "report_recipient", "unit", "answer_text", "guide_to", "guide_reason"),
    *("comfort_note", "pad_no"),
)
_CODES = {
    "kind": frozenset(labels.VISIT_KIND),
    "safety": frozenset(labels.SAFETY),
    "own_voter": frozenset(labels.OWN_VOTER),
    "first_or_repeat": frozenset(labels.FIRST_OR_REPEAT),
    "sex": frozenset(labels.SEX),
    "age_band": frozenset(labels.AGE_BAND),
    "outcome": frozenset(labels.OUTCOME) | {""},
    "level": frozenset(labels.LEVEL) | {""},
    "report_kind": frozenset(labels.REPORT_KIND) | {""},
}


@dataclass(frozen=True)
class Stored:
    """A phone and identity number on disk, in clear; the form shows them starred."""

    phone: str = ""
    id_no: str = ""


def cleaned(form: VisitForm, *stored: Stored) -> VisitForm:
    """Return the form as it is stored: names and numbers cleaned, a starred number as one of `stored` has it.

    Raises InputProblem for a name no record can hold (NM-02). A doubtful phone or identity number is kept as
    typed: it is warned about, never refused (§10). ValueError for a code the form does not offer: a bug.
    """
    for name, known in _CODES.items():
        if getattr(form, name) not in known:
            raise ValueError(f"unknown {name}: {getattr(form, name)}")
    ready: dict[str, Any] = {name: getattr(form, name).strip() for name in _TEXTS}
    ready |= {
        "name": "" if form.anonymous else clean_name(form.name, "name"),
        "phone": clean_phone(form.phone, [each.phone for each in stored]),
        "id_no": clean_identity(form.id_no, [each.id_no for each in stored]),
        "companions": tuple(clean_name(name, "companions") for name in form.companions if name.strip()),
        "receiver_ids": tuple(dict.fromkeys(form.receiver_ids)),
    }
    return _with(form, {name: value for name, value in ready.items() if value != getattr(form, name)})


def with_age(form: VisitForm, born: date | None, on: date) -> VisitForm:
    """Return a cleaned form with the age band its identity number tells for a day.

    Without a number what the clerk chose stands; where nothing was chosen, a known date of birth tells it.
    """
    birth = identity.born_and_sex(form.id_no, on)[0] or (None if form.age_band else born)
    band = age_bands.band(birth, on) if birth is not None else ""
    return _with(form, {"age_band": band} if band and band != form.age_band else {})


def _with(form: VisitForm, changes: Mapping[str, Any]) -> VisitForm:
    """Return the form with these changes; mostly there are none, and its forty fields are not copied."""
    return replace(form, **changes) if changes else form


def record_of(form: VisitForm, received: datetime | None = None) -> visit_states.Record:
    """Return the form as the table of states looks at it.

    Args: `received` is when the visit was, where the form does not say it; without either it is now.
    """
    day = (form.received_at or received or clock.now()).date()
    return visit_states.Record(
        name=form.name,
        anonymous=form.anonymous,
        subject=form.subject,
        headcount=form.headcount,
        companions=len(form.companions),
        receivers=len(form.receiver_ids),
        category=form.category,
        statement=form.statement,
        request=form.request,
        outcome=form.outcome,
        level=form.level,
        unit=form.unit,
        answer_text=form.answer_text,
        guide_to=form.guide_to,
        guide_reason=form.guide_reason,
        safety=form.safety,
        litigation=form.litigation,
        report_kind=form.report_kind,
        report_recipient=form.report_recipient,
        notice_told=form.notice_told,
        child=_is_child(form.id_no, day),
    )


def _is_child(id_no: str, on: date) -> bool:
    birth, _sex = identity.born_and_sex(id_no, on)
    return birth is not None and identity.is_under_14(birth, on)


def limits(profile: Profile, at: datetime) -> visit_states.Limits:
    """Return how many may come and speak (XF-03)."""
    day = at.date()
    return visit_states.Limits(
        profile.number("visit.max_headcount", day), profile.number("visit.max_representatives", day)
    )


def require_receipt(form: VisitForm, bounds: visit_states.Limits) -> None:
    """Refuse a visit that cannot have its number yet, or names more people than may be written down (XF-03).

    Raises InputProblem with all sentences; `field` is the first.
    """
    record = record_of(form)
    counted = tuple(
        gap
        for gap in visit_states.missing_to_finish(record, bounds)
        if gap.field in {"headcount", "companions"}
    )
    visit_states.refuse((*visit_states.missing_for_receipt(record), *counted))


def check_times(arrived: datetime, received: datetime | None, now: datetime) -> None:
    """Refuse times that cannot be: received before arrival, or not yet come. Raises InputProblem."""
    if max(arrived, received or arrived) > now + _SLACK:
        raise InputProblem(_("来访时间还没有到，请核对。"), field="received_at")
    if received is not None and received < arrived:
        raise InputProblem(_("接待时间早于到站时间，请核对。"), field="received_at")


def clean_name(typed: str, field: str) -> str:
    """Return a name as stored, "" for none. Raises InputProblem for one no record can hold (NM-02)."""
    if not typed.strip():
        return ""
    found = check_name(typed)
    if found.problem:
        raise InputProblem(found.problem, field=field)
    return found.clean


def clean_phone(typed: str, stored: list[str]) -> str:
    """Return a phone as stored; a starred one is that of `stored`, a doubtful one stays as typed."""
    for number in filter(None, stored):
        if typed.strip() == mask_phone(number):
            return number
    found = check_phone(typed)
    known = found.kind is not PhoneKind.UNKNOWN and not found.doubts
    return found.number if known else typed.strip()


def whole(number: str, stored: Sequence[str], field: str) -> str:
    """Refuse stars that stand for no stored number, as of a line another desk has taken away meanwhile.

    They would be compared with others and shown starred as if they were one. Raises InputProblem.
    """
    if STAR in number and number not in stored:
        words = _("号码 {number} 里的星号已经查不到原来的数字，请填写完整号码。").format(number=number)
        raise InputProblem(words, way_out=_("只知道一部分的，这里请留空，写到内容里。"), field=field)
    return number


def phone_as_shown(typed: str, stored: str) -> str:
    """Return a phone starred, as a form shows it, if it is the one that is stored; another one as typed.

    Two who typed the same number have not changed the same field to something different.
    """
    return mask_phone(stored) if clean_phone(typed, [stored]) == stored else typed


def identity_as_shown(typed: str, stored: str) -> str:
    """Return an identity number starred if it is the one that is stored; another one as typed."""
    return mask_id(stored) if clean_identity(typed, [stored]) == stored else typed


def clean_identity(typed: str, stored: list[str]) -> str:
    """Return an identity number as stored; a starred one is that of `stored`."""
    for number in filter(None, stored):
        if typed.strip() == mask_id(number):
            return number
    return normalise_id(typed)
