"""A hub one can read, for tests of the desk's side: one scope, plain rules, and everything that goes wrong.

It applies an op whose base is the head's, calls the others a conflict, and remembers every op id. The real
rules are those of `desk.hub`; what the desk does with an answer does not depend on them.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from desk import clock
from desk.errors import HubProblem
from desk.wire import changes, heads, trail
from desk.wire.codecs import instant_text
from desk.wire.epochs import Epoch
from desk.wire.fields import Conflict as Class
from desk.wire.greeting import SERVED, HeadOut, Hello, HelloAsk, Limits, ScopeState, Snapshot
from desk.wire.heads import Head
from desk.wire.incoming import OpIn
from desk.wire.messages import Answer, Page, Pull, Pulled, Push, Pushed
from desk.wire.op import CLOSES
from desk.wire.records import RECORDS
from desk.wire.revision import Conflict, Reason, Revision, result_to_json
from desk.wire.troubles import AnyTrouble, CursorAhead, DeviceForked, EpochChanged, Trouble

Key = tuple[str, str]

_REASONS: dict[Class, Reason] = {Class.WORDS: "words", Class.STATE: "state", Class.VOID: "void"}


@dataclass(frozen=True)
class Kept:
    """A backup of the hub."""

    version: int
    revisions: tuple[Revision, ...]
    heads: dict[Key, Head]


@dataclass
class FakeHub:
    """One scope. Set `lose_answers`, `down`, `refuse` to let things go wrong; `asked` counts requests."""

    scope: str
    version: int = 0
    durable: int = 0
    oldest: int = 0
    halted: bool = False
    history: tuple[Epoch, ...] = (Epoch("e1", 0),)
    revisions: list[Revision] = field(default_factory=list)
    heads: dict[Key, Head] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False
    tells_digest: bool = True
    wrong_digest: str = ""
    lose_answers: int = 0
    refuse: Callable[[dict[str, Any]], Answer | None] = lambda _op: None
    sessions: dict[str, tuple[int, str]] = field(default_factory=dict)
    most_heads: int = 2000
    versions_a_page: int = 1000
    limits: Limits = field(default_factory=Limits)

    @property
    def epoch(self) -> str:
        """The life the scope is in."""
        return self.history[-1].epoch

    @property
    def digest(self) -> str:
        """The digest of all heads, or the wrong one it is to tell."""
        if self.wrong_digest:
            return self.wrong_digest
        parts = (heads.digest_of(*key, head) for key, head in self.heads.items())
        return heads.add_digests(heads.EMPTY_DIGEST, parts).hex()

    def trail_at(self, version: int) -> str:
        """Return the trail over all ops up to a version; empty if it tells no sums."""
        if not self.tells_digest:
            return ""
        below = ((each.version, each.op.op) for each in self.revisions if each.version <= version)
        return trail.after(trail.START, below)

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        """Greet; a session number that is not the last one means a copy."""
        self._arrive("hello")
        session, nonce = self.sessions.get(ask.incarnation, (0, ""))
        if ask.session != session and not (nonce == ask.nonce and ask.session == session - 1):
            return DeviceForked("device")
        if nonce != ask.nonce:
            session += 1
            self.sessions[ask.incarnation] = (session, ask.nonce)
        state = ScopeState(
            scope=self.scope,
            epoch=self.epoch,
            version=self.version,
            durable=self.durable,
            oldest=self.oldest,
            history=self.history,
            halted=self.halted,
            digest=self.digest if self.tells_digest else "",
            trail=self.trail_at(self.version),
        )
        now = instant_text(clock.now())
        return self._leave(Hello(*SERVED, now, session, 1, self.limits, (state,)))

    def push(self, push: Push) -> Pushed | AnyTrouble:
        """Take ops in, all of one request at one version."""
        self._arrive("push")
        if push.epoch != self.epoch:
            return EpochChanged(self.scope, self.history)
        if self.halted:
            return Trouble("halted")
        stood, below = len(self.revisions), self.trail_at(self.version)
        answers = tuple(self._take(each) for each in push.ops)
        if len(self.revisions) > stood:
            self.version += 1
        else:
            below = ""
        return self._leave(Pushed(self.scope, self.epoch, self.version, answers, trail=below))

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        """Give revisions out, whole versions."""
        self._arrive("pull")
        want = pull.wants[0]
        if want.epoch != self.epoch:
            return Pulled((EpochChanged(self.scope, self.history),))
        if want.cursor > self.version:
            self.halted = True
            return Pulled((CursorAhead(self.scope, self.epoch, self.version),))
        found = [each for each in self.revisions if each.version > want.cursor]
        versions = sorted({each.version for each in found})[: self.versions_a_page]
        end = versions[-1] if versions else want.cursor
        digest = self.digest if end == self.version else ""
        page = Page(
            scope=self.scope,
            epoch=self.epoch,
            start=want.cursor,
            end=end,
            version=self.version,
            durable=self.durable,
            revisions=tuple(each for each in found if each.version <= end),
            digest=digest,
            trail=self.trail_at(want.cursor),
        )
        return self._leave(Pulled((page,)))

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        """Give heads out, in order of noun and id."""
        self._arrive("snapshot")
        start = tuple(after.split("|")) if after else ("", "")
        left = sorted((key, head) for key, head in self.heads.items() if key > start)
        page = left[: self.most_heads]
        last = "|".join(page[-1][0]) if len(left) > len(page) else ""
        out = tuple(HeadOut(*key, head) for key, head in page)
        return self._leave(Snapshot(scope, self.epoch, min(self.durable, self.version), out, last))

    def write(self, ops: Iterable[dict[str, Any]]) -> None:
        """Take ops in from somewhere else: the county, the web page."""
        for op in ops:
            self._take(OpIn.of(op))
        self.version += 1

    def backup(self) -> Kept:
        """Return a copy of everything."""
        return Kept(self.version, tuple(self.revisions), dict(self.heads))

    def restore(self, kept: Kept, epoch: str = "") -> None:
        """Go back to a backup; with an epoch the county says so, without one it is silent."""
        self.version, self.revisions, self.heads = kept.version, list(kept.revisions), dict(kept.heads)
        if epoch:
            self.history = (*self.history, Epoch(epoch, kept.version))
            self.halted = False

    def _arrive(self, what: str) -> None:
        self.asked.append(what)
        if self.down:
            raise HubProblem("连不上县级平台", field="no_line")

    def _leave(self, answer: Any) -> Any:
        if self.lose_answers:
            self.lose_answers -= 1
            raise HubProblem("连不上县级平台", field="no_line")
        return answer

    def _take(self, given: OpIn) -> Answer:
        for revision in self.revisions:
            if revision.op.op == given.op:
                return Answer(given.op, "duplicate", result_to_json(revision))
        op = json.loads(given.body)
        refused = self.refuse(op)
        if refused is not None:
            return refused
        known = {each.op.op for each in self.revisions}
        missing = tuple(sorted({base for base in op["base"].values() if base} - known))
        if missing:
            return Answer(given.op, "deferred", code="unknown_base", sentence="会先补送", bases=missing)
        return self._accept(given, op)

    def _accept(self, given: OpIn, op: dict[str, Any]) -> Answer:
        key = (op["type"], op["rec"])
        head = self.heads.get(key)
        stands, record = head or Head(), RECORDS.get(op["type"])
        values, lost = {}, []
        for name, change in op["set"].items():
            before = stands.fields.get(name, "")
            value = changes.apply(record.usable(name, before) if record is not None else before, change)
            base = op["base"].get(name, op["base"].get("*"))
            if head is None or base == stands.op_of(name):
                values[name] = value
            elif value != stands.fields.get(name):
                theirs = stands.fields.get(name)
                lost.append(
                    Conflict(
                        f"c-{given.op}-{name}",
                        name,
                        given.op,
                        stands.op_of(name),
                        value,
                        theirs,
                        _reason(op["type"], name),
                    )
                )
        ord_ = sum(each.version == self.version + 1 for each in self.revisions)
        revision = Revision(
            self.version + 1,
            ord_,
            instant_text(clock.now()),
            "conflict" if lost else "applied",
            given,
            values,
            tuple(lost),
            tuple(name.removeprefix(CLOSES) for name in op["base"] if name.startswith(CLOSES)),
        )
        self.revisions.append(revision)
        inserts = op["kind"] == "insert"
        self.heads[key] = heads.advance(head, revision, given.op, inserts=inserts)
        return Answer(given.op, revision.outcome, result_to_json(revision))


def _reason(noun: str, name: str) -> Reason:
    record = RECORDS.get(noun)
    known = record.by_name.get(name) if record is not None else None
    return _REASONS.get(known.conflict, "shared") if known is not None else "shared"


def foreign(op_id: str, noun: str, record_id: str, **values: Any) -> dict[str, Any]:
    """Return an op of another desk that inserts a record; give `base` through `patch`."""
    return {
        "op": op_id,
        "device": "other",
        "incarnation": "other-1",
        "run": 1,
        "seq": 1,
        "tx": op_id,
        "scope": "",
        "type": noun,
        "rec": record_id,
        "kind": "insert",
        "set": values,
        "base": {},
        "user": "u9",
        "at": "2026-11-23T09:00:00.000+08:00",
        "offset": None,
        "mono": 1,
        "schema": 2,
    }


def patch(op_id: str, noun: str, record_id: str, by: str, **values: Any) -> dict[str, Any]:
    """Return an op of another desk that changes fields which the op `by` had set."""
    made = foreign(op_id, noun, record_id, **values)
    return made | {"kind": "patch", "base": dict.fromkeys(values, by)}
