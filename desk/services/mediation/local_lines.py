"""本地栏目 of an inquiry, a sitting or an agreement: saved with the record they are printed for."""

from collections.abc import Iterable, Mapping
from datetime import date

from desk.errors import InputProblem
from desk.models.local_value import LocalValue
from desk.rules.local_fields import OWNER, LocalField, local_fields
from desk.rules.profile import Profile
from desk.services.local_values import MOST
from desk.services.mediation.forms import LocalLine
from desk.services.mediation.sheet import Sheet
from desk.services.visit_rows import Act
from desk.text import _

Offered = Mapping[str, tuple[LocalField, ...]]
"""The fields a county added, by the noun of the record they belong to."""


def offered(profile: Profile, on: date) -> Offered:
    """Return the added fields of each kind of record; empty where the county added none."""
    found: dict[str, tuple[LocalField, ...]] = {}
    for form, noun in OWNER.items():
        found[noun] = (*found.get(noun, ()), *local_fields(profile, on, form))
    return {noun: fields for noun, fields in found.items() if fields}


def of(sheet: Sheet, known: Offered, noun: str, record_id: str) -> tuple[LocalLine, ...]:
    """Return what is filled in for a record.

    A text that was kept once a case, before the record had its own, counts until the record gets one.
    """
    fields = known.get(noun, ())
    if not fields:
        return ()
    found = {**_texts(sheet, sheet.case.record_id), **_texts(sheet, record_id)}
    lines = (LocalLine(each.form, each.key, found.get((each.form, each.key), "")) for each in fields)
    return tuple(line for line in lines if line.value)


def put(act: Act, sheet: Sheet, noun: str, record_id: str, lines: Iterable[LocalLine]) -> None:
    """Write the fields of a record; those not named, and those the profile no longer has, stay as they are.

    Raises InputProblem (`field` is local) for more than 500 characters.
    """
    fields = {(each.form, each.key): each for each in offered(act.profile, act.at.date()).get(noun, ())}
    for line in lines:
        place, value = (line.form, line.key), line.value.strip()
        if place not in fields:
            continue
        if len(value) > MOST:
            words = _("“{label}”最多写 {most} 个字。").format(label=fields[place].label, most=MOST)
            raise InputProblem(words, field="local")
        standing = {(row.form, row.key): row for row in sheet.local_values() if row.target_id == record_id}
        row = standing.get(place)
        if row is None:
            row = LocalValue(noun=noun, target_id=record_id, form=line.form, key=line.key)
            sheet.keep_local(row)
        row.value = value


def _texts(sheet: Sheet, target_id: str) -> dict[tuple[str, str], str]:
    return {
        (row.form, row.key): row.value or "" for row in sheet.local_values() if row.target_id == target_id
    }
