"""Push, pull, snapshot and digest as sync.md 2.4 says them, on top of the storage port.

Who asks was settled before (`door.py`). Nothing is acknowledged before the turn has committed.
"""

from collections.abc import Sequence

from desk import clock
from desk.hub import checking, decide, rights, sentences
from desk.hub.checking import Read
from desk.hub.ledger import Ledger, RowRefused, Scope, Turn
from desk.hub.rights import Pusher
from desk.hub.view import View, load
from desk.wire import history, trail
from desk.wire.codecs import instant_text
from desk.wire.enrolling import STATION
from desk.wire.greeting import Digest, HeadOut, ScopeState, Snapshot
from desk.wire.heads import add_digests, digest_of, spell
from desk.wire.history import History, Place
from desk.wire.messages import Answer, Page, Part, Pull, Pulled, Push, Pushed, Want
from desk.wire.troubles import CursorAhead, EpochChanged, Trouble
from desk.wire.upcast import OLDEST_SERVED

Refused = EpochChanged | CursorAhead | Trouble


def push(
    ledger: Ledger, message: Push, role: str = STATION, vouched: frozenset[str] = frozenset()
) -> Pushed | Refused:
    """Take ops in: all that can be is settled at once, and each op gets its answer.

    role: of the device. vouched: ids of ops which the hub has sealed before (`vouchers`).
    """
    scope = ledger.scope(message.scope)
    if scope is None:
        return trouble("no_such", message.scope)
    may_halt = rights.may_halt(role, message.scope)
    refused = _refused(scope, message.epoch, max(message.cursor, message.highest))
    if refused is not None:
        return _halted_by(ledger, refused) if may_halt else refused
    reads = checking.read_all(message, Pusher(message.device, role, vouched))
    with ledger.turn(message.scope) as turn:
        # The row is locked only now; what was true before may have changed.
        refused = _refused(turn.scope, message.epoch, max(message.cursor, message.highest))
        if refused is None:
            answers = _settled(turn, message, reads)
            version = turn.scope.version + any(each.verdict in _NEW for each in answers)
    if refused is not None:
        return _halted_by(ledger, refused) if may_halt else refused
    to = message if message.brief else None
    below = turn.scope.trail.hex() if version > turn.scope.version else ""
    return Pushed(message.scope, message.epoch, version, tuple(answers), to, below)


def pull(ledger: Ledger, message: Pull, role: str = STATION) -> Pulled | Trouble:
    """Give out what is new, a part for each scope; whole versions only, so that no prefix has a hole (I3).

    role: of the device.
    """
    if message.schema < OLDEST_SERVED:
        return trouble("too_old")
    parts: list[Part] = []
    left = message.most
    for want in message.wants:
        part = _pulled(ledger, want, max(left, 1), role)
        left -= len(part.revisions) if isinstance(part, Page) else 0
        parts.append(part)
    return Pulled(tuple(parts))


def snapshot(ledger: Ledger, scope: str, after: tuple[str, str], most: int) -> Snapshot | Trouble:
    """Give out a page of heads to an empty desk; it pulls from `tail` when it has them all."""
    read = ledger.snapshot(scope, after, most)
    if read is None:
        return trouble("no_such", scope)
    state, heads = read
    last = "|".join(heads[-1][0]) if len(heads) == most else ""
    rows = tuple(HeadOut(noun, record_id, head) for (noun, record_id), head in heads)
    return Snapshot(scope, state.epoch, min(state.durable, state.version), rows, last)


def digest(ledger: Ledger, scope: str, prefix: str) -> Digest | Trouble:
    """Give out the digest of a scope and of its parts (I11)."""
    read = ledger.parts(scope, prefix)
    if read is None:
        return trouble("no_such", scope)
    state, parts = read
    return Digest(
        scope,
        state.epoch,
        state.version,
        state.digest.hex(),
        {name: each.hex() for name, each in parts.items()},
    )


def revisions(ledger: Ledger, scope: str, record: str, after: Place, most: int) -> History | Trouble:
    """Give out what was accepted of one record; of one that is not there, nothing."""
    if ledger.scope(scope) is None:
        return trouble("no_such", scope)
    found = ledger.revisions(scope, record, after, most)
    last = history.written((found[-1].version, found[-1].ord)) if len(found) == most else ""
    return History(scope, record, tuple(found), last)


