"""One deputy written by hand: what was typed, checked (NM-02, ZD-02, ZD-05) and put onto the records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.deputy import Deputy, Mandate
from desk.rules import labels
from desk.rules.masking import mask_phone
from desk.rules.names import check_name
from desk.rules.phones import normalise
from desk.text import _

ACTIVE = "active"
ENDED = "ended"
TOWN_LEVEL = 5
_DIRECT_FROM = 4  # levels 4 and 5 are elected in a constituency, the others by the congress below (ZD-02)
_PLAIN = ("alias", "sex", "ethnicity", "post", "remark")


@dataclass(frozen=True)
class MandateForm:
    """One mandate: `place` is the constituency or the electing unit, whichever the level has (ZD-02).

    `id` is "" for a new one; an ended one stays in the record.
    """

    level: int
    place: str = ""
    id: str = ""
    term: str = ""
    active: bool = True


@dataclass(frozen=True)
class DeputyForm:
    """What may be written by hand. A phone left as it was shown, masked, stays as it is."""

    name: str = ""
    alias: str = ""
    name_initials: str = ""
    sex: str = "0"
    ethnicity: str = ""
    phone: str = ""
    post: str = ""
    remark: str = ""
    consultative: bool = False
    mandates: tuple[MandateForm, ...] = ()


def has_constituency(level: int) -> bool:
    """Say whether a mandate of this level has a 选区; the others have a 选举单位 (ZD-02)."""
    return level >= _DIRECT_FROM


def form_of(deputy: Deputy, mandates: Sequence[Mandate]) -> DeputyForm:
    """Return what is stored, the phone masked."""
    return DeputyForm(
        name=deputy.name,
        alias=deputy.alias,
        name_initials=deputy.name_initials,
        sex=deputy.sex or "0",
        ethnicity=deputy.ethnicity,
        phone=mask_phone(deputy.phone),
        post=deputy.post,
        remark=deputy.remark,
        consultative=deputy.consultative,
        mandates=tuple(
            MandateForm(
                level=mandate.level,
                place=mandate.constituency or mandate.electing_unit,
                id=mandate.record_id,
                term=mandate.term,
                active=mandate.state == ACTIVE,
            )
            for mandate in mandates
        ),
    )


def put(rows: Rows, deputy: Deputy, mandates: Sequence[Mandate], form: DeputyForm, *, street: bool) -> bool:
    """Write a form onto a deputy and the mandates; return whether anything changed.

    `street` says that the station is a street's, which has no deputies of its own level (ZD-05).
    Raises InputProblem with the field for a name that cannot be, initials that are no letters, no level at
    all, a mandate without its place or written twice.
    """
    wanted = _fields(deputy, form)
    held = {mandate.record_id: mandate for mandate in mandates}
    if not form.mandates and not form.consultative and (held or not deputy.name):
        # A roster may have left the level open; by hand it is written or left as it is.
        raise InputProblem(_("请至少填写一个层级，或勾选“议政代表”。"), field="mandates")
    _check_mandates(form, held, street=street)
    changed = {name: value for name, value in wanted.items() if getattr(deputy, name) != value}
    for name, value in changed.items():
        setattr(deputy, name, value)
    return bool(changed) | _put_mandates(rows, deputy, held, form.mandates)


def _fields(deputy: Deputy, form: DeputyForm) -> dict[str, str | bool]:
    name = check_name(form.name)
    if name.problem:
        raise InputProblem(name.problem, field="name")
    initials = form.name_initials.strip().lower()
    if not re.fullmatch("[a-z]*", initials):
        raise InputProblem(_("首字母只能是英文字母，如 wmm。"), field="name_initials")
    phone = form.phone.strip()
    texts = {field: getattr(form, field).strip() for field in _PLAIN}
    return texts | {
        "name": name.clean,
        "name_initials": initials,
        "phone": deputy.phone if phone == mask_phone(deputy.phone) else normalise(phone),
        "consultative": form.consultative,
    }


def _check_mandates(form: DeputyForm, held: dict[str, Mandate], *, street: bool) -> None:
    seen = set()
    for mandate in form.mandates:
        level = labels.MANDATE_LEVEL.get(mandate.level)
        if level is None:
            raise InputProblem(_("请选择层级。"), field="mandates")
        stored = held.get(mandate.id)
        # What a roster left open need not be filled in to correct something else.
        is_changed = stored is None or _targets(stored, mandate)
        if is_changed and not mandate.place.strip():
            what = _("选区") if has_constituency(mandate.level) else _("选举单位")
            sentence = _("{level}级代表要写明{what}。")
            raise InputProblem(sentence.format(level=level, what=what), field="mandates")
        if is_changed and street and mandate.level == TOWN_LEVEL and mandate.active:
            raise InputProblem(
                _("街道没有镇级人大代表。"), way_out=_("请去掉这一层级，勾选“议政代表”。"), field="mandates"
            )
        key = (mandate.level, mandate.place.strip())
        if mandate.active and key in seen:
            raise InputProblem(_("{level}级写了两次，请去掉一个。").format(level=level), field="mandates")
        if mandate.active:
            seen.add(key)


def _put_mandates(
    rows: Rows, deputy: Deputy, held: dict[str, Mandate], wanted: Sequence[MandateForm]
) -> bool:
    kept = {mandate.id for mandate in wanted}
    gone = [mandate for mandate_id, mandate in held.items() if mandate_id not in kept]
    for mandate in gone:
        mandate.tombstone(_("名册更正"))
    changed = bool(gone)
    for form in wanted:
        row = held.get(form.id)
        targets = _targets(row, form)
        if row is None:
            row = Mandate(deputy_id=deputy.record_id, level=form.level)
            rows.add(row)
        for name, value in targets.items():
            setattr(row, name, value)
        changed = changed or bool(targets)
    return changed


def _targets(row: Mandate | None, form: MandateForm) -> dict[str, str | int]:
    """Return the fields of a mandate that are to change; exactly one of the two places holds words."""
    place, direct = form.place.strip(), has_constituency(form.level)
    wanted: dict[str, str | int] = {
        "level": form.level,
        "constituency": place if direct else "",
        "electing_unit": "" if direct else place,
        "term": form.term.strip(),
        "state": ACTIVE if form.active else ENDED,
    }
    if row is not None and (row.level, row.constituency or row.electing_unit) == (form.level, place):
        # A place the roster wrote into the other field stays until somebody corrects it.
        wanted |= {"constituency": row.constituency, "electing_unit": row.electing_unit}
    return {name: value for name, value in wanted.items() if row is None or getattr(row, name) != value}
