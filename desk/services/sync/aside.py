"""Values that came from the hub and are none of their field's: kept aside, and told to a person.

A field of a newer schema may have been given any plain value while neither hub nor desk knew it, by one PC in
wrong hands. Once this program knows the field such a value stands in `extra`, its column as if nobody had
written it, so that it stops no page, no sign-on and nobody's work. Whoever fills the field in replaces it.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.services.sync import origin
from desk.services.sync.heads import Key
from desk.services.sync.shadow import spell
from desk.text import _
from desk.wire import columns
from desk.wire.codecs import instant_text
from desk.wire.fields import Record
from desk.wire.heads import Head

CODE: Final = "kept_aside"
"""The word for such values in attention; the line there is about a record, not about an op."""

_NOTED = "SELECT op_id, noun, record_id FROM attention WHERE code = ?"
_OWN = "SELECT scope_id FROM meta"
_NOTE = (
    "INSERT INTO attention (op_id, noun, record_id, verdict, code, sentence, body, sha256, noted_at)"
    " VALUES (?, ?, ?, 'aside', ?, ?, ?, x'', ?)"
    # Other values are another question, also where the first one was put down.
    " ON CONFLICT (op_id) DO UPDATE SET body = excluded.body, given_up_at = NULL"
    " WHERE json_extract(CAST(attention.body AS TEXT), '$.set')"
    " != json_extract(CAST(excluded.body AS TEXT), '$.set')"
)
_SETTLED = "DELETE FROM attention WHERE op_id = ?"


def unfit(record: Record, heads: Mapping[str, Head]) -> dict[str, frozenset[str]]:
    """Return the fields whose values no column of theirs can hold, by record id; mostly none.

    heads: of records of this noun, as they were said or with every declared field written out.
    """
    listed = list(heads.items())
    found: dict[str, frozenset[str]] = {}
    for (_noun, *names), some in columns.by_shape(
        [(record.noun, head.fields) for _id, head in listed]
    ).items():
        together = [listed[n] for n in some]
        known = [name for name in names if name in record.by_name]
        if columns.fit(record, known, [[head.fields[name] for name in known] for _id, head in together]):
            continue
        found |= {record_id: record.unfit(head.fields) for record_id, head in together}
    return {record_id: bad for record_id, bad in found.items() if bad}


def note(
    rows: Rows, scope: str, looked_at: Collection[Key], found: Mapping[Key, tuple[Head, frozenset[str]]]
) -> None:
    """Tell a person of what is kept aside, once for each record, until its fields hold what they can.

    Args:
        rows: of the block.
        scope: of the records. Those of a county's stations are the stations' own to mend.
        looked_at: all records that were looked at just now.
        found: those with values kept aside, and which.
    """
    for op_id, noun, record_id in plain.ask(rows, _NOTED, (CODE,)):
        if (noun, record_id) in looked_at and (noun, record_id) not in found:
            plain.write(rows, _SETTLED, (op_id,))
    if not found or plain.ask(rows, _OWN)[0][0] != scope:
        return
    sentence = _("其中有一项不合规定，本机没有采用，原样另存着")
    for (noun, record_id), (head, names) in found.items():
        body = spell(_said(rows, head, names)).encode()
        name = f"{CODE}|{noun}|{record_id}"
        plain.write(rows, _NOTE, (name, noun, record_id, CODE, sentence, body, instant_text(clock.now())))


def _said(rows: Rows, head: Head, names: Collection[str]) -> dict[str, Any]:
    """Return what the list shows: the values, and who wrote the first of them as far as the log tells."""
    listed = sorted(names)
    wrote = origin.told_by_op(rows, head.op_of(listed[0]))
    return {"set": {name: head.fields[name] for name in listed}, "user": str(wrote.get("user", ""))}
