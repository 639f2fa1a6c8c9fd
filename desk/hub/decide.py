"""What becomes of each op of a push (sync.md 2.4, step 6). Pure: a view in, answers and a batch out.

An op is known, waits for its base, is kept in quarantine, or becomes a revision. A bad op delays only its own
record, and those that stand or fall with it (I8).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from desk.hub import merge, sentences
from desk.hub.ledger import Accepted, HeadRow, Held, Kept, Seen
from desk.hub.merge import Refusal
from desk.hub.view import View
from desk.wire import changes, codecs
from desk.wire.codecs import WireError
from desk.wire.fields import Record
from desk.wire.heads import advance
from desk.wire.incoming import OpIn
from desk.wire.messages import Answer, Push
from desk.wire.op import Op
from desk.wire.records import RECORDS, SCHEMA
from desk.wire.revision import Revision, result_to_json

_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}\Z")

# What becomes of a group when one of its ops is not taken: it waits with it, or is kept with it.
_WAITS, _BLOCKED = "waits_for_others", "blocked"


@dataclass(frozen=True)
class Read:
    """One op of the push with what was made out of it: an op, or the code of what is wrong with it."""

    place: int
    given: OpIn
    op: Op | None
    code: str = ""


@dataclass
class Told:
    """The answers so far, by place, and the records that a bad op of this batch has stopped."""

    answers: dict[int, Answer] = field(default_factory=dict)
    stopped: set[tuple[str, str]] = field(default_factory=set)


def read_all(push: Push) -> list[Read]:
    """Look at every op before anything is locked (sync.md 2.4, step 3)."""
    return [_read(place, given, push.scope) for place, given in enumerate(push.ops)]


def decide(view: View, push: Push, reads: Sequence[Read]) -> list[Answer]:
    """Settle all ops of a push, group by group, and fill the view's batch. Answers stand in their order."""
    told = Told()
    for group in _groups(reads):
        mark = view.mark()
        answers = {each.place: _settle(view, push, each, told.stopped) for each in group}
        bad = [answer for answer in answers.values() if answer.verdict in {"quarantined", "deferred"}]
        if bad and len(group) > 1:
            view.back_to(mark)
            keeps = any(answer.verdict == "quarantined" for answer in bad)
            answers = {each.place: _fall(view, each, answers[each.place], keeps=keeps) for each in group}
        told.answers |= answers
        for each in group:
            if each.op is not None and answers[each.place].verdict == "quarantined":
                told.stopped.add((each.op.type, each.op.rec))
    return [told.answers[each.place] for each in reads]


def _groups(reads: Iterable[Read]) -> Iterable[list[Read]]:
    groups: dict[str, list[Read]] = {}
    for each in reads:
        groups.setdefault(each.op.tx if each.op else f"?{each.place}", []).append(each)
    return groups.values()


def _read(place: int, given: OpIn, scope: str) -> Read:
    try:
        op = given.read()
    except WireError:
        return Read(place, given, None, "not_an_op")
    return Read(place, given, op, _fault(op, given.body, scope))


def _fault(op: Op, body: bytes, scope: str) -> str:
    if op.scope != scope:
        return "wrong_scope"
    if not all(map(_ID.match, (op.op, op.rec, op.tx, op.device))):
        return "not_an_op"
    record = RECORDS.get(op.type)
    if record is None:
        return "newer" if op.schema > SCHEMA else "unknown_noun"
    known, extra = record.split(dict.fromkeys(op.set, None))
    if extra and op.schema <= SCHEMA:
        return "unknown_field"
    # A NUL is written so; a body without these letters need not be looked through.
    nul = b"\\u0000" in body and _has_nul(op)
    return "" if _fits(record, op, known) and not nul else "bad_value"


def _fits(record: Record, op: Op, names: Iterable[str]) -> bool:
    try:
        codecs.INSTANT.from_json(op.at)
        for name in names:
            record.by_name[name].from_json(changes.apply("", op.set[name]))
        for name, value in op.was.items():
            if name in record.by_name:
                record.by_name[name].from_json(value)
    except WireError:
        return False
    return True


def _has_nul(op: Op) -> bool:
    # PostgreSQL keeps no NUL in its texts.
    texts = [op.user, op.at, *op.base, *op.set, *op.was]
    for value in (*op.set.values(), *op.was.values()):
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts += [*value["add"], *value["remove"]]
    return any("\0" in each for each in texts)


