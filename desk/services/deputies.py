"""The deputies of the station: the list, one deputy's card, basic corrections."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session as Rows

from desk import clock, errors
from desk.models.base import alive
from desk.models.deputy import Deputy, Mandate
from desk.models.duty import Duty
from desk.models.own import own
from desk.models.station import Station
from desk.models.store import Store
from desk.rules import labels
from desk.rules.masking import mask_phone
from desk.services import audit, overtaken
from desk.services.deputy_form import ACTIVE, ENDED, DeputyForm, form_of, put
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.station import names
from desk.services.visit_input import phone_as_shown
from desk.text import _

DEPARTED = "departed"
_CHANGED = frozenset({"deputy", "mandate"})
_NOT_ACTIVE_LAST = {ACTIVE: 0, DEPARTED: 1}


@dataclass(frozen=True)
class DeputyRow:
    """One deputy of the list, the phone masked. `levels` are short words of the active mandates (ZD-04).

    `station` is whose list it is at a desk of the county.
    """

    id: str
    name: str
    levels: tuple[str, ...]
    levels_text: str
    constituency: str
    post: str
    phone_masked: str
    state: str
    consultative: bool
    station: str = ""


@dataclass(frozen=True)
class MandateShown:
    """One mandate in words; `place` is the constituency or the electing unit (ZD-02)."""

    level: str
    place: str
    group_name: str
    term: str
    active: bool


@dataclass(frozen=True)
class DeputyCard:
    """One deputy with all mandates; of a birth only year and month are sure."""

    row: DeputyRow
    alias: str
    name_initials: str
    sex: str
    ethnicity: str
    birth_date: date | None
    remark: str
    mandates: tuple[MandateShown, ...]


class Deputies:
    """Reads, writes and corrects deputies; most are made by the roster import."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def list(self) -> tuple[DeputyRow, ...]:
        """Return all deputies, those in office first, each group by name as in a dictionary."""
        self._session.require("read", "deputy")
        with self._store.read() as rows:
            return _listed(rows.scalars(alive(Deputy)), rows.scalars(alive(Mandate)), names(rows))

    def get(self, deputy_id: str) -> DeputyCard:
        """Return one deputy; raises InputProblem if there is none."""
        self._session.require("read", "deputy")
        with self._store.read() as rows:
            deputy = _found(rows, deputy_id)
            mandates = _mandates_of(rows, deputy_id)
            return DeputyCard(
                row=_row(deputy, mandates),
                alias=deputy.alias,
                name_initials=deputy.name_initials,
                sex=deputy.sex,
                ethnicity=deputy.ethnicity,
                birth_date=deputy.birth_date,
                remark=deputy.remark,
                mandates=tuple(map(_shown, mandates)),
            )

    def reveal_phone(self, deputy_id: str, reason: str) -> str:
        """Return the phone in clear and write down that it was asked for (SEC-05)."""
        self._session.require("reveal", "deputy")
        if not reason.strip():
            raise errors.InputProblem(_("请写明为什么要看电话。"), field="reason")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            deputy = _found(rows, deputy_id)
            audit.append(rows, "reveal", user_id=user_id, noun="deputy", target_id=deputy_id, fields="phone")
            return deputy.phone

    def form(self, deputy_id: str) -> DeputyForm:
        """Return what may be written by hand of one deputy. Raises InputProblem if there is none."""
        self._session.require("read", "deputy")
        with self._store.read() as rows:
            return form_of(_found(rows, deputy_id), _mandates_of(rows, deputy_id))

    def edit(self, deputy_id: str, form: DeputyForm, base: DeputyForm | None = None) -> Done[DeputyCard]:
        """Correct a deputy and the mandates by hand; `base` is the form as it was read.

        Raises InputProblem as `deputy_form.put` does, Overtaken.
        """
        with self._writing() as rows:
            deputy, mandates = _found(rows, deputy_id), _mandates_of(rows, deputy_id)
            if base is not None:
                typed = replace(form, phone=phone_as_shown(form.phone, deputy.phone))
                form = overtaken.over(rows, "deputy", base, typed, form_of(deputy, mandates))
            changed = put(rows, deputy, mandates, form, street=_is_street(rows))
        return Done(self.get(deputy_id), _CHANGED if changed else frozenset())

    def add(self, form: DeputyForm) -> Done[DeputyCard]:
        """Write down a deputy no roster has. Raises InputProblem as `deputy_form.put` does."""
        with self._writing() as rows:
            deputy = Deputy(state=ACTIVE)
            put(rows, deputy, (), form, street=_is_street(rows))
            rows.add(deputy)
        return Done(self.get(deputy.record_id), _CHANGED)

    def depart(self, deputy_id: str) -> Done[DeputyCard]:
        """Let a deputy go today (调离, ZD-04): mandates and duty end, the record and its visits stay."""
        with self._writing() as rows:
            deputy = _found(rows, deputy_id)
            if deputy.state == DEPARTED:
                raise errors.InputProblem(_("这位代表已经离任。"))
            deputy.state, deputy.departed_on = DEPARTED, clock.today()
            for mandate in _mandates_of(rows, deputy_id):
                mandate.state = ENDED
            there = alive(Duty).where(Duty.deputy_id == deputy_id, Duty.ended_at.is_(None))
            for duty in rows.scalars(there):
                duty.ended_at = clock.now()
        return Done(self.get(deputy_id), _CHANGED | {"duty"})

    def restore(self, deputy_id: str) -> Done[DeputyCard]:
        """Bring a deputy back into office with all mandates, when the leaving was a mistake."""
        with self._writing() as rows:
            deputy = _found(rows, deputy_id)
            if deputy.state == ACTIVE:
                raise errors.InputProblem(_("这位代表在任。"))
            deputy.state, deputy.departed_on = ACTIVE, None
            for mandate in _mandates_of(rows, deputy_id):
                mandate.state = ACTIVE
        return Done(self.get(deputy_id), _CHANGED)

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        """Open a block for who may change deputies and mandates. Raises AccessProblem."""
        for group in ("deputy", "mandate"):
            self._session.require("write", group)
        with self._store.write(self._session.user.id) as rows:
            yield rows


