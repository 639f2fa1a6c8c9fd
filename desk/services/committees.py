"""调委会 and their mediators: only with a committee has a mediation the effects of the law (LZ-04)."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.committee import Committee, Mediator
from desk.models.device import Device
from desk.models.store import Store
from desk.rules.case_numbers import check_short_name
from desk.rules.dispute_codes import COMMITTEE_KIND
from desk.rules.masking import mask_phone
from desk.rules.mediation_eligibility import Committee as Counted
from desk.rules.mediation_eligibility import committee_doubts
from desk.rules.mediation_labels import MEDIATOR_KIND
from desk.services import overtaken
from desk.services.committee_values import CommitteeForm, CommitteeRow, MediatorForm, MediatorRow
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.visit_input import clean_name, clean_phone, phone_as_shown
from desk.text import _

_CHANGED: Final = frozenset({"committee", "mediator"})
_WOMAN: Final = "2"
_TEXTS: Final = ("area", "address", "phone", "head_name", "court")


class Committees:
    """Keeps committees and mediators. The head maintains both; a mediator may correct the names."""

    def __init__(self, store: Store, session: Session, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles

    def list(self) -> tuple[CommitteeRow, ...]:
        """Return all committees by name."""
        self._session.require("read", "committee")
        with self._store.read() as rows:
            return committees(rows, self._store.device_id)

    def get(self, committee_id: str) -> CommitteeRow:
        """Return one committee. Raises InputProblem if there is none."""
        self._session.require("read", "committee")
        with self._store.read() as rows:
            return _row(rows, _found(rows, committee_id), self._store.device_id)

    def mediators(self, committee_id: str = "") -> tuple[MediatorRow, ...]:
        """Return the mediators of one committee, or of all, those at work first."""
        self._session.require("read", "committee")
        with self._store.read() as rows:
            return mediators(rows, committee_id)

    def doubts(self, committee_id: str) -> tuple[str, ...]:
        """Return what does not fit the law about a committee (MED-18), to be shown, never refused."""
        self._session.require("read", "committee")
        today = clock.today()
        mixed = self._profiles.current().flag("mediation.mixed_area", today)
        with self._store.read() as rows:
            members = [row for row in mediators(rows, committee_id) if row.active and row.kind == "member"]
            people = {row.record_id: row for row in rows.scalars(_of(committee_id))}
            committee = _found(rows, committee_id)
            return committee_doubts(
                Counted(
                    members=len(members),
                    heads=int(bool(committee.head_name)),
                    women=sum(people[row.id].sex == _WOMAN for row in members),
                    mixed_area=mixed,
                    term_until=committee.term_until,
                ),
                today,
            )

    def save(
        self, form: CommitteeForm, committee_id: str = "", base: CommitteeForm | None = None
    ) -> Done[CommitteeRow]:
        """Make or correct a committee; a new one is numbered by this PC unless another is named (CL-5).

        `base` is the form as it was read. Raises Overtaken, InputProblem for no or a double name, a first
        number below 1, a numbering PC there is not; AccessProblem for anybody but the head.
        """
        self._session.require("write", "station")
        self._session.require("write", "committee")
        with self._store.write(self._session.user.id) as rows, rows.no_autoflush:
            committee = _found(rows, committee_id) if committee_id else Committee()
            ready = _cleaned(overtaken.over(rows, "committee", base, form, _form(committee)))
            _refuse_double(rows, ready, committee_id)
            device = ready.number_device or self._store.device_id
            if rows.get(Device, device) is None:
                raise InputProblem(_("没有找到编案号的电脑。"), field="number_device")
            for name in (each.name for each in fields(CommitteeForm)):
                setattr(committee, name, getattr(ready, name))
            committee.number_device = device
            committee.number_year = ready.number_year or clock.today().year
            rows.add(committee)
            return Done(_row(rows, committee, self._store.device_id), _CHANGED)

    def save_mediator(
        self,
        committee_id: str,
        form: MediatorForm,
        mediator_id: str = "",
        base: MediatorForm | None = None,
    ) -> Done[MediatorRow]:
        """Make or correct a mediator of a committee; `base` is the form as it was read.

        Raises InputProblem, AccessProblem, Overtaken.
        """
        self._session.require("write", "committee")
        if form.kind not in MEDIATOR_KIND:
            raise ValueError(f"unknown kind: {form.kind}")
        with self._store.write(self._session.user.id) as rows, rows.no_autoflush:
            _found(rows, committee_id)
            mediator = _found_mediator(rows, mediator_id) if mediator_id else Mediator(state="active")
            if base is not None:
                typed = replace(form, phone=phone_as_shown(form.phone, mediator.phone))
                form = overtaken.over(rows, "mediator", base, typed, _mediator_form(mediator))
            name = clean_name(form.name, "name")
            if not name:
                raise InputProblem(_("请填写调解员的姓名。"), field="name")
            phone = clean_phone(form.phone, [mediator.phone])
            for field in (each.name for each in fields(MediatorForm)):
                setattr(mediator, field, getattr(form, field))
            mediator.committee_id, mediator.name, mediator.phone = committee_id, name, phone
            rows.add(mediator)
            return Done(_mediator_row(mediator), _CHANGED)

    def retire_mediator(self, mediator_id: str) -> Done[MediatorRow]:
        """Let a mediator leave: no longer offered, but their cases keep the name. Raises InputProblem."""
        self._session.require("write", "committee")
        with self._store.write(self._session.user.id) as rows:
            mediator = _found_mediator(rows, mediator_id)
            mediator.state = "departed"
            return Done(_mediator_row(mediator), _CHANGED)


def committees(rows: Rows, device_id: str) -> tuple[CommitteeRow, ...]:
    """Return all committees by name as a PC sees them."""
    found = rows.scalars(alive(Committee).order_by(Committee.name)).all()
    letters = _letters(rows, [row.number_device for row in found])
    return tuple(_shown(row, letters.get(row.number_device, ""), device_id) for row in found)


def mediators(rows: Rows, committee_id: str = "") -> tuple[MediatorRow, ...]:
    """Return the mediators of one committee, or of all, those at work first."""
    query = alive(Mediator).order_by(Mediator.state, Mediator.name)
    if committee_id:
        query = query.where(Mediator.committee_id == committee_id)
    return tuple(map(_mediator_row, rows.scalars(query)))


def _of(committee_id: str) -> Select[Mediator]:
    return alive(Mediator).where(Mediator.committee_id == committee_id)


def _cleaned(form: CommitteeForm) -> CommitteeForm:
    if form.kind not in COMMITTEE_KIND:
        raise ValueError(f"unknown kind: {form.kind}")
    name = form.name.strip()
    if not name:
        raise InputProblem(_("请填写调委会的名称。"), field="name")
    if form.number_from < 1:
        raise InputProblem(_("起始号应从 1 开始。"), field="number_from")
    texts = {
        field: getattr(form, field).strip() for field in ("area", "address", "phone", "head_name", "court")
    }
    return replace(form, name=name, short_name=check_short_name(form.short_name), **texts)


def _form(committee: Committee) -> CommitteeForm:
    return CommitteeForm(**{each.name: getattr(committee, each.name) for each in fields(CommitteeForm)})


def _mediator_form(mediator: Mediator) -> MediatorForm:
    told = {each.name: getattr(mediator, each.name) for each in fields(MediatorForm)}
    return MediatorForm(**{**told, "phone": mask_phone(mediator.phone)})


def _refuse_double(rows: Rows, form: CommitteeForm, committee_id: str) -> None:
    """Two committees of one short name would give the same case numbers (CL-5)."""
    for field in ("name", "short_name"):
        query = alive(Committee).where(getattr(Committee, field) == getattr(form, field))
        if any(row.record_id != committee_id for row in rows.scalars(query)):
            raise InputProblem(
                _("已经有名称或者简称为“{word}”的调委会。").format(word=getattr(form, field)), field=field
            )


def _found(rows: Rows, committee_id: str) -> Committee:
    committee = rows.get(Committee, committee_id)
    if committee is None or committee.void:
        raise InputProblem(_("没有找到这个调委会。"), field="committee")
    return committee


def _found_mediator(rows: Rows, mediator_id: str) -> Mediator:
    mediator = rows.get(Mediator, mediator_id)
    if mediator is None or mediator.void:
        raise InputProblem(_("没有找到这名调解员。"), field="mediators")
    return mediator


def _letters(rows: Rows, device_ids: Iterable[str]) -> dict[str, str]:
    query = select(Device.record_id, Device.letter).where(Device.record_id.in_(set(device_ids)))
    return {row.record_id: row.letter for row in rows.execute(query)}


def _row(rows: Rows, committee: Committee, device_id: str) -> CommitteeRow:
    letters = _letters(rows, [committee.number_device])
    return _shown(committee, letters.get(committee.number_device, ""), device_id)


def _shown(row: Committee, letter: str, device_id: str) -> CommitteeRow:
    return CommitteeRow(
        id=row.record_id,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        kind_label=COMMITTEE_KIND.get(row.kind, ""),
        court=row.court,
        area=row.area,
        address=row.address,
        phone=row.phone,
        head_name=row.head_name,
        term_until=row.term_until,
        number_device=row.number_device,
        number_device_letter=letter,
        number_year=row.number_year,
        number_from=row.number_from,
        gives_numbers=row.number_device == device_id,
    )


def _mediator_row(row: Mediator) -> MediatorRow:
    return MediatorRow(
        id=row.record_id,
        committee_id=row.committee_id,
        name=row.name,
        kind=row.kind,
        kind_label=MEDIATOR_KIND.get(row.kind, ""),
        phone_masked=mask_phone(row.phone),
        licence_no=row.licence_no,
        user_id=row.user_id,
        deputy_id=row.deputy_id,
        active=row.state == "active",
        sex=row.sex,
    )
