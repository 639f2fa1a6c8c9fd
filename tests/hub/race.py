"""Pushers beside each other and a poller that never rests, on connections that dawdle between statements.

What is checked is the order the county relies on: whoever has pulled up to a version has all of it (I3, I4).
Who dawdles where follows from the seed; what the threads make of it does not, so a failure names its seed and
is repeated by running that seed again and again.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

import psycopg
from psycopg import Connection

from desk.hub import admin, sync
from desk.hub import statements as sql
from desk.hub.postgres import PostgresLedger, PostgresTurn, Row, open_pool
from desk.wire.messages import Page, Pull, Pulled, Pushed, Want
from desk.wire.records import SCHEMA
from tests.hub.hub_ops import op, push

OPS = 3
"""Ops of one push."""

MOST_S: Final = 0.004
"""Longest a connection dawdles behind one statement; every third one does."""


SCOPES = 40


def scopes() -> list[str]:
    """Name the scopes of a race."""
    return [f"S:race-{n:02d}" for n in range(SCOPES)]


class Dawdling(Connection[Row]):
    """A connection that now and then waits behind a statement: before the next one, and before the commit."""

    dice = random.Random(0)

    def execute(self, *words: Any, **said: Any) -> psycopg.Cursor[Row]:
        answer = super().execute(*words, **said)
        if self.dice.random() < 1 / 3:
            super().execute("SELECT pg_sleep(%s)", (self.dice.random() * MOST_S,))
        return answer


class SequenceLedger(PostgresLedger):
    """The mutant: a version is drawn from a sequence, and the scope's row is locked by nobody."""

    @contextmanager
    def turn(self, scope: str) -> Iterator[PostgresTurn]:
        found = self.scope(scope)
        with self._pool.connection() as connection, connection.transaction():
            drawn = connection.execute("SELECT nextval(%s)", (_sequence_of(scope),)).fetchone()
            assert found is not None
            assert drawn is not None
            yield PostgresTurn(connection, replace(found, version=drawn[0] - 1))


SEQUENCE_MOVES: Final = """
UPDATE scope SET version = greatest(version, %s), digest = %s, trail = %s WHERE scope_id = %s"""


@dataclass
class Race:
    """One race on all scopes: how many push how often, and what came of it.

    skipped: scopes in which the poller's cursor has passed an op that was accepted and never came to it.
    """

    database: str
    seed: int
    pushes: int
    pushers: int = 16
    kind: type[PostgresLedger] = PostgresLedger
    pushed: dict[str, dict[str, int]] = field(default_factory=dict)
    pulled: dict[str, dict[str, int]] = field(default_factory=dict)
    awaited: dict[str, dict[str, int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)

    def run(self) -> "Race":
        """Let all of them run until every push is answered and pulled, or one is skipped."""
        epochs = self._make_scopes()
        Dawdling.dice = random.Random(self.seed)
        with open_pool(self.database, self.pushers, Dawdling) as pool, open_pool(self.database, 1) as fast:
            ledger = self.kind(pool)
            shares = [range(n, self.pushes, self.pushers) for n in range(self.pushers)]
            threads = [threading.Thread(target=self._push, args=(ledger, epochs, each)) for each in shares]
            for each in threads:
                each.start()
            try:
                self._poll(PostgresLedger(fast), epochs, threads)
            finally:
                for each in threads:
                    each.join()
        return self

    def _make_scopes(self) -> dict[str, str]:
        names = scopes()
        with psycopg.connect(self.database) as connection:
            for name in names:
                admin.add_scope(connection, "示例站", name)
            rows = connection.execute("SELECT scope_id, epoch FROM scope WHERE scope_id = ANY(%s)", (names,))
            epochs = dict(rows.fetchall())
        self.pushed = {name: {} for name in names}
        self.pulled = {name: {} for name in names}
        self.awaited = {name: {} for name in names}
        return epochs

    def _push(self, ledger: PostgresLedger, epochs: dict[str, str], share: range) -> None:
        for n in share:
            if self.skipped:
                return
            scope = self._scope_of(n)
            made = [op(f"o{n}-{k}", scope=scope, rec=f"r{n}-{k}") for k in range(OPS)]
            try:
                answered = sync.push(ledger, push(*made, scope=scope, epoch=epochs[scope]))
            except psycopg.Error as error:
                self.wrong.append(repr(error))
                return
            if not isinstance(answered, Pushed) or {each.verdict for each in answered.answers} != {"applied"}:
                self.wrong.append(f"push {n}: {answered}")
                return
            told = {each.op: answered.version for each in answered.answers}
            self.pushed[scope] |= told
            self.awaited[scope] |= told

    def _scope_of(self, n: int) -> str:
        # What is pushed in one turn goes to few scopes, so that many are in each other's way.
        few = random.Random(f"{self.seed} {n // self.pushers}").sample(sorted(self.pushed), 3)
        return random.Random(f"{self.seed} {n}").choice(few)

    def _poll(self, ledger: PostgresLedger, epochs: dict[str, str], threads: list[threading.Thread]) -> None:
        cursors = dict.fromkeys(epochs, 0)
        while True:
            finished = not any(each.is_alive() for each in threads)
            wants = tuple(Want(scope, epochs[scope], cursor) for scope, cursor in cursors.items())
            answer = sync.pull(ledger, Pull(SCHEMA, wants))
            assert isinstance(answer, Pulled)
            fresh = 0
            for part in answer.parts:
                assert isinstance(part, Page), part
                self._take(part)
                cursors[part.scope] = part.end
                fresh += len(part.revisions)
            if finished and not fresh:
                return

    def _take(self, page: Page) -> None:
        versions = sorted({each.version for each in page.revisions})
        if versions != list(range(page.start + 1, page.end + 1)):
            self.wrong.append(f"{page.scope}: versions {versions} above {page.start} up to {page.end}")
        for each in page.revisions:
            if each.op.op in self.pulled[page.scope]:
                self.wrong.append(f"{page.scope}: {each.op.op} came twice")
            self.pulled[page.scope][each.op.op] = each.version
        awaited = self.awaited[page.scope]
        for name, version in list(awaited.items()):
            if name in self.pulled[page.scope]:
                del awaited[name]
            elif version <= page.start:
                # No page will ever begin below it again.
                self.skipped.add(page.scope)


@contextmanager
def sequence(database: str) -> Iterator[type[PostgresLedger]]:
    """Put the mutant in the place of the counter."""
    with psycopg.connect(database, autocommit=True) as connection:
        for scope in scopes():
            connection.execute(f"CREATE SEQUENCE {_sequence_of(scope)}")
    real, vars(sql)["MOVE_SCOPE"] = sql.MOVE_SCOPE, SEQUENCE_MOVES
    try:
        yield SequenceLedger
    finally:
        vars(sql)["MOVE_SCOPE"] = real


def _sequence_of(scope: str) -> str:
    return "drawn_" + scope[-2:]
