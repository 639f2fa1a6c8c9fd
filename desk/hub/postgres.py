"""The storage port on PostgreSQL: set-based statements, one transaction each, the scope's row as the lock.

READ COMMITTED for a push, whose row lock makes all others of its scope wait; REPEATABLE READ for whatever
reads more than one statement's worth, so that a page and its version are of one moment.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, Final

import orjson
import psycopg
from psycopg import Connection
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb, set_json_loads
from psycopg_pool import ConnectionPool

from desk.hub import statements as sql
from desk.hub.arrays import Array, Texts, blobs, jsons, spelled, texts, wholes
from desk.hub.ledger import Asked, Batch, HeadRow, Held, Key, RowRefused, Scope, Seen, Stands
from desk.wire.epochs import Epoch
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, bucket_of
from desk.wire.history import FIRST, Place
from desk.wire.incoming import OpIn
from desk.wire.revision import Revision, result_from_json

Row = tuple[Any, ...]
# What a revision says of its op in columns of their own, the words and the numbers.
_WORDS: Final = attrgetter("op", "type", "rec", "kind", "device", "incarnation", "user", "tx", "at")
_NUMBERS: Final = attrgetter("seq", "offset", "schema")


class PostgresLedger:
    """A `Ledger` on a pool of connections.

    granted: the scopes of whoever asks. On a pool of workers the database gives out and takes in no rows but
    of these, whatever scope a method is called with (`migrations/versions/h0003_walls.py`).
    """

    def __init__(self, pool: ConnectionPool[Connection[Row]], granted: Iterable[str] = ()) -> None:
        self._pool = pool
        self._granted = ",".join(sorted(granted))

    def scope(self, scope: str) -> Scope | None:
        """Return a scope as it stands."""
        with self._begun() as connection:
            return _scope(connection.execute(sql.SCOPE, (scope,)).fetchone())

    @contextmanager
    def turn(self, scope: str) -> Iterator["PostgresTurn"]:
        """Begin a write transaction that holds the scope's row."""
        with self._begun() as connection:
            # The history is read by a statement of its own: behind the lock, it is as new as the row.
            locked = connection.execute(sql.LOCK_SCOPE, (scope,))
            read = connection.execute(sql.SCOPE, (scope,))
            found = _scope(read.fetchone()) if locked.fetchone() else None
            if found is None:
                raise KeyError(scope)
            yield PostgresTurn(connection, found)

    def page(self, scope: str, above: int, most: int) -> tuple[Scope, bytes, list[Revision]] | None:
        """Read one state: the scope, its trail at a version, and the revisions above it."""
        with self._one_state() as connection:
            found = _scope(connection.execute(sql.SCOPE, (scope,)).fetchone())
            if found is None:
                return None
            rows = connection.execute(sql.PAGE, {"scope": scope, "above": above, "most": most}).fetchall()
            at = connection.execute(sql.TRAIL_AT, (scope, above)).fetchone()
            return found, (at[0] if at else None) or b"", [_revision(*row) for row in rows]

    def halt(self, scope: str, epoch: str) -> None:
        """Stop accepting pushes in this life of the scope."""
        with self._begun() as connection:
            connection.execute(sql.HALT, (scope, epoch))

    def snapshot(self, scope: str, after: Key, most: int) -> tuple[Scope, list[tuple[Key, Head]]] | None:
        """Read heads behind a key with the scope as it stands."""
        with self._one_state() as connection:
            found = _scope(connection.execute(sql.SCOPE, (scope,)).fetchone())
            if found is None:
                return None
            rows = connection.execute(sql.SNAPSHOT, (scope, *after, most)).fetchall()
            return found, [((row[0], row[1]), Head(row[2], row[3], row[4])) for row in rows]

    def parts(self, scope: str, prefix: str) -> tuple[Scope, dict[str, bytes]] | None:
        """Sum up the digests of the heads by the next two places of their bucket."""
        with self._one_state() as connection:
            found = _scope(connection.execute(sql.SCOPE, (scope,)).fetchone())
            if found is None:
                return None
            parts: dict[str, list[bytes]] = {}
            for bucket, digest in connection.execute(sql.BUCKETS, (scope, prefix)):
                parts.setdefault(bucket[: len(prefix) + 2], []).append(digest)
            return found, {name: add_digests(EMPTY_DIGEST, each) for name, each in parts.items()}

    def revisions(self, scope: str, record_id: str, after: Place = FIRST, most: int = 0) -> list[Revision]:
        """Read the revisions of one record behind a place in their order; `most` of them, 0 for all."""
        with self._begun() as connection:
            rows = connection.execute(sql.HISTORY, (scope, record_id, *after, most or None)).fetchall()
            return [_revision(*row) for row in rows]

    @contextmanager
    def _begun(self, first: sql.Sql = "") -> Iterator[Connection[Row]]:
        with self._pool.connection() as connection, connection.pipeline():
            if first:
                connection.execute(first)
            connection.execute(sql.WITH_SCOPES, (self._granted,))
            yield connection

    @contextmanager
    def _one_state(self) -> Iterator[Connection[Row]]:
        with self._begun("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY") as connection:
            yield connection


