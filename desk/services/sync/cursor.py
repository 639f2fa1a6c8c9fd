"""Where this desk stands in a scope: the one row of `cursor`, read and written in the caller's block."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.sync import shadow
from desk.wire import trail
from desk.wire.epochs import Epoch

_READ = (
    "SELECT epoch, version, coalesce(durable, 0), coalesce(history, ''), coalesce(digest, ''),"
    " coalesce(highest, 0), coalesce(tail, 0), coalesce(after, ''), coalesce(trail, '')"
    " FROM cursor WHERE scope_id = ?"
)
_KEEP = (
    "INSERT INTO cursor (scope_id, epoch, version, durable, history, digest, highest, tail, after, trail)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope_id) DO UPDATE SET epoch = excluded.epoch,"
    " version = excluded.version, durable = excluded.durable, history = excluded.history,"
    " digest = excluded.digest, highest = excluded.highest, tail = excluded.tail, after = excluded.after,"
    " trail = excluded.trail"
)


@dataclass(frozen=True)
class Mark:
    """The row of one scope; `desk/models/outbox.py` says what each means."""

    scope: str
    epoch: str = ""
    version: int = 0
    durable: int = 0
    history: tuple[Epoch, ...] = ()
    digest: str = ""
    highest: int = 0
    tail: int = 0
    after: str = ""
    trail: str = trail.START


def read(rows: Rows, scope: str) -> Mark:
    """Return where the desk stands; at the start of everything before the first round."""
    found = plain.ask(rows, _READ, (scope,))
    if not found:
        return Mark(scope)
    epoch, version, durable, history, digest, highest, tail, after, told = found[0]
    lives = tuple(Epoch.from_json(each) for each in json.loads(history)) if history else ()
    return Mark(scope, epoch, version, durable, lives, digest, highest, tail, after, told)


def keep(rows: Rows, mark: Mark) -> None:
    """Store where the desk stands."""
    plain.write(
        rows,
        _KEEP,
        (
            *(mark.scope, mark.epoch, mark.version, mark.durable, lives(mark.history)),
            *(mark.digest, mark.highest, mark.tail, mark.after, mark.trail),
        ),
    )


def lives(history: Sequence[Epoch]) -> str:
    """Write the lives of a scope as they stand in the store."""
    return shadow.spell([each.to_json() for each in history])
