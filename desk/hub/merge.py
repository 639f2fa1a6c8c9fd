"""The conflict rules of sync.md 2.7, in one table: what an op does to the head of its record.

Pure functions. Desks never run them: they store what the hub says, so that two versions of the program cannot
come to different heads.
"""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desk.wire import changes
from desk.wire.codecs import Json
from desk.wire.fields import Conflict as Class
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.op import CLOSES, INSERTED_BY, Change, Op, SetChange
from desk.wire.revision import Conflict, Outcome, Reason

UNIQUE_NUMBERS: Final = frozenset(
    {("visit", "number"), ("consultation", "number"), ("mediation", "number"), ("mediation", "case_no")}
)
"""Numbers two records of a station never share; a cloned PC may hand one out twice (class H)."""


class Refusal(Exception):
    """The op can never be applied; `code` says why and is answered to the desk."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Lost(NamedTuple):
    """One value that did not become the head's, or a number that stands twice."""

    field: str
    mine_op: str
    theirs_op: str
    mine: Json
    theirs: Json
    reason: Reason


class Past(NamedTuple):
    """What a rule must know beside the head.

    sets: the ops of this record that changed a class E field, in their order, as (op id, field, change).
    numbers: of the unique numbers this op gives, those that other records hold: field → the op that gave it.
    conflicts: open conflicts of this record by id, as (field, mine_op).
    moved: whether others changed the record after what this desk had seen.
    """

    sets: tuple[tuple[str, str, SetChange], ...] = ()
    numbers: Mapping[str, str] = MappingProxyType({})
    conflicts: Mapping[str, tuple[str, str]] = MappingProxyType({})
    moved: bool = False


class Result(NamedTuple):
    """What becomes of an op: the values the head takes, what stays an open question, what is closed."""

    outcome: Outcome
    set: Mapping[str, Json]
    conflicts: tuple[Conflict, ...] = ()
    closed: tuple[str, ...] = ()


class Case(NamedTuple):
    """One field of an op that meets a head."""

    name: str
    change: Change
    base: str
    was: Json
    has_was: bool
    head: Head
    past: Past
    record: Record | None = None

    @property
    def theirs(self) -> Json:
        """The value the head holds; of one that is none of the field's, what desks show in its place.

        It was written before the hub knew the field, and could not be looked at then.
        """
        value = self.head.fields.get(self.name)
        known = self.record.by_name.get(self.name) if self.record is not None else None
        # Fields of the first schema were always looked at.
        if self.record is None or known is None or known.since == 1 or value is None:
            return value
        return self.record.usable(self.name, value)

    @property
    def theirs_op(self) -> str:
        """The op that set it."""
        return self.head.op_of(self.name)

    @property
    def is_current(self) -> bool:
        """Whether the desk knew the value it replaces."""
        return self.base == self.theirs_op

    @property
    def value(self) -> Json:
        """The value after the change."""
        return changes.apply(self.theirs, self.change)


# A rule returns the value the head takes, or that it stays: nothing to do (None) or an open question.
Verdict = tuple[Json] | Reason | None
Rule = Callable[[Case], Verdict]


def _fact(_case: Case) -> Verdict:
    raise Refusal("fact_changed")


def _scalar(case: Case, reason: Reason) -> Verdict:
    if case.is_current:
        return (case.value,)
    return None if _same(case.value, case.theirs) else reason


def _shared(case: Case) -> Verdict:
    return _scalar(case, "shared")


def _words(case: Case) -> Verdict:
    return _scalar(case, "words")


def _set(case: Case) -> Verdict:
    if not isinstance(case.change, Mapping):
        return _scalar(case, "set")
    if case.is_current:
        return (case.value,)
    # Whoever added an element after the version this desk knew wins over its removal.
    kept = set(case.change["remove"]) - _added_since(case)
    value = changes.apply(case.theirs, {"add": case.change["add"], "remove": sorted(kept)})
    return (value,)


def _state(case: Case) -> Verdict:
    if case.is_current if not case.has_was else _same(case.was, case.theirs):
        return (case.value,)
    return None if _same(case.value, case.theirs) else "state"


def _void(case: Case) -> Verdict:
    return _scalar(case, "void")


def _number(case: Case) -> Verdict:
    return _scalar(case, "number")


RULES: Final[dict[Class, Rule]] = {
    Class.FACT: _fact,
    Class.OWNED: _shared,
    Class.SHARED: _shared,
    Class.WORDS: _words,
    Class.SET: _set,
    Class.STATE: _state,
    Class.VOID: _void,
    Class.NUMBER: _number,
}
"""What the table of sync.md 2.7 says of a patch that meets a head, one rule a class."""


def merge(record: Record | None, head: Head | None, op: Op, past: Past) -> Result:
    """Settle one op against the head of its record.

    Args:
        record: its declaration, None for a noun of a newer schema.
        head: None if the record is not there.
        op: already checked for what it says of itself.
        past: what the rules must know beside the head.

    Raises:
        Refusal: it can never be applied.
    """
    if op.kind == "insert":
        if head is not None:
            raise Refusal("record_exists")
        return _insert(op, past)
    if head is None:
        raise Refusal("no_record")
    if op.kind == "void":
        return _tombstone(head, op)
    return _patch(record, head, op, past)


