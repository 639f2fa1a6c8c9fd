"""What becomes of each op of a push (sync.md 2.4, step 6). Pure: a view in, answers and a batch out.

An op is known, waits for its base, is kept in quarantine, or becomes a revision. A bad op delays only its own
record, and those that stand or fall with it (I8).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from desk.hub import merge, sentences
from desk.hub.checking import Read
from desk.hub.ledger import Accepted, HeadRow, Held, Kept
from desk.hub.merge import Refusal
from desk.hub.view import USER, View
from desk.wire.heads import advance
from desk.wire.messages import Answer, Push
from desk.wire.op import Op
from desk.wire.records import RECORDS
from desk.wire.revision import Revision, result_to_json

# What becomes of a group when one of its ops is not taken: it waits with it, or is kept with it.
_WAITS, _BLOCKED = "waits_for_others", "blocked"

_AUDIT: Final = "audit"
_NOT_TAKEN: Final = frozenset({"quarantined", "deferred"})

# Not taken now and not kept either: it comes again, from here or from whoever may hand it in.
_LATER: Final = frozenset({"newer", "not_yours"})


@dataclass
class Told:
    """The answers so far, by place, and the records that a bad op of this batch has stopped."""

    answers: dict[int, Answer] = field(default_factory=dict)
    stopped: set[tuple[str, str]] = field(default_factory=set)


def decide(view: View, push: Push, reads: Sequence[Read]) -> list[Answer]:
    """Settle all ops of a push, group by group, and fill the view's batch. Answers stand in their order."""
    told = Told()
    for group in _groups(reads):
        mark = view.mark()
        answers = {each.place: _settle(view, push, each, told.stopped) for each in group}
        told.answers |= answers
        bad = [answer for answer in answers.values() if answer.verdict in _NOT_TAKEN]
        if not bad:
            continue
        if len(group) > 1:
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
    if op is None or not (op.base or each.code):
        return None
    if each.code in _LATER:
        return Answer(op.op, "deferred", None, each.code, sentences.of(each.code))
    missing = sorted({base for base in op.base.values() if base and not view.is_known(base)})
    if any(base in view.held for base in missing):
        return _keep(view, each, _BLOCKED)
    if missing and not each.code:
        return Answer(op.op, "deferred", None, "unknown_base", sentences.of("unknown_base"), tuple(missing))
    return None


def _by_disabled(view: View, each: Read) -> Answer | None:
    """Keep what somebody did elsewhere who may not sign on any more (2.4, step 1): a person must look at it.

    Only a record of users in this scope counts: the county's people are known by their device alone, and the
    first records of a station come with that of its first user. An entry of the audit chain is taken by
    itself: it says what happened, and a chain with holes proves nothing. So is what the hub had accepted
    before a restore, when the user was not disabled yet: its seal says so.
    """
    if each.vouched:
        return None
    op = each.op
    user = view.heads.get((USER, op.user)) if op is not None and op.type != _AUDIT else None
    if user is None or not (user.head.fields.get("disabled") or user.head.fields.get("void")):
        return None
    return _keep(view, each, "user_disabled")


STEPS: list[Callable[[View, Read], Answer | None]] = [_repeated, _in_custody, _waits, _by_disabled]
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
    outcome, values, opened, closed = result
    revision = Revision(batch.version, view.next_ord, batch.at, outcome, each.given, values, opened, closed)
    accepted = Accepted(revision, op, each.given.sha256, result_to_json(revision))
    moved = HeadRow(advance(head, revision, op.op, inserts=op.kind == "insert"), op.device)
    view.put(view.heads, key, moved)
    view.put(batch.heads, key, moved)
    view.put(view.seen, op.op, accepted)
    view.remember(op, opened, closed)
    if opened or closed:
        batch.opened += [(key, conflict) for conflict in opened]
        batch.closed += [(each, op.op) for each in closed]
    batch.accepted.append(accepted)
    return Answer(op.op, outcome, accepted.result)


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