def levels_text(levels: Iterable[str], *, consultative: bool) -> str:
    """Return levels in words, 市、县; a 议政代表 is shown as such (ZD-05)."""
    words = [*levels, *([_("议政代表")] if consultative else [])]
    return "、".join(words)


def list_order(state: str, name: str, deputy_id: str) -> tuple[int, bytes, str]:
    """Return what the list is sorted by: in office first, then by name as a dictionary does."""
    # GB 18030 keeps the everyday characters of GB 2312 in pinyin order, which code points do not.
    return _NOT_ACTIVE_LAST.get(state, 1), name.encode("gb18030", "replace"), deputy_id


def rows_of(rows: Rows, deputy_ids: Iterable[str]) -> tuple[DeputyRow, ...]:
    """Return these deputies as the list shows and orders them, inside the caller's block."""
    ids = list(deputy_ids)
    mandates = rows.scalars(alive(Mandate).where(Mandate.deputy_id.in_(ids)))
    return _listed(rows.scalars(alive(Deputy).where(Deputy.record_id.in_(ids))), mandates, names(rows))


def levels_of(rows: Rows, deputy: Deputy) -> str:
    """Return the words for the active levels of one deputy, inside the caller's block."""
    return _row(deputy, _mandates_of(rows, deputy.record_id)).levels_text


def _found(rows: Rows, deputy_id: str) -> Deputy:
    deputy = rows.get(Deputy, deputy_id)
    if deputy is None or deputy.void:
        raise errors.InputProblem(_("没有找到这位代表。"), way_out=_("请刷新名册后再试。"))
    return deputy


def _is_street(rows: Rows) -> bool:
    return any(station.level == "street" for station in rows.scalars(own(rows, Station)))


def _mandates_of(rows: Rows, deputy_id: str) -> tuple[Mandate, ...]:
    found = rows.scalars(alive(Mandate).where(Mandate.deputy_id == deputy_id))
    return _mandates(found).get(deputy_id, ())


def _mandates(found: Iterable[Mandate]) -> dict[str, tuple[Mandate, ...]]:
    by_deputy: dict[str, tuple[Mandate, ...]] = {}
    for mandate in sorted(found, key=lambda mandate: (mandate.level, mandate.record_id)):
        by_deputy[mandate.deputy_id] = (*by_deputy.get(mandate.deputy_id, ()), mandate)
    return by_deputy


def _listed(
    deputies: Iterable[Deputy], mandates: Iterable[Mandate], stations: Mapping[str, str]
) -> tuple[DeputyRow, ...]:
    of_each = _mandates(mandates)
    shown = [
        replace(_row(deputy, of_each.get(deputy.record_id, ())), station=stations.get(deputy.scope_id, ""))
        for deputy in deputies
    ]
    return tuple(sorted(shown, key=lambda row: list_order(row.state, row.name, row.id)))


def _row(deputy: Deputy, mandates: Iterable[Mandate]) -> DeputyRow:
    # Who has left keeps the ended mandates in view; in office only active ones count (ZD-04).
    counted = [mandate for mandate in mandates if deputy.state == DEPARTED or mandate.state == ACTIVE]
    levels = tuple(dict.fromkeys(labels.MANDATE_LEVEL.get(mandate.level, "") for mandate in counted))
    places = dict.fromkeys(_place(mandate) for mandate in counted if _place(mandate))
    return DeputyRow(
        id=deputy.record_id,
        name=deputy.name,
        levels=levels,
        levels_text=levels_text(levels, consultative=deputy.consultative),
        constituency="；".join(places),
        post=deputy.post,
        phone_masked=mask_phone(deputy.phone),
        state=deputy.state,
        consultative=deputy.consultative,
    )


def _shown(mandate: Mandate) -> MandateShown:
    return MandateShown(
        level=labels.MANDATE_LEVEL.get(mandate.level, ""),
        place=_place(mandate),
        group_name=mandate.group_name,
        term=mandate.term,
        active=mandate.state == ACTIVE,
    )


def _place(mandate: Mandate) -> str:
    return mandate.constituency or mandate.electing_unit