def _settle(view: View, push: Push, each: Read, stopped: set[tuple[str, str]]) -> Answer:
    for step in STEPS:
        answer = step(view, each)
        if answer is not None:
            return answer
    op = each.op
    if op is None or each.code:
        return _keep(view, each, each.code)
    if (op.type, op.rec) in stopped:
        return _keep(view, each, _BLOCKED)
    return _apply(view, push, each, op)


def _repeated(view: View, each: Read) -> Answer | None:
    """Tell what is a revision already, with the version it had from the first time on."""
    seen = view.seen.get(each.given.op)
    if seen is None:
        return None
    if seen.sha256 != each.given.sha256:
        return _keep(view, each, "op_id_reuse")
    return Answer(each.given.op, "duplicate", result_to_json(seen.revision))


def _in_custody(view: View, each: Read) -> Answer | None:
    for held in view.held.get(each.given.op, ()):
        if held.sha256 == each.given.sha256:
            return Answer(each.given.op, "quarantined", None, held.code, sentences.of(held.code))
    return None


def _waits(view: View, each: Read) -> Answer | None:
    op = each.op
    if op is None:
        return None
    if each.code == "newer":
        return Answer(op.op, "deferred", None, "newer", sentences.of("newer"))
    missing = sorted({base for base in op.base.values() if base and not view.is_known(base)})
    if any(base in view.held for base in missing):
        return _keep(view, each, _BLOCKED)
    if missing and not each.code:
        return Answer(op.op, "deferred", None, "unknown_base", sentences.of("unknown_base"), tuple(missing))
    return None


STEPS: list[Callable[[View, Read], Answer | None]] = [_repeated, _in_custody, _waits]
"""What is asked of an op before the rules are: the first answer counts."""


def _apply(view: View, push: Push, each: Read, op: Op) -> Answer:
    key = (op.type, op.rec)
    row = view.heads.get(key)
    head = row.head if row else None
    try:
        result = merge.merge(RECORDS.get(op.type), head, op, view.past(op, push.cursor))
    except Refusal as refusal:
        return _keep(view, each, refusal.code)
    batch = view.batch
    revision = Revision(
        version=batch.version,
        ord=view.next_ord,
        at=batch.at,
        outcome=result.outcome,
        op=each.given,
        set=result.set,
        conflicts=result.conflicts,
        closed=result.closed,
    )
    moved = HeadRow(advance(head, revision, op.op, inserts=op.kind == "insert"), op.device)
    view.put(view.heads, key, moved)
    view.put(batch.heads, key, moved)
    view.put(view.seen, op.op, Seen(each.given.sha256, revision))
    view.remember(op, result.conflicts, result.closed)
    batch.opened += [(key, conflict) for conflict in result.conflicts]
    batch.closed += [(closed, op.op) for closed in result.closed]
    batch.accepted.append(_accepted(revision, op, each.given.sha256))
    return Answer(op.op, result.outcome, result_to_json(revision))


def _accepted(revision: Revision, op: Op, sha256: bytes) -> Accepted:
    return Accepted(
        revision=revision,
        noun=op.type,
        record_id=op.rec,
        kind=op.kind,
        device=op.device,
        incarnation=op.incarnation,
        seq=op.seq,
        user=op.user,
        tx=op.tx,
        claimed_at=op.at,
        offset_ms=op.offset,
        schema=op.schema,
        sha256=sha256,
        sets={name: change for name, change in op.set.items() if isinstance(change, dict)},
    )


def _keep(view: View, each: Read, code: str) -> Answer:
    """Put an op into quarantine: nothing of it is lost, and nothing of it is applied."""
    given = each.given
    view.batch.kept.append(Kept(given.op, given.sha256, given.body, code))
    view.put(view.held, given.op, [*view.held.get(given.op, ()), Held(given.sha256, code)])
    return Answer(given.op, "quarantined", None, code, sentences.of(code))


def _fall(view: View, each: Read, answer: Answer, *, keeps: bool) -> Answer:
    """Answer one op of a group of which another was not taken."""
    if answer.verdict == "duplicate":
        return answer
    if keeps:
        code = answer.code if answer.verdict == "quarantined" else _BLOCKED
        return _in_custody(view, each) or _keep(view, each, code)
    if answer.verdict == "deferred":
        return answer
    return Answer(each.given.op, "deferred", None, _WAITS, sentences.of(_WAITS))
