"""What was typed into form F-40, made ready: cleaned, starred numbers filled back, as the rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from desk.errors import InputProblem
from desk.rules import consultation_codes as codes
from desk.rules import limitation
from desk.rules.conflict_check import Quarrel, Side, both_sides_doubts
from desk.rules.consultation_states import Record
from desk.rules.identity import normalise_id
from desk.rules.labels import SEX
from desk.rules.legal_aid import MATTER
from desk.rules.limitation import INTERRUPTION, KIND, Interruption
from desk.rules.masking import STAR, mask_id, mask_phone
from desk.rules.mediation_labels import PARTY_KIND
from desk.rules.statutes import cite_typed, parse_number, parse_place
from desk.rules.visit_states import Missing
from desk.services.consultation.forms import CitationForm, ConsultationForm, OpponentForm
from desk.services.visit_input import clean_identity, clean_name, clean_phone, whole
from desk.text import _

_TEXTS: Final = (
    *("address", "question", "procedure_note", "limitation_note", "answer", "disposition_note"),
    *("referred_to", "licence_no", "aid_note"),
)
_CODES: Final[Mapping[str, frozenset[str]]] = {
    "channel": frozenset(codes.CHANNEL),
    "sex": frozenset(SEX),
    "disposition": frozenset(codes.DISPOSITION) | {""},
    "limitation_kind": frozenset(KIND) | {""},
    "interrupted_by": frozenset(INTERRUPTION) | {""},
    "aid_class": frozenset(MATTER) | {""},
}
_SETS: Final[Mapping[str, frozenset[str]]] = {
    "person_class": frozenset(codes.PERSON_CLASS),
    "topics": frozenset(codes.CATEGORY),
    "procedures": frozenset(codes.PROCEDURE),
}
MOST_OPPONENTS: Final = 10
MOST_CITATIONS: Final = 20
OLDEST: Final = 130


@dataclass(frozen=True)
class Stored:
    """Phones and identity numbers on disk, in clear; the form shows them starred. `names`: whose they are."""

    phones: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def of(self, name: str) -> "Stored":
        """Return the numbers of a name, and those nobody is named for: stars never stand for another's."""
        if not self.names:
            return self
        mine = [place for wanted in (name, "") for place, named in enumerate(self.names) if named == wanted]
        return Stored(
            tuple(self.phones[place] for place in mine), tuple(self.id_numbers[place] for place in mine)
        )


NOTHING: Final = Stored()
"""Of a new consultation nothing is stored."""


def cleaned(form: ConsultationForm, client: Stored = NOTHING, others: Stored = NOTHING) -> ConsultationForm:
    """Return the form as it is stored; a starred number means that of the client, or of the other side.

    Raises InputProblem for a name no record can hold (NM-02), an age that cannot be, too many people. A
    doubtful phone or identity number is kept as typed, but for stars that stand for no number. ValueError
    for a code the form does not offer: a bug.
    """
    for name, known in _CODES.items():
        if getattr(form, name) not in known:
            raise ValueError(f"unknown {name}: {getattr(form, name)}")
    ready: dict[str, Any] = {name: getattr(form, name).strip() for name in _TEXTS}
    ready |= {name: _set(name, getattr(form, name)) for name in _SETS}
    if not 0 <= form.age <= OLDEST:
        raise InputProblem(_("年龄请填 0 到 {oldest} 之间的数。").format(oldest=OLDEST), field="age")
    opponents = () if form.no_opponent else tuple(_opponent(each, others) for each in form.opponents)
    opponents = tuple(each for each in opponents if _named(each))
    if len(opponents) > MOST_OPPONENTS:
        raise InputProblem(
            _("对方当事人最多填 {most} 个。").format(most=MOST_OPPONENTS),
            way_out=_("人数多的，请填代表人和单位名称。"),
            field="opponents",
        )
    if len(form.citations) > MOST_CITATIONS:
        raise InputProblem(_("法律依据最多列 {most} 条。").format(most=MOST_CITATIONS), field="basis")
    refused = form.identity_refused
    if refused:
        ready["address"] = ""
    return replace(
        form,
        **ready,
        name="" if refused else clean_name(form.name, "name"),
        phone="" if refused else _phone(form.phone, client, "phone"),
        id_no="" if refused else _identity(form.id_no, client, "id_no"),
        uscc="" if refused else normalise_id(form.uscc),
        opponents=opponents,
        citations=tuple(_citation(each) for each in form.citations if each.law or each.title.strip()),
    )


