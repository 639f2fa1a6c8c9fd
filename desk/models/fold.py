"""A record as it stands: the hub's last word with the pending ops over it. Decides nothing (sync.md 2.2)."""

from collections.abc import Iterable

from desk.wire import changes
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.op import INSERTED_BY, Op


def fold(record: Record, shadow: Head | None, ops: Iterable[Op]) -> Head:
    """Lay the ops, in their order, over the shadow; a record the hub never saw has none."""
    base = shadow or Head()
    fields = {**record.defaults, **base.fields}
    field_op = dict(base.field_op)
    for op in ops:
        for name, change in op.set.items():
            fields[name] = changes.apply(record.usable(name, fields.get(name)), change)
        if op.kind == "insert":
            field_op = {INSERTED_BY: op.op}
        else:
            field_op |= dict.fromkeys(op.set, op.op)
    return Head(base.version, fields, field_op)
