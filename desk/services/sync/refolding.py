"""After an upgrade: what a newer desk wrote while this program did not know it becomes rows and fields.

Unknown fields were carried in `extra`, records of unknown nouns only in the shadow (sync.md 2.11). Once the
program knows them they need not be pulled again: they are folded anew, once for each schema of the wire.
"""

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.store import Store
from desk.services.sync import finding, shadow, view
from desk.services.sync.heads import Key
from desk.wire.fields import Record
from desk.wire.records import RECORDS, SCHEMA

_FOLDED = "SELECT coalesce(folded, 0) FROM meta"
_DONE = "UPDATE meta SET folded = ?"


def catch_up(store: Store) -> frozenset[str]:
    """Fold what this program did not know before; return the nouns that changed. A look where all is done.

    Raises:
        StoreProblem: the disk is full; the next start tries again.
    """
    with store.read() as rows:
        if plain.ask(rows, _FOLDED)[0][0] >= SCHEMA:
            return frozenset()
    with store.write_confirmed() as rows:
        behind: dict[str, set[Key]] = {}
        for record in RECORDS.values():
            for record_id, scope in (*_with_news(rows, record), *_without_row(rows, record)):
                behind.setdefault(scope, set()).add((record.noun, record_id))
        for scope, keys in behind.items():
            view.rebuild_keys(rows, scope, keys)
            finding.refresh(rows, shadow.by_noun(keys))
        plain.write(rows, _DONE, (SCHEMA,))
    return frozenset(noun for keys in behind.values() for noun, _id in keys)


def _with_news(rows: Rows, record: Record) -> Iterator[tuple[str, str]]:
    """Yield records of which a field that is known now was carried in `extra`, with their scope."""
    noun = record.noun
    for record_id, scope, extra in plain.ask(
        rows,
        f"SELECT t.record_id, s.scope_id, t.extra FROM {noun} t"  # noqa: S608 - our own noun
        " JOIN shadow_head s ON s.noun = ? AND s.record_id = t.record_id"
        " WHERE t.extra IS NOT NULL AND t.extra NOT IN ('', '{}')",
        (noun,),
    ):
        if record.by_name.keys() & json.loads(extra).keys():
            yield record_id, scope


def _without_row(rows: Rows, record: Record) -> Iterator[tuple[str, str]]:
    """Yield records that came when their noun was not known here, with their scope."""
    noun = record.noun
    words = (
        "SELECT s.record_id, s.scope_id FROM shadow_head s WHERE s.noun = ?"  # noqa: S608 - our own noun
        f" AND NOT EXISTS (SELECT 1 FROM {noun} t WHERE t.record_id = s.record_id)"
    )
    yield from plain.ask(rows, words, (noun,))