def conflict_id(op: str, name: str) -> str:
    """Return the id of the conflict an op opens on a field: the same when the op is offered again."""
    return hashlib.blake2b(f"{op}|{name}".encode(), digest_size=16).hexdigest()


def _insert(op: Op, past: Past) -> Result:
    values = _written_out(op)
    if values.get("void"):
        raise Refusal("born_void")
    if not past.numbers:
        return Result("applied", values)
    twice = [
        Lost(name, op.op, other, values[name], values[name], "number") for name, other in past.numbers.items()
    ]
    return _result(op, values, twice, soft=False)


def _written_out(op: Op) -> Mapping[str, Json]:
    if dict in map(type, op.set.values()):
        return {name: changes.apply("", change) for name, change in op.set.items()}
    plain: Mapping[str, Any] = op.set
    return plain


def _patch(record: Record | None, head: Head, op: Op, past: Past) -> Result:
    values: dict[str, Json] = {}
    lost: list[Lost] = []
    soft = past.moved
    for name, change in op.set.items():
        case = Case(name, change, op.base.get(name, ""), op.was.get(name), name in op.was, head, past, record)
        verdict = RULES[_class_of(record, name)](case)
        if isinstance(verdict, tuple):
            values[name] = verdict[0]
            soft = soft or not case.is_current
            if name in past.numbers:
                lost.append(Lost(name, op.op, past.numbers[name], verdict[0], verdict[0], "number"))
        elif verdict is None:
            soft = True
        else:
            lost.append(Lost(name, op.op, case.theirs_op, case.value, case.theirs, verdict))
    if head.fields.get("void") and "void" not in op.set:
        # Concurrent edit beats delete (class G): the record lives again, its deletion is an open question.
        values |= {"void": False, "void_reason": ""}
        lost.append(Lost("void", head.op_of("void"), op.op, True, False, "void"))
    if op.kind == "close" and values.get("void") and (unseen := _unseen(head, op)):
        # A choice to delete is a deletion: what was written meanwhile beats it, too.
        values = {name: each for name, each in values.items() if name not in ("void", "void_reason")}
        lost.append(Lost("void", op.op, unseen[0], True, False, "void"))
    return _result(op, values, lost, soft=soft, closed=_closed(op, past))


def _tombstone(head: Head, op: Op) -> Result:
    if head.fields.get("void"):
        reason = op.set.get("void_reason")
        if _same(reason, head.fields.get("void_reason")):
            return _result(op, {}, [], soft=True)
        mine = changes.apply("", reason)
        theirs_op, theirs = head.op_of("void_reason"), head.fields.get("void_reason")
        return _result(op, {}, [Lost("void_reason", op.op, theirs_op, mine, theirs, "void")], soft=False)
    unseen = _unseen(head, op)
    if unseen:
        return _result(op, {}, [Lost("void", op.op, unseen[0], True, False, "void")], soft=False)
    values = {name: changes.apply(head.fields.get(name), change) for name, change in op.set.items()}
    return _result(op, values, [], soft=False)


def _unseen(head: Head, op: Op) -> list[str]:
    known = {INSERTED_BY: "", **op.base}
    return sorted(by for name, by in head.field_op.items() if known.get(name, known[INSERTED_BY]) != by)


def _closed(op: Op, past: Past) -> tuple[str, ...]:
    if op.kind != "close":
        return ()
    named = {name.removeprefix(CLOSES): by for name, by in op.base.items() if name.startswith(CLOSES)}
    if not named:
        raise Refusal("closes_nothing")
    # What somebody else has closed meanwhile stays closed; a choice that differs meets the rules above.
    return tuple(each for each, by in sorted(named.items()) if past.conflicts.get(each, ("", ""))[1] == by)


def _result(
    op: Op, values: Mapping[str, Json], lost: list[Lost], *, soft: bool, closed: tuple[str, ...] = ()
) -> Result:
    if not lost:
        return Result("merged" if soft else "applied", values, (), closed)
    conflicts = tuple(
        Conflict(
            conflict_id(op.op, each.field),
            each.field,
            each.mine_op,
            each.theirs_op,
            each.mine,
            each.theirs,
            each.reason,
        )
        for each in lost
    )
    return Result("conflict", values, conflicts, closed)


def _class_of(record: Record | None, name: str) -> Class:
    # A field of a newer schema is carried through as a shared scalar (sync.md 2.11).
    known = record.by_name.get(name) if record is not None else None
    return known.conflict if known is not None else Class.SHARED


def _added_since(case: Case) -> set[str]:
    added: set[str] = set()
    for op, name, change in reversed(case.past.sets):
        if op == case.base:
            return added
        if name == case.name:
            added |= set(change["add"])
    return added


def _same(one: object, other: object) -> bool:
    """Compare as JSON does: 1 is not true; what nobody wrote is empty."""
    empty = ("", False, 0, None)
    if any(one is each or (type(one) is type(each) and one == each) for each in empty):
        return any(other is each or (type(other) is type(each) and other == each) for each in empty)
    return type(one) is type(other) and one == other
