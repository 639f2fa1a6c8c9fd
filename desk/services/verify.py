"""Proof that the store is sound: encrypted, whole, its chain unbroken, every row its shadow with its ops."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from desk.models import cipher, problems
from desk.models.fold import fold
from desk.models.store import Store
from desk.services import audit
from desk.services.attachments import proof
from desk.text import _
from desk.wire.codecs import Json, WireError
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.op import Op
from desk.wire.records import ALL

_SHOWN = 20
_ROW, _SHADOW, _OP = 0, 1, 2

# Numbers of ops are gapless per writer (sync.md 2.6). Those above the first that waits are in the outbox, or
# with the hub, or were refused; what was offered again for others says nothing about this PC. No more do
# numbers above its own last one: a twin drew them, or the PC itself before it was set back to a backup.
# And an op in custody stays: below a snapshot what was accepted after it is there as heads, without numbers.
_SPANS = """
WITH first AS (SELECT incarnation, min(seq) AS seq FROM outbox
    WHERE NOT held AND incarnation IN (SELECT incarnation FROM meta) OR NOT EXISTS (SELECT 1 FROM cursor)
    GROUP BY incarnation),
known AS (SELECT incarnation, seq FROM outbox UNION SELECT incarnation, seq FROM revision_log
    UNION SELECT incarnation, seq FROM attention)
SELECT incarnation, min(known.seq), max(known.seq), count(*) FROM known JOIN first USING (incarnation)
WHERE known.seq >= first.seq AND NOT EXISTS
    (SELECT 1 FROM meta WHERE meta.incarnation = known.incarnation AND meta.seq < known.seq)