def record_of(form: ConsultationForm, conflict: str, *, told: bool = False) -> Record:
    """Return the form as the table of states looks at it; `told`: the visit's notice counts (PI-03)."""
    return Record(
        name=form.name,
        phone=form.phone,
        identity_refused=form.identity_refused,
        notice_told=form.notice_told or told,
        channel=form.channel,
        opponent=bool(form.opponents),
        conflict=conflict,
        topics=form.topics,
        question=form.question,
        procedures=form.procedures,
        answer=form.answer,
        basis=tuple(cited.title or cited.law for cited in form.citations),
        disposition=form.disposition,
        referred_to=form.referred_to,
        appointed_on=form.appointment_at.date() if form.appointment_at is not None else None,
        adviser_id=form.adviser_id,
        licence_no=form.licence_no,
        disclaimer_ack=form.disclaimer_ack,
    )


def quarrel_of(form: ConsultationForm, matter_id: str) -> Quarrel:
    """Return who asks against whom. An unnamed client is compared with nobody."""
    client = Side(form.name, form.id_no, form.uscc, form.phone)
    others = tuple(Side(each.name, each.id_no, each.uscc, each.phone) for each in form.opponents)
    return Quarrel((client,), others, matter_id)


def wrong_days(form: ConsultationForm, today: date) -> tuple[Missing, ...]:
    """Return the days of a form that cannot be; an interruption counts also while its kind is not chosen."""
    on = form.interrupted_on
    broken = (Interruption(form.interrupted_by, on),) if on is not None else ()
    return limitation.wrong_days(limitation.Facts(form.known_on, form.happened_on, broken), today)


def past_appointment(form: ConsultationForm, now: datetime) -> tuple[Missing, ...]:
    """Return the gap of an appointment whose time has passed already."""
    if form.appointment_at is None or form.appointment_at >= now:
        return ()
    return (Missing("appointed_on", _("约定的时间已经过去，请另选时间。")),)


def doubts(form: ConsultationForm) -> tuple[str, ...]:
    """Return sentences to show when one person seems to stand on both sides."""
    return both_sides_doubts(quarrel_of(form, ""))


def _set(name: str, given: tuple[str, ...]) -> tuple[str, ...]:
    if not _SETS[name].issuperset(given):
        raise ValueError(f"unknown {name}: {given}")
    return tuple(sorted(set(given)))


def _named(each: OpponentForm) -> bool:
    return bool(each.name or each.id_no or each.uscc or each.phone)


def _opponent(each: OpponentForm, stored: Stored) -> OpponentForm:
    if each.kind not in PARTY_KIND:
        raise ValueError(f"unknown kind of party: {each.kind}")
    name = clean_name(each.name, "opponents")
    own = stored.of(name)
    # What is starred and looks like somebody else's only is theirs: it is no number of this one.
    phones = {*map(mask_phone, stored.phones)} - {*map(mask_phone, own.phones)}
    numbers = {*map(mask_id, stored.id_numbers)} - {*map(mask_id, own.id_numbers)}
    id_no = "" if STAR in each.id_no and each.id_no in numbers else _identity(each.id_no, own, "opponent_id")
    phone = "" if STAR in each.phone and each.phone in phones else _phone(each.phone, own, "opponent_phone")
    return OpponentForm(name, each.kind, id_no, normalise_id(each.uscc), phone)


def _phone(typed: str, stored: Stored, field: str) -> str:
    return whole(clean_phone(typed, list(stored.phones)), stored.phones, field)


def _identity(typed: str, stored: Stored, field: str) -> str:
    return whole(clean_identity(typed, list(stored.id_numbers)), stored.id_numbers, field)


def _citation(each: CitationForm) -> CitationForm:
    """Return a citation with its number as stored. Raises InputProblem for what is no number or no name."""
    if each.law:
        number = parse_number(each.article) if each.article.strip() else None
        return replace(each, article=number.key if number is not None else "")
    place = parse_place(each.article) if each.article.strip() else None
    cite_typed(each.title, place, each.version_on)
    bare = each.title.strip().strip("《》").strip()
    return replace(each, title=bare, article=place.key if place is not None else "")
