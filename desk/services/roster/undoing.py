"""Takes an import back, but only while nobody has changed or used what it wrote."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import errors
from desk.models.base import Synced
from desk.models.deputy import Deputy, Mandate
from desk.models.duty import Duty
from desk.models.user import User
from desk.models.visit import Receiver
from desk.text import _
from desk.wire.records import RECORDS

_TABLES: Mapping[str, type[Synced]] = {"deputy": Deputy, "mandate": Mandate}
_NAMES_SHOWN = 5


class Changes:
    """Collects what an import writes: the rows it makes and the values it replaces."""

    def __init__(self) -> None:
        self._noted: list[tuple[Synced, dict[str, Any], bool]] = []

    def note(self, row: Synced, fields: Iterable[str], *, is_new: bool) -> None:
        """Remember a row before it is written; `fields` are those about to change."""
        record = RECORDS[_noun(row)]
        old = {} if is_new else {name: record.by_name[name].to_json(getattr(row, name)) for name in fields}
        if is_new or old:
            self._noted.append((row, old, is_new))

    def as_json(self) -> dict[str, Any]:
        """Return what the batch keeps, after the flush: per row the old values and the ops that wrote it."""
        return {
            "rows": [
                {"noun": _noun(row), "id": row.record_id, "new": new, "old": old, "ops": dict(row.field_op)}
                for row, old, new in self._noted
            ]
        }


def take_back(rows: Rows, changes: Mapping[str, Any]) -> None:
    """Undo the changes of one batch inside the caller's write block.

    Raises:
        InputProblem: something was changed or used since; it names the deputies and nothing is undone.
    """
    found = [(rows.get_one(_TABLES[each["noun"]], each["id"]), each) for each in changes["rows"]]
    touched = [row for row, each in found if _is_touched(row, each) or (each["new"] and _is_used(rows, row))]
    if touched:
        raise _refusal(rows, touched)
    for row, each in found:
        if each["new"]:
            row.tombstone(_("撤销花名册导入"))
            continue
        record = RECORDS[each["noun"]]
        for name, value in record.from_json(each["old"]).items():
            setattr(row, name, value)


def _is_touched(row: Synced, each: Mapping[str, Any]) -> bool:
    """Say whether another op has written the row (if the import made it) or the fields the import changed."""
    if row.void:
        return True
    if each["new"]:
        return bool(row.field_op != each["ops"])
    return any(row.field_op.get(name) != each["ops"].get(name) for name in each["old"])


def _is_used(rows: Rows, row: Synced) -> bool:
    """Say whether a deputy has received somebody, been on duty, or got an account."""
    if not isinstance(row, Deputy):
        return False
    columns = (Receiver.deputy_id, Duty.deputy_id, User.deputy_id)
    return any(rows.scalar(select(column).where(column == row.record_id).limit(1)) for column in columns)


def _refusal(rows: Rows, touched: Iterable[Synced]) -> errors.InputProblem:
    names = []
    for row in touched:
        deputy = rows.get(Deputy, row.deputy_id) if isinstance(row, Mandate) else row
        names.append(deputy.name if isinstance(deputy, Deputy) else "")
    names = list(dict.fromkeys(name for name in names if name))
    shown = "、".join(names[:_NAMES_SHOWN]) + (
        _("等 {n} 位").format(n=len(names)) if len(names) > _NAMES_SHOWN else ""
    )
    return errors.InputProblem(
        _("导入以后，{names}代表的资料又改过或已经用过，不能整批撤销。").format(names=shown),
        way_out=_("请在代表名册里逐个修改。"),
    )


def _noun(row: Synced) -> str:
    return next(noun for noun, table in _TABLES.items() if isinstance(row, table))
