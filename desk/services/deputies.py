"""The deputies of the station: the list, one deputy's card, basic corrections."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy.orm import Session as Rows

from desk import errors
from desk.models.base import alive
from desk.models.deputy import Deputy, Mandate
from desk.models.store import Store
from desk.rules import labels
from desk.rules.masking import mask_phone
from desk.rules.names import check_name
from desk.rules.phones import normalise
from desk.services import audit
from desk.services.outcome import Done
from desk.services.session import Session
from desk.text import _

ACTIVE = "active"
DEPARTED = "departed"
_NOT_ACTIVE_LAST = {ACTIVE: 0, DEPARTED: 1}


@dataclass(frozen=True)
class DeputyRow:
    """One deputy of the list, the phone masked. `levels` are short words of the active mandates (ZD-04)."""

    id: str
    name: str
    levels: tuple[str, ...]
    levels_text: str
    constituency: str
    post: str
    phone_masked: str
    state: str
    consultative: bool


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


@dataclass(frozen=True)
class DeputyForm:
    """What may be corrected by hand. A phone left as it was shown, masked, stays as it is."""

    name: str
    alias: str
    name_initials: str
    sex: str
    ethnicity: str
    phone: str
    post: str
    remark: str


class Deputies:
    """Reads and corrects deputies; the roster import makes them."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def list(self) -> tuple[DeputyRow, ...]:
        """Return all deputies, those in office first, each group by name as in a dictionary."""
        self._session.require("read", "deputy")
        with self._store.read() as rows:
            mandates = _mandates(rows.scalars(alive(Mandate)))
            shown = [_row(each, mandates.get(each.record_id, ())) for each in rows.scalars(alive(Deputy))]
        return tuple(sorted(shown, key=_list_order))

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

    def edit(self, deputy_id: str, form: DeputyForm) -> Done[DeputyCard]:
        """Correct a deputy's basic fields; raises InputProblem for a name that cannot be (NM-02)."""
        self._session.require("write", "deputy")
        name = check_name(form.name)
        if name.problem:
            raise errors.InputProblem(name.problem, field="name")
        with self._store.write(self._session.user.id) as rows:
            deputy = _found(rows, deputy_id)
            changed = False
            for field in fields(form):
                value = getattr(form, field.name).strip()
                if field.name == "name":
                    value = name.clean
                if field.name == "phone":
                    value = deputy.phone if value == mask_phone(deputy.phone) else normalise(value)
                if getattr(deputy, field.name) != value:
                    setattr(deputy, field.name, value)
                    changed = True
        return Done(self.get(deputy_id), frozenset({"deputy"}) if changed else frozenset())


def levels_text(levels: Iterable[str], *, consultative: bool) -> str:
    """Return levels in words, 市、县; a 议政代表 is shown as such (ZD-05)."""
    words = [*levels, *([_("议政代表")] if consultative else [])]
    return "、".join(words)


def levels_of(rows: Rows, deputy: Deputy) -> str:
    """Return the words for the active levels of one deputy, inside the caller's block."""
    return _row(deputy, _mandates_of(rows, deputy.record_id)).levels_text


def _found(rows: Rows, deputy_id: str) -> Deputy:
    deputy = rows.get(Deputy, deputy_id)
    if deputy is None or deputy.void:
        raise errors.InputProblem(_("没有找到这位代表。"), way_out=_("请刷新名册后再试。"))
    return deputy


def _mandates_of(rows: Rows, deputy_id: str) -> tuple[Mandate, ...]:
    found = rows.scalars(alive(Mandate).where(Mandate.deputy_id == deputy_id))
    return _mandates(found).get(deputy_id, ())


def _mandates(found: Iterable[Mandate]) -> dict[str, tuple[Mandate, ...]]:
    by_deputy: dict[str, tuple[Mandate, ...]] = {}
    for mandate in sorted(found, key=lambda mandate: (mandate.level, mandate.record_id)):
        by_deputy[mandate.deputy_id] = (*by_deputy.get(mandate.deputy_id, ()), mandate)
    return by_deputy


def _list_order(row: DeputyRow) -> tuple[int, bytes, str]:
    # GB 18030 keeps the everyday characters of GB 2312 in pinyin order, which code points do not.
    return _NOT_ACTIVE_LAST.get(row.state, 1), row.name.encode("gb18030", "replace"), row.id


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
