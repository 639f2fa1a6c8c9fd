"""Reads and writes the shadow, many records at once, in the caller's block."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.sync.heads import Key
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, digest_of
from desk.wire.incoming import OpIn
from desk.wire.records import RECORDS

_HEADS = (
    "SELECT record_id, version, fields, field_op FROM shadow_head"
    " WHERE noun = ? AND record_id IN (SELECT value FROM json_each(?))"
)
_PUT = (
    "INSERT INTO shadow_head (noun, record_id, scope_id, version, fields, field_op) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (noun, record_id) DO UPDATE SET scope_id = excluded.scope_id, version = excluded.version,"
    " fields = excluded.fields, field_op = excluded.field_op"
)
_ALL = "SELECT noun, record_id, version, fields, field_op FROM shadow_head WHERE scope_id = ?"
_DROP = "DELETE FROM shadow_head WHERE noun = ? AND record_id = ?"
# The hub counts from 1 on. 0 stands for a head it may have lost, which then nobody can offer again; a number
# below for one that every backup of the hub holds.
_DOUBT = (
    "UPDATE shadow_head SET version = CASE WHEN version > ? THEN 0 ELSE -version END"
    " WHERE scope_id = ? AND version > 0"
)
_FOLLOW = (
    "UPDATE {noun} SET version = (SELECT s.version FROM shadow_head s WHERE s.noun = '{noun}'"
    " AND s.record_id = {noun}.record_id) WHERE record_id IN"
    " (SELECT s.record_id FROM shadow_head s WHERE s.noun = '{noun}' AND s.scope_id = ? AND s.version <= 0)"
)
_NOUNS = "SELECT DISTINCT noun FROM shadow_head WHERE scope_id = ? AND version <= 0"
_DOUBTED = "SELECT noun, record_id, fields, field_op FROM shadow_head WHERE scope_id = ? AND version = 0"
# What is offered again as the base of another op, and stands in the log, is in the shadow already: over it
# lie words that came later, and laid once more it would hide them.
_PENDING = (
    "SELECT record_id, body FROM outbox WHERE noun = ? AND record_id IN (SELECT value FROM json_each(?))"
    " AND NOT EXISTS (SELECT 1 FROM revision_log r WHERE r.op_id = outbox.op_id) ORDER BY position"
)

_long_way = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def spell(value: Any) -> str:
    """Write JSON as it stands in the store: Chinese words as they are, no blanks."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        # Half a surrogate pair, or a number beyond 64 bits: a newer desk's own.
        return _long_way(value)


def by_noun(keys: Iterable[Key]) -> dict[str, list[str]]:
    """Sort record ids by their noun."""
    sorted_out: dict[str, list[str]] = {}
    for noun, record_id in keys:
        sorted_out.setdefault(noun, []).append(record_id)
    return sorted_out


def heads(rows: Rows, keys: Collection[Key]) -> dict[Key, Head | None]:
    """Return the heads of the records; None for one the hub never confirmed."""
    found: dict[Key, Head | None] = dict.fromkeys(keys)
    for noun, ids in by_noun(found).items():
        for record_id, version, fields, field_op in plain.ask(rows, _HEADS, (noun, spell(ids))):
            found[noun, record_id] = Head(version, json.loads(fields), json.loads(field_op))
    return found


def put(rows: Rows, scope: str, heads_now: Mapping[Key, Head | None]) -> None:
    """Store the heads; one that is None is taken out."""
    stored = [
        (noun, record_id, scope, head.version, spell(head.fields), spell(head.field_op))
        for (noun, record_id), head in heads_now.items()
        if head is not None
    ]
    gone = [key for key, head in heads_now.items() if head is None]
    if stored:
        plain.write_many(rows, _PUT, stored)
    if gone:
        plain.write_many(rows, _DROP, gone)


def doubt(rows: Rows, scope: str, durable: int) -> None:
    """Mark all heads of a scope as such that the hub must bring again, in the typed rows as well.

    Those above the durable version it may have lost.
    """
    plain.write(rows, _DOUBT, (durable, scope))
    for (noun,) in plain.ask(rows, _NOUNS, (scope,)):
        if noun in RECORDS:
            plain.write(rows, _FOLLOW.format(noun=noun), (scope,))


def doubted(rows: Rows, scope: str) -> dict[Key, Head]:
    """Return the heads that the hub may have lost, and has not brought again."""
    found = plain.ask(rows, _DOUBTED, (scope,))
    return {(noun, rec): Head(0, json.loads(fields), json.loads(by)) for noun, rec, fields, by in found}


def digest(rows: Rows, scope: str) -> str:
    """Add up the digest of everything in the shadow of a scope (I11); a second for 50,000 records."""
    parts = (
        digest_of(noun, record_id, Head(version, json.loads(fields), json.loads(field_op)))
        for noun, record_id, version, fields, field_op in plain.ask(rows, _ALL, (scope,))
    )
    return add_digests(EMPTY_DIGEST, parts).hex()


def pending(rows: Rows, keys: Collection[Key]) -> dict[Key, list[OpIn]]:
    """Return the ops that lie over the shadow, in their order; most records have none."""
    found: dict[Key, list[OpIn]] = {}
    for noun, ids in by_noun(keys).items():
        for record_id, body in plain.ask(rows, _PENDING, (noun, spell(ids))):
            found.setdefault((noun, record_id), []).append(OpIn("", body))
    return found


def ids(rows: Rows, words: str, among: Collection[str]) -> set[Any]:
    """Return the first column of a question over a list of ids, asked as one JSON text."""
    return {row[0] for row in plain.ask(rows, words, (spell(list(among)),))} if among else set()
