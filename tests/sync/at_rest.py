"""What must hold when a schedule of real processes is at rest (sync.md 2.12), as sentences."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from desk.wire.heads import EMPTY_DIGEST, add_digests
from tests.sync.desk_process import SHOWN
from tests.sync.schedule import Key, Schedule

_HEADS = "SELECT noun, record_id, version, fields, field_op, digest FROM head WHERE scope_id = %s"
_OPS = "SELECT version, op_id, body FROM revision WHERE scope_id = %s ORDER BY version, ord"
_QUESTIONS = """
SELECT record_id, field, CASE WHEN closed_by_op IS NULL THEN 'open' ELSE 'closed' END
  FROM conflict WHERE scope_id = %s"""
_NOT_ITS_OWN: Final = frozenset({"no_field_right", "blocked"})
"""Why the hub keeps what the county may not write, and what builds on that."""


@dataclass(frozen=True)
class Hub:
    """What the hub holds of one scope, and how far each scope it has goes."""

    stands: dict[str, tuple[int, bytes, bytes]]
    ops: list[tuple[int, str, dict[str, Any]]]
    heads: list[tuple[Any, ...]]
    held: list[tuple[str, dict[str, Any]]]
    questions: list[tuple[str, ...]]


def broken(schedule: Schedule) -> list[str]:
    """Return which invariants do not hold."""
    looks = [each.ask("look") for each in schedule.pcs]
    with psycopg.connect(schedule.hub.database()) as connection:
        hub = _read(connection, schedule.scope)
    return list(found(schedule, looks, hub))


def found(schedule: Schedule, looks: list[dict[str, Any]], hub: Hub) -> Iterator[str]:
    """Compare what the PCs said with what the hub holds; the county's PC, if there is one, said it last."""
    yield from _of_hub(schedule.scope, hub)
    for look in looks:
        yield from _of_one(look, hub)
    yield from _shown(schedule, looks, hub)
    yield from _dropped(schedule, looks[0], hub)
    yield from _rights(schedule, looks, hub)


def _read(connection: "psycopg.Connection[Any]", scope: str) -> Hub:
    def ask(words: str) -> list[tuple[Any, ...]]:
        return connection.execute(words, (scope,)).fetchall()

    stands = connection.execute("SELECT scope_id, version, digest, trail FROM scope").fetchall()
    held = ask("SELECT reason, body FROM quarantine WHERE scope_id = %s")
    return Hub(
        {name: (version, bytes(digest), bytes(trail)) for name, version, digest, trail in stands},
        [(version, op, json.loads(body)) for version, op, body in ask(_OPS)],
        ask(_HEADS),
        [(reason, json.loads(bytes(body))) for reason, body in held],
        ask(_QUESTIONS),
    )


def _of_hub(scope: str, hub: Hub) -> Iterator[str]:
    """I2 no op twice, I3 no hole, I11 the digest is that of the heads."""
    version, digest, _trail = hub.stands[scope]
    if len({op for _version, op, _body in hub.ops}) != len(hub.ops):
        yield "I2 twice"
    if sorted({each[0] for each in hub.ops}) != list(range(1, version + 1)):
        yield "I3 hole"
    if digest != add_digests(EMPTY_DIGEST, (each[-1] for each in hub.heads)):
        yield "I11 digest of the hub"


def _of_one(look: dict[str, Any], hub: Hub) -> Iterator[str]:
    """Look at one PC: its store is sound, nothing waits, it stands where the hub does in all its scopes."""
    if look["sound"] is not True:
        yield f"I9 store: {look['sound']}"
    if look["outbox"]:
        yield f"I8 {look['outbox']} ops wait for ever"
    for scope, (version, digest, trail) in look["stands"].items():
        newest, total, trod = hub.stands[scope]
        if version != newest:
            yield f"I4 cursor {version}, newest {newest}"
        # Before anything was there, none was added up.
        if (digest or EMPTY_DIGEST.hex()) != total.hex():
            yield "I11 digest of a desk"
        # Not known where no page came above a snapshot.
        if trail not in ("", trod.hex()):
            yield "I11 trail of a desk"


