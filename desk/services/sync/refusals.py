"""What the hub would not take: kept with its bytes and told, never dropped by itself (client rule 7).

A refused change leaves the view, since the hub's word stands; a record the hub never took, and what is in its
custody, stay in view and wait in the outbox until a person or the hub has decided.
"""

import json
from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.services.sync import log
from desk.services.sync.heads import Key, Told, saved_with, told_by
from desk.services.sync.ports import Waiting
from desk.wire.codecs import instant_text
from desk.wire.messages import Answer
from desk.wire.op import digest

_NOTE = (
    "INSERT OR REPLACE INTO attention (op_id, noun, record_id, incarnation, seq, verdict, code, sentence,"
    " body, sha256, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HOLD = "UPDATE outbox SET held = 1 WHERE op_id = ?"
# What waits for its page or for a person, and the hub has lost, is sent again where it stands.
_WAKE = "UPDATE outbox SET acked = 0, held = 0 WHERE op_id = ? AND (acked > 0 OR held = 1) RETURNING op_id"
_TAKE_OUT = "DELETE FROM outbox WHERE op_id = ?"
UNKNOWN_BASE = "unknown_base"
"""The hub's word for an op that builds on one it has not seen."""

WAITS = "waits_for_others"
"""The hub's word for a sound op that was saved together with one it does not take now."""

_NOTED = "SELECT noun, record_id, incarnation, seq, body, sha256 FROM attention WHERE op_id = ?"
_PUT_BACK = (
    "INSERT OR IGNORE INTO outbox (op_id, scope_id, noun, record_id, incarnation, seq, body, sha256)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SHADOWED = "SELECT 1 FROM shadow_head WHERE noun = ? AND record_id = ?"


def take(
    rows: Rows, scope: str, refused: Iterable[tuple[Waiting, Answer]], offered: frozenset[str]
) -> tuple[set[Key], frozenset[str]]:
    """Keep refused ops and return the records they touch, and the ops that are offered again before them.

    Args:
        rows: of the block.
        scope: to which they were sent.
        refused: each op with its answer.
        offered: ops that were put in front already; another time would change nothing.
    """
    touched: set[Key] = set()
    stuck: set[str] = set()
    waits: list[tuple[Waiting, Answer]] = []
    listed = list(refused)
    asked = {base for _one, answer in listed if answer.verdict == "deferred" for base in answer.bases}
    again = _offer_bases(rows, scope, asked - offered)
    for one, answer in listed:
        told = told_by(one.op.body)
        key = told.key
        if answer.verdict == "deferred":
            if answer.code == UNKNOWN_BASE and again.isdisjoint(answer.bases):
                _note(rows, told, one, answer)
                stuck.add(saved_with(one.op.body))
            elif answer.code == WAITS:
                waits.append((one, answer))
            continue
        _note(rows, told, one, answer)
        touched.add(key)
        if answer.verdict == "quarantined" or _is_only_here(rows, key):
            plain.write(rows, _HOLD, (one.op.op,))
        else:
            plain.write(rows, _TAKE_OUT, (one.op.op,))
    for one, answer in waits:
        # Nobody here can bring what its mate builds on, so it waits as long and is told as well.
        if saved_with(one.op.body) in stuck:
            _note(rows, told_by(one.op.body), one, answer)
    return touched, again


def _offer_bases(rows: Rows, scope: str, asked: Collection[str]) -> frozenset[str]:
    """Let ops on which others build be sent before them, as the hub once took them; return those there are.

    The log keeps them and the shadow has them: what a user sees stays as it is.
    """
    kept = log.held(rows, asked) if asked else []
    woken = {base for base in sorted(asked) if plain.write(rows, _WAKE, (base,))}
    log.offer_first(rows, scope, kept)
    return frozenset({each.op_id for each in kept} | woken)


def waiting_for_person(rows: Rows) -> int:
    """Return how many ops somebody must look at."""
    found: int = plain.ask(rows, "SELECT count(*) FROM attention WHERE given_up_at IS NULL")[0][0]
    return found


def send_again(rows: Rows, op_id: str) -> Key | None:
    """Let an op be sent once more as it is; return its record, None if there is no such op."""
    found = plain.ask(rows, _NOTED, (op_id,))
    if not found or not found[0][-1]:
        # No hash: a line about a record whose values are kept aside, of which there is nothing to send.
        return None
    plain.write(rows, "UPDATE outbox SET held = 0 WHERE op_id = ?", (op_id,))
    plain.write(rows, _PUT_BACK, (op_id, json.loads(found[0][4])["scope"], *found[0]))
    plain.write(rows, "DELETE FROM attention WHERE op_id = ?", (op_id,))
    return found[0][0], found[0][1]


def _is_only_here(rows: Rows, key: Key) -> bool:
    return not plain.ask(rows, _SHADOWED, key)


def _note(rows: Rows, told: Told, one: Waiting, answer: Answer) -> None:
    plain.write(
        rows,
        _NOTE,
        (
            *(one.op.op, *told.key, told.incarnation, told.seq),
            *(answer.verdict, answer.code, answer.sentence),
            *(one.op.body, digest(one.op.body), instant_text(clock.now())),
        ),
    )
