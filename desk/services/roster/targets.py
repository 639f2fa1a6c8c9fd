"""What a roster row wants the store to hold. An empty cell wants nothing: a roster never erases."""

from dataclasses import dataclass
from datetime import date

from desk.rules import labels
from desk.services.roster.plan_values import Known, KnownMandate
from desk.services.roster.values import RosterMandate, RosterRow
from desk.text import _

ACTIVE = "active"
DEPARTED = "departed"
ENDED = "ended"

_CODES = {word: code for code, word in labels.MANDATE_LEVEL.items()}

Value = str | bool | date


@dataclass(frozen=True)
class MandateTarget:
    """One mandate to make (`known` is None) or to bring up to date, with the fields and their values."""

    known: KnownMandate | None
    level: int
    fields: dict[str, str]


def deputy_fields(row: RosterRow, known: Known | None) -> dict[str, Value]:
    """Return the fields of the deputy record this row would set to something else than they are."""
    wanted: dict[str, Value | None] = {
        "name": row.name if known is None else None,
        "sex": row.sex if row.sex != "0" else None,
        "ethnicity": row.ethnicity,
        "birth_date": row.birth,
        "phone": row.phone,
        "post": row.post,
        "consultative": row.consultative or None,
        "remark": _remark(row),
        "state": DEPARTED if row.departed else (ACTIVE if known is None else None),
    }
    return {
        name: value
        for name, value in wanted.items()
        if value and (known is None or getattr(known, name) != value)
    }


def mandate_targets(row: RosterRow, known: Known | None) -> tuple[MandateTarget, ...]:
    """Return the mandates of the row that are missing or different in the store (ZD-02, ZD-03)."""
    departed = row.departed or (known is not None and known.state == DEPARTED)
    targets = []
    for mandate in row.mandates:
        held = _held(mandate, row, known)
        fields = {
            "constituency": mandate.constituency,
            "electing_unit": mandate.electing_unit,
            "group_name": row.group_name,
            "term": mandate.term,
            "state": ENDED if departed else ("" if held else ACTIVE),
        }
        changed = {
            name: text for name, text in fields.items() if text and (not held or getattr(held, name) != text)
        }
        if changed:
            targets.append(MandateTarget(held, _CODES[mandate.level], changed))
    return tuple(targets)


def level_code(word: str) -> int:
    """Return the code 1 to 5 of a level's short word (ZD-01)."""
    return _CODES[word]


def _held(mandate: RosterMandate, row: RosterRow, known: Known | None) -> KnownMandate | None:
    """Return the stored mandate that is meant: the one of its level, by place if a level stands twice."""
    if known is None:
        return None
    held = [each for each in known.mandates if each.level == _CODES[mandate.level]]
    place = mandate.constituency or mandate.electing_unit
    by_place = [each for each in held if place and place in (each.constituency, each.electing_unit)]
    twice = sum(other.level == mandate.level for other in row.mandates) > 1 or len(held) > 1
    return next(iter(by_place or ([] if twice and place else held)), None)


def _remark(row: RosterRow) -> str:
    """Return the remark, with what the roster said of a 议政代表 that no mandate can hold (ZD-05)."""
    stored = {mandate.level for mandate in row.mandates}
    lost = [level for level in row.levels if level not in stored]
    if not lost:
        return row.remark
    words = _("名册写作{levels}级代表").format(levels="、".join(lost))
    return "；".join(part for part in (row.remark, words, row.constituency) if part)