def _shown(schedule: Schedule, looks: list[dict[str, Any]], hub: Hub) -> Iterator[str]:
    """I1, I5: every PC shows what the hub has; but what the county may not write stays in its own view."""
    missing = schedule.saved.keys() - {(noun, record) for noun, record, *_rest in hub.heads}
    if missing:
        yield f"I1 lost {sorted(missing)}"
    heads, questions = _as_shown(hub), sorted(hub.questions)
    for look in looks:
        if look["conflicts"] != looks[0]["conflicts"]:
            yield "I5 questions apart"
        if sorted((row[0], row[1], row[4]) for row in look["conflicts"]) != questions:
            yield "I6 a question is not told"
        rows = {
            (noun, record): row for noun, found in look["records"].items() for record, row in found.items()
        }
        if rows.keys() != heads.keys():
            yield "I5 records apart"
        for key in rows.keys() & heads.keys():
            yield from _apart(rows[key], heads[key], schedule.forbidden if key in look["held"] else None)


def _as_shown(hub: Hub) -> dict[Key, list[Any]]:
    """Return the heads as a desk says them: version, void, the fields, who set them."""
    return {
        (noun, record): [
            *(version, int(fields.get("void", False))),
            *(fields.get(name, "") for name in SHOWN[noun]),
            field_op,
        ]
        for noun, record, version, fields, field_op, _digest in hub.heads
        if noun in SHOWN
    }


def _apart(row: list[Any], head: list[Any], held: set[str] | None) -> Iterator[str]:
    """Compare a row with its head; of what is held only the fields that were written stand out."""
    shown = [*row[:-1], json.loads(row[-1])]
    if held is None and shown != head:
        yield f"I5 apart: {shown}, at the hub {head}"
    apart = {mine for mine, theirs in zip(shown[2:-1], head[2:-1], strict=True) if mine != theirs}
    if held is not None and apart - held:
        yield f"I5 apart beside what is held: {sorted(apart)}"


def _dropped(schedule: Schedule, look: dict[str, Any], hub: Hub) -> Iterator[str]:
    """I6: what was told to be saved is a head, was replaced by who knew it, or is in a conflict."""
    replaced = {base for _version, _op, body in hub.ops for base in body["base"].items()}
    asked = {each for row in look["conflicts"] for each in (row[2], row[3])}
    heads = {(noun, record): fields for noun, record, _version, fields, _by, _digest in hub.heads}
    for (key, field), tokens in schedule.told.items():
        for token in tokens:
            setters = [op for _version, op, body in hub.ops if body["set"].get(field) == token]
            if not setters:
                yield f"I1 {token} never came to the hub"
            elif not (
                heads[key].get(field) == token
                or json.dumps(token) in asked
                or (field, setters[0]) in replaced
            ):
                yield f"I6 {token} dropped"


def _rights(schedule: Schedule, looks: list[dict[str, Any]], hub: Hub) -> Iterator[str]:
    """I7: nobody has anything of others' scopes, and what the county may not write is in custody alone."""
    stations, county = (looks[:-1], looks[-1]) if schedule.county is not None else (looks, None)
    for look in stations:
        if look["scopes"] != {schedule.scope}:
            yield f"I7 at a station: {sorted(look['scopes'])}"
        if look["held"] or look["attention"]:
            yield "I8 a station was refused something"
    both = {schedule.scope, schedule.own}
    if county is not None and county["scopes"] != both:
        yield f"I7 at the county: {sorted(county['scopes'])}"
    if county is not None and county["stands"].keys() != both:
        yield f"I4 at the county: looked at {sorted(county['stands'])}"
    custody = {value for _reason, body in hub.held for value in body["set"].values()}
    if custody - schedule.forbidden or not {reason for reason, _body in hub.held} <= _NOT_ITS_OWN:
        yield f"I8 in custody: {hub.held}"
    if set(schedule.kept) - custody:
        yield f"I1 {sorted(set(schedule.kept) - custody)} not in custody"
    told = {value for each in (county["attention"] if county else ()) for value in each.values()}
    if told != custody:
        yield "I8 in custody and not told"
    written = {
        value for _version, _op, body in hub.ops for value in body["set"].values() if isinstance(value, str)
    }
    shown = {
        value
        for look in stations
        for rows in look["records"].values()
        for row in rows.values()
        for value in row
    }
    if schedule.forbidden & (written | shown):
        yield f"I7 {sorted(schedule.forbidden & (written | shown))} went through"