def state_of(scope: Scope) -> ScopeState:
    """Return what hello says of a scope."""
    return ScopeState(
        scope=scope.scope,
        epoch=scope.epoch,
        version=scope.version,
        durable=scope.durable,
        oldest=scope.oldest,
        history=scope.history,
        halted=scope.halted,
        digest=scope.digest.hex(),
        trail=scope.trail.hex(),
    )


def trouble(error: str, scope: str = "", *, wait_s: int = 0) -> Trouble:
    """Return a refusal with its sentence."""
    return Trouble(error, sentences.of(error), scope, wait_s)


_NEW = frozenset({"applied", "merged", "conflict"})


def _refused(scope: Scope, epoch: str, highest: int) -> Refused | None:
    if epoch != scope.epoch:
        return EpochChanged(scope.scope, scope.history)
    if scope.halted:
        return trouble("halted", scope.scope, wait_s=300)
    if highest > scope.version:
        return CursorAhead(scope.scope, scope.epoch, scope.version)
    return None


def _halted_by(ledger: Ledger, refused: Refused) -> Refused:
    """A desk ahead of us means that we were restored and nobody said so: no push until somebody does."""
    if isinstance(refused, CursorAhead):
        ledger.halt(refused.scope, refused.epoch)
    return refused


def _settled(turn: Turn, message: Push, reads: Sequence[Read]) -> list[Answer]:
    view, answers = decided(turn, message, reads)
    try:
        write(turn, view)
    except RowRefused:
        return _one_record_at_a_time(turn, message, reads)
    return answers


def decided(turn: Turn, message: Push, reads: Sequence[Read]) -> tuple[View, list[Answer]]:
    """Load what these ops touch and settle them; nothing is written yet."""
    ids = {each.given.op for each in reads}
    ops = [each.op for each in reads if each.op is not None]
    view = load(turn, ops, ids, turn.scope.version + 1, instant_text(clock.now()))
    view.batch.device = message.device
    return view, decide.decide(view, message, reads)


def write(turn: Turn, view: View) -> None:
    """Write what was decided, with the scope's new digest; a push of nothing new burns no version."""
    batch = view.batch
    if not batch.accepted and not batch.kept:
        return
    batch.spelled = {key: spell(row.head) for key, row in batch.heads.items()}
    batch.digests = {key: digest_of(*key, row.head, batch.spelled[key]) for key, row in batch.heads.items()}
    before = ((key, row) for key, row in view.stored.items() if key in batch.heads)
    batch.digest = add_digests(
        turn.scope.digest,
        batch.digests.values(),
        (row.digest or digest_of(*key, row.head) for key, row in before),
    )
    if batch.accepted:
        added = trail.step(batch.version, (each.revision.op.op for each in batch.accepted))
        batch.trail = add_digests(turn.scope.trail, [added])
    turn.write(batch)


def _one_record_at_a_time(turn: Turn, message: Push, reads: Sequence[Read]) -> list[Answer]:
    """Find the record the database will not take; it is kept in quarantine, the others go on (I8)."""
    records: dict[str, list[Read]] = {}
    for each in reads:
        records.setdefault(each.op.rec if each.op else "", []).append(each)
    bad: set[str] = set()
    for name, some in records.items():
        trial, _answers = decided(turn, message, some)
        try:
            with turn.trial():
                write(turn, trial)
        except RowRefused:
            bad.add(name)
    marked = [
        Read(each.place, each.given, each.op, "refused_by_store")
        if each.op is not None and each.op.rec in bad
        else each
        for each in reads
    ]
    view, answers = decided(turn, message, marked)
    write(turn, view)
    return answers


def _pulled(ledger: Ledger, want: Want, most: int, role: str) -> Part:
    read = ledger.page(want.scope, want.cursor, most)
    if read is None:
        return trouble("no_such", want.scope)
    scope, below, revisions = read
    if want.epoch != scope.epoch:
        return EpochChanged(want.scope, scope.history)
    if max(want.cursor, want.highest) > scope.version:
        if rights.may_halt(role, want.scope):
            ledger.halt(want.scope, scope.epoch)
        return CursorAhead(want.scope, scope.epoch, scope.version)
    end = revisions[-1].version if revisions else scope.version
    return Page(
        scope=want.scope,
        epoch=scope.epoch,
        start=want.cursor,
        end=end,
        version=scope.version,
        durable=min(scope.durable, end),
        revisions=tuple(revisions),
        digest=scope.digest.hex() if end == scope.version else "",
        trail=below.hex(),
    )
