"""What must hold when all is quiet (sync.md 2.12), as sentences; none means that all of it holds."""

from collections.abc import Iterator

from desk.wire.heads import EMPTY_DIGEST, add_digests, digest_of
from desk.wire.op import Op
from tests.sync.client import Client, heads_of
from tests.sync.drawing import TOKENS
from tests.sync.world import World


def broken(world: World) -> list[str]:
    """Return what does not hold, each as its number and a word."""
    return sorted({*_kept(world), *_once(world), *_same(world), *_no_drop(world), *_progress(world)})


def _kept(world: World) -> Iterator[str]:
    """I1: what somebody held when the faults stopped is on the hub, applied or in custody."""
    state = world.ledger.state
    there = set(state.seen) | set(state.held) | _orphans(world)
    if "silent_restore" in world.happened:
        # Custody has no version: while nobody knows of a restore, a desk may hold alone what the hub kept.
        there |= {op for desk in world.desks for op in desk.state.attention}
    if world.want - there:
        yield "I1 lost"
    # No disk was set back, so nothing that was ever saved may be missing.
    made = {op for op, each in world.ops.items() if each.device != "web"}
    if not world.happened & {"pc_restore"} and made - there:
        yield "I1 lost though every disk was kept"


def _orphans(world: World) -> set[str]:
    """Ops that wait for a base nobody holds any more: it was seen only as the head of a snapshot."""
    if "join" not in world.happened:
        return set()
    there = set(world.ledger.state.seen) | set(world.ledger.state.held)
    held = {op for desk in world.desks for op in (*desk.state.log, *desk.state.attention)}
    waiting = {entry.given.op: entry.op for desk in world.desks for entry in desk.state.outbox}
    orphans: set[str] = set()
    while True:
        more = {
            name
            for name, op in waiting.items()
            if any(base in orphans or base not in there | held | set(waiting) for base in op.base.values())
        }
        if more <= orphans:
            return orphans
        orphans |= more


def _once(world: World) -> Iterator[str]:
    revisions = world.ledger.state.revisions
    ids = [each.op.op for each in revisions]
    if len(ids) != len(set(ids)):
        yield "I2 twice"
    places = [(each.version, each.ord) for each in revisions]
    versions = sorted({version for version, _ord in places})
    if versions != list(range(1, len(versions) + 1)) or world.ledger.state.scope.version != len(versions):
        yield "I3 hole"
    if places != sorted(places):
        yield "I3 order"


def _same(world: World) -> Iterator[str]:
    state = world.ledger.state
    total = add_digests(EMPTY_DIGEST, (digest_of(*key, row.head) for key, row in state.heads.items()))
    if total != state.scope.digest:
        yield "I11 digest of the hub"
    heads = {key: row.head for key, row in state.heads.items()}
    ids = {each.op.op for each in state.revisions}
    for desk in world.desks:
        held = set(desk.state.log) | set(desk.state.pruned)
        # A desk that began with a snapshot lacks what lies below its tail, and nothing above.
        wanted = (
            {op for op in ids if state.seen[op].revision.version > desk.state.tail}
            if desk.state.from_heads
            else ids
        )
        # After a restore nobody announced, a revision that left no trace on any head may be missed.
        if held != wanted and not ("silent_restore" in world.happened and held < wanted):
            yield "I4 gap"
        if heads_of(desk) != heads:
            yield "I5 apart"
        if desk.state.digest != total:
            yield "I11 digest of a desk"
        if not _whole(desk):
            yield "I9 torn"


def _whole(desk: Client) -> bool:
    """I9: what the pages show is the shadow, but where an op still waits."""
    waiting = {entry.key for entry in desk.pending()}
    return all(
        (shown := desk.view(key)) is not None
        and shown.fields == head.fields
        and shown.field_op == head.field_op
        for key, head in heads_of(desk).items()
        if key not in waiting
    )


def _no_drop(world: World) -> Iterator[str]:
    """I6: each value is a head, or was replaced by an op whose base it was, or is in a conflict."""
    state = world.ledger.state
    disputed = {(c.mine_op, c.field) for each in state.revisions for c in each.conflicts}
    disputed |= {(c.theirs_op, c.field) for each in state.revisions for c in each.conflicts}
    replaced = {
        (base, op.type, op.rec, name)
        for op in map(_op_of(world), state.seen)
        for name, base in op.base.items()
    }
    for op_id in state.seen:
        op = _op_of(world)(op_id)
        row = state.heads.get((op.type, op.rec))
        for name, value in op.set.items():
            if name in TOKENS and not (
                (row is not None and row.head.fields.get(name) == value)
                or (op_id, name) in disputed
                or (op_id, op.type, op.rec, name) in replaced
            ):
                yield "I6 dropped"
    if _tombstones_ignored(world):
        yield "I6 tombstone"


def _tombstones_ignored(world: World) -> bool:
    state = world.ledger.state
    disputed = {c.mine_op for each in state.revisions for c in each.conflicts}
    for op_id in state.seen:
        op = _op_of(world)(op_id)
        row = state.heads.get((op.type, op.rec))
        if op.kind == "void" and op_id not in disputed and not (row and row.head.fields.get("void")):
            return True
    return False


def _op_of(world: World):  # type: ignore[no-untyped-def]
    def find(op_id: str) -> Op:
        return world.ops[op_id]

    return find


def _progress(world: World) -> Iterator[str]:
    """I8: a bad op delays only its own record."""
    for desk in world.desks:
        left = {entry.given.op for entry in desk.state.outbox} - _orphans(world)
        if left or desk.state.acked:
            yield "I8 stuck"
        if world.poisoned & (set(desk.state.log) | set(desk.state.pruned)):
            yield "I8 poison applied"