class PostgresTurn:
    """A `Turn` inside a transaction that holds the scope's row."""

    def __init__(self, connection: Connection[Row], scope: Scope) -> None:
        self._connection = connection
        self._scope = scope

    @property
    def scope(self) -> Scope:
        """The scope as it stood when the turn began."""
        return self._scope

    def stands(self, asked: Asked) -> Stands:
        """Return what is there: all questions go out before the first answer is waited for."""
        ops, bases, scope = _column(asked.ops), _column(asked.bases), self._scope.scope

        def ask(statement: sql.Sql, **said: Texts) -> Iterable[Row]:
            return self._connection.execute(statement, {"scope": scope, **said})

        heads = ask(sql.HEADS, **_columns(asked.records, "nouns", "records"))
        seen = ask(sql.SEEN, ops=ops)
        held = ask(sql.HELD, ops=_column([*asked.ops, *asked.bases]))
        known = ask(sql.KNOWN, ops=bases) if asked.bases else ()
        sets = ask(sql.SETS, **_columns(asked.joined, "nouns", "records")) if asked.joined else ()
        numbers = (
            ask(sql.NUMBERS, **_columns(asked.numbers, "nouns", "fields", "values")) if asked.numbers else ()
        )
        conflicts = ask(sql.CONFLICTS, **_columns(asked.closing, "nouns", "records")) if asked.closing else ()
        found = Stands(
            heads={(row[0], row[1]): HeadRow(Head(*row[2:5]), row[5], row[6]) for row in heads},
            seen={op: Seen(sha256, _revision(op, body, result)) for op, sha256, body, result in seen},
            known=frozenset(row[0] for row in known),
            held={},
            sets={key: [] for key in asked.joined},
            numbers={(row[0], row[1], row[2]): (row[3], row[4]) for row in numbers},
            conflicts={key: {} for key in asked.closing},
        )
        for op, sha256, code in held:
            found.held.setdefault(op, []).append(Held(sha256, code))
        for noun, record_id, op, changed in sets:
            found.sets[noun, record_id] += [(op, name, change) for name, change in changed.items()]
        for noun, record_id, each, name, mine_op in conflicts:
            found.conflicts[noun, record_id][each] = (name, mine_op)
        return found

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Undo at the end of the block whatever was written in it."""
        with self._connection.transaction(force_rollback=True):
            yield

    def write(self, batch: Batch) -> None:
        """Write the batch with one statement a table."""
        scope = self._scope.scope
        try:
            with self._connection.transaction():
                run = self._connection.execute
                if batch.accepted:
                    run(sql.ADD_REVISIONS, (scope, batch.version, batch.at, batch.trail, *_revisions(batch)))
                    run(sql.PUT_HEADS, (scope, *_heads(batch)))
                    run(sql.MOVE_SCOPE, (batch.version, batch.digest, batch.trail, scope))
                if batch.opened:
                    opened = [{"noun": k[0], "record_id": k[1], **each.to_json()} for k, each in batch.opened]
                    run(sql.OPEN_CONFLICTS, (scope, Jsonb(opened)))
                if batch.closed:
                    ids, by = zip(*batch.closed, strict=True)
                    run(sql.CLOSE_CONFLICTS, (list(ids), list(by), scope))
                if batch.numbers:
                    numbers = [(*number, *holder) for number, holder in batch.numbers.items()]
                    run(sql.ADD_NUMBERS, (scope, *_columns(numbers, *"abcde").values()))
                self._keep(batch)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            raise RowRefused from error

    def _keep(self, batch: Batch) -> None:
        for kept in batch.kept:
            row = (self._scope.scope, kept.op, kept.sha256, kept.code, kept.body, batch.device, batch.at)
            self._connection.execute(sql.KEEP, row)


def open_pool(
    conninfo: str, most: int, kind: type[Connection[Row]] = Connection[Row], *, walled: bool = False
) -> ConnectionPool[Connection[Row]]:
    """Open a pool of connections; whoever opens it closes it.

    kind: their class, where a test has its own. walled: as a worker, who sees only what was granted.
    """
    return ConnectionPool(
        conninfo,
        min_size=1,
        max_size=most,
        timeout=10,
        # Whoever waits for a database that is away tries anew; else each try comes twice as late.
        reconnect_timeout=5,
        kwargs={"row_factory": tuple_row, "autocommit": False},
        connection_class=kind,
        configure=_become_worker if walled else None,
        open=True,
    )


def _become_worker(connection: Connection[Row]) -> None:
    connection.execute(sql.AS_WORKER)
    connection.commit()
    # Two values of each head of a page: the driver's own reader takes four times as long.
    set_json_loads(orjson.loads, connection)


def _scope(row: Row | None) -> Scope | None:
    if row is None:
        return None
    scope, epoch, version, durable, oldest, digest, trail, halted, history = row
    lives = tuple(Epoch(life, restored_to) for life, restored_to in history)
    return Scope(scope, epoch, version, durable, oldest, digest, lives, halted, trail)


def _revision(op: str, body: str, result: str) -> Revision:
    return result_from_json(orjson.loads(result), OpIn(op, body.encode()))


def _revisions(batch: Batch) -> tuple[Array, ...]:
    """Return the columns of the new revisions in the order of the statement."""
    ops = [each.op for each in batch.accepted]
    words = list(zip(*map(_WORDS, ops), strict=True))
    seqs, offsets, schemas = zip(*map(_NUMBERS, ops), strict=True)
    return (
        wholes([each.revision.ord for each in batch.accepted]),
        *map(texts, words),
        spelled([each.revision.op.body for each in batch.accepted]),
        spelled([orjson.dumps(each.result) for each in batch.accepted]),
        jsons([_sets(each.set) for each in ops] if batch.joins else [None] * len(ops)),
        blobs([each.sha256 for each in batch.accepted]),
        *map(wholes, (seqs, offsets, schemas)),
    )


def _sets(changed: Mapping[str, Any]) -> bytes | None:
    if dict not in map(type, changed.values()):
        return None
    return orjson.dumps({name: change for name, change in changed.items() if type(change) is dict})


def _heads(batch: Batch) -> tuple[Array, ...]:
    """Return the columns of the heads that moved in the order of the statement."""
    nouns, records = zip(*batch.heads, strict=True)
    rows = batch.heads.values()
    return (
        *map(texts, (nouns, records)),
        wholes([row.head.version for row in rows]),
        jsons([batch.spelled[key].fields for key in batch.heads]),
        jsons([batch.spelled[key].field_op for key in batch.heads]),
        texts([row.device for row in rows]),
        blobs([batch.digests[key] for key in batch.heads]),
        texts([bucket_of(*key) for key in batch.heads]),
    )


def _columns(rows: Collection[tuple[str, ...]], *names: str) -> dict[str, Texts]:
    return {name: _column([row[n] for row in rows]) for n, name in enumerate(names)}


def _column(words: Collection[str]) -> Texts:
    """Write what is asked for. No text there holds a NUL: what asks for one finds nothing."""
    if "\0" in "".join(words):
        words = [each.replace("\0", "\ufffd") for each in words]
    return texts(list(words))