GROUP BY incarnation
"""

# A stream of (record id, which of the three, raw row), in order of the ids.
_Item = tuple[str, int, Mapping[str, Any]]


@dataclass(frozen=True)
class Report:
    """What was found. `lines` are for people: what was looked at, or what is wrong and where."""

    ok: bool
    lines: tuple[str, ...]


def run(store: Store) -> Report:
    """Check everything, in little memory; about two minutes for 200,000 visits.

    Raises:
        StoreProblem: the file cannot even be opened.
    """
    file = [_part(_("加密"), _cipher(store)), _part(_("文件完整"), _integrity(store))]
    if not all(part.ok for part in file):
        return _together([*file, Report(False, (_("内容没有核对：文件已损坏，请从最近一次备份恢复"),))])
    content = [
        _part(_("操作记录链"), _chain(store)),
        _part(_("发件箱"), _outbox(store)),
        _part(_("逐条核对"), _rows(store)),
        _part(_("附件"), proof.breaks(store)),
        Report(True, (_counts(store), *proof.notes(store))),
    ]
    return _together([*file, *content])


def _part(name: str, sentences: Iterator[str]) -> Report:
    found = list(islice(sentences, _SHOWN + 1))
    lines = [f"{name}：{_('有问题') if found else _('正常')}", *(f"  {each}" for each in found[:_SHOWN])]
    if len(found) > _SHOWN:
        lines.append("  " + _("……还有更多"))
    return Report(not found, tuple(lines))


def _together(parts: list[Report]) -> Report:
    return Report(all(part.ok for part in parts), tuple(line for part in parts for line in part.lines))


def _cipher(store: Store) -> Iterator[str]:
    if not cipher.is_encrypted(store.path):
        yield _("数据文件没有加密")
    connection = store.connect()
    try:
        if not connection.execute("PRAGMA cipher_version").fetchone():
            yield _("加密功能没有启用")
    finally:
        connection.close()


def _integrity(store: Store) -> Iterator[str]:
    connection = store.connect()
    try:
        with problems.explained():
            if not cipher.is_authentic(connection):
                yield _("有数据页与校验值不符")
            for (said,) in connection.execute("PRAGMA integrity_check"):
                if said != "ok":
                    yield _("数据结构有错：{said}").format(said=said)
    finally:
        connection.close()


def _chain(store: Store) -> Iterator[str]:
    with store.read() as session:
        yield from audit.breaks(session)


def _outbox(store: Store) -> Iterator[str]:
    connection = store.connect()
    try:
        yield from holes(connection)
    finally:
        connection.close()


def holes(connection: Any) -> Iterator[str]:
    """Walk over what is missing among the numbers of the ops from the first that waits on, as sentences.

    Args:
        connection: to a store of a desk, whose tables are read.
    """
    current, seq = connection.execute("SELECT incarnation, seq FROM meta").fetchone()
    for incarnation, first, last, count in connection.execute(_SPANS):
        if last - first + 1 != count or (incarnation == current and last != seq):
            yield _("待发送的改动编号有缺口：{first}–{last} 只有 {count} 条").format(
                first=first, last=last, count=count
            )


def _rows(store: Store) -> Iterator[str]:
    connection = store.connect()
    try:
        # One state for all streams, while others go on writing.
        connection.execute("BEGIN")
        for record in ALL:
            streams = merge(*_streams(connection, record), key=itemgetter(0, 1))
            for record_id, items in groupby(streams, key=itemgetter(0)):
                said = _compare(record, record_id, list(items))
                if said:
                    yield f"{record.noun} {record_id}：{said}"
    finally:
        connection.close()


def _streams(connection: Any, record: Record) -> tuple[Iterator[_Item], ...]:
    names = ", ".join(f'"{field.name}"' for field in record)
    own = (
        f"SELECT record_id, scope_id, version, field_op, extra, {names} FROM {record.noun} ORDER BY record_id"  # noqa: S608 - names of our own declarations
    )
    shadow = (
        "SELECT record_id, scope_id, version, fields, field_op FROM shadow_head WHERE noun = ?"
        " ORDER BY record_id"
    )
    # What the log has is in the shadow, also where it is offered again (`services/sync/shadow.py`).
    ops = (
        "SELECT record_id, op_id, seq, body, sha256 FROM outbox WHERE noun = ? AND NOT EXISTS"
        " (SELECT 1 FROM revision_log r WHERE r.op_id = outbox.op_id) ORDER BY record_id, position"
    )
    return (
        _stream(connection, _ROW, own, ()),
        _stream(connection, _SHADOW, shadow, (record.noun,)),
        _stream(connection, _OP, ops, (record.noun,)),
    )


def _stream(connection: Any, which: int, query: str, values: tuple[str, ...]) -> Iterator[_Item]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield row[0], which, dict(zip(names, row, strict=True))


def _compare(record: Record, record_id: str, items: list[_Item]) -> str:
    parts: dict[int, list[Mapping[str, Any]]] = {_ROW: [], _SHADOW: [], _OP: []}
    for _id, which, raw in items:
        parts[which].append(raw)
    if not parts[_ROW]:
        return _("有改动记录，但没有这一条")
    if not parts[_SHADOW] and not parts[_OP]:
        return _("没有来历：既无确认版本，也无改动记录")
    try:
        ops = [_op(record_id, raw) for raw in parts[_OP]]
        shadow = _head(parts[_SHADOW][0]) if parts[_SHADOW] else None
        row = parts[_ROW][0]
        scopes = {raw["scope_id"] for raw in parts[_SHADOW]} | {op.scope for op in ops}
        if scopes != {row["scope_id"]}:
            return _("站点归属与改动记录不符")
        return _difference(record, row, fold(record, shadow, ops))
    except (WireError, ValueError, KeyError, TypeError) as error:
        return _("内容读不出来（{error}）").format(error=type(error).__name__)


def _op(record_id: str, raw: Mapping[str, Any]) -> Op:
    op = Op.from_bytes(raw["body"])
    if hashlib.sha256(raw["body"]).digest() != raw["sha256"]:
        raise WireError("the bytes of an op were changed")
    if (op.op, op.seq, op.rec) != (raw["op_id"], raw["seq"], record_id):
        raise WireError("an op is filed under another name")
    return op


def _head(raw: Mapping[str, Any]) -> Head:
    return Head(raw["version"], json.loads(raw["fields"]), json.loads(raw["field_op"]))


def _difference(record: Record, row: Mapping[str, Any], expected: Head) -> str:
    different = _other_fields(record, row, *record.split(expected.fields))
    if different:
        # Values that are none of their field's are kept aside; nearly no record has one.
        different = _other_fields(record, row, *record.parted(expected.fields, record.unfit(expected.fields)))
    if row["version"] != expected.version:
        different.append("version")
    if json.loads(row["field_op"]) != expected.field_op:
        different.append("field_op")
    return _("{names} 与改动记录不符").format(names="、".join(different)) if different else ""


def _other_fields(
    record: Record, row: Mapping[str, Any], known: Mapping[str, Json], extra: Mapping[str, Json]
) -> list[str]:
    different = [
        field.name for field in record if _json(field.codec.name, row[field.name]) != known[field.name]
    ]
    return different if json.loads(row["extra"]) == extra else [*different, "extra"]


def _json(codec: str, raw: Any) -> Json:
    # SQLite keeps yes and no as 1 and 0; everything else stands in the file as it stands on the wire.
    return bool(raw) if codec == "bool" and raw in (0, 1) else raw


_COUNTED: Final = {
    "visit": " WHERE void = 0",
    "person": " WHERE void = 0 AND merged_into = ''",
    "audit": "",
    "outbox": "",
}


def _counts(store: Store) -> str:
    connection = store.connect()
    try:
        # As the lists count them: what is void stays in the file, and counts nowhere.
        counted = {
            name: connection.execute(f"SELECT count(*) FROM {name}{where}").fetchone()[0]  # noqa: S608 - fixed names
            for name, where in _COUNTED.items()
        }
    finally:
        connection.close()
    return _("来访 {visit} 批，群众 {person} 人，操作记录 {audit} 条，待发送改动 {outbox} 条").format(
        **counted
    )
