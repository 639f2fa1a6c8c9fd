"""Lays what the hub accepted over the shadow and the view, in the caller's block (client rules 1 to 7).

The hub alone merges. Here a revision is stored as it came, the shadow takes what it gave the head, and the
typed row becomes the shadow with the ops that still wait folded over it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.sync import cursor, finding, heads, log, refusals, shadow, view
from desk.services.sync.cursor import Mark
from desk.services.sync.heads import Key
from desk.services.sync.ports import Taken, Waiting
from desk.wire import epochs, trail
from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.greeting import Snapshot
from desk.wire.heads import Head
from desk.wire.messages import ACCEPTED, Answer, Page, Pushed
from desk.wire.revision import Revision

_AWAIT = (
    "INSERT OR IGNORE INTO awaited_file (sha256) SELECT sha256 FROM attachment"
    " WHERE record_id IN (SELECT value FROM json_each(?)) AND sha256 != ''"
)
_ACKED = "UPDATE outbox SET acked = ? WHERE op_id = ?"
_DROP = "DELETE FROM outbox WHERE op_id IN (SELECT value FROM json_each(?)) RETURNING noun, record_id"
_LOST_ACKS = (
    "UPDATE outbox SET acked = 0, held = 0 WHERE scope_id = ? AND (acked > ? OR held = 1)"
    " RETURNING noun, record_id"
)
_NOT_IN_FEED = "UPDATE outbox SET acked = 0 WHERE scope_id = ? AND acked BETWEEN 1 AND ?"
_KNOWN = "SELECT op_id FROM revision_log WHERE op_id IN (SELECT value FROM json_each(?))"

FROM_THE_START = "|"
"""Where a snapshot begins that must be taken although revisions were pulled before."""


def take_page(rows: Rows, page: Page) -> Taken:
    """Store a page and the cursor together (I10); a page that does not begin at the cursor is ignored."""
    mark = cursor.read(rows, page.scope)
    if (page.epoch, page.start) != (mark.epoch, mark.version):
        return Taken()
    if _is_other_past(mark, page.trail):
        return Taken(agrees=False)
    changed, digest = _lay(rows, mark, page.revisions)
    if page.vouchers:
        ids = (each.op.op for each in page.revisions)
        log.vouch(rows, list(zip(page.vouchers, ids, strict=True)))
    # Answered as accepted below the cursor, and yet in no page: the hub has lost it.
    plain.write(rows, _NOT_IN_FEED, (page.scope, page.end))
    agrees = page.digest == digest if page.digest and page.end == page.version else None
    durable = mark.durable
    if agrees:
        # Not before: what is durable may be of another past, and what is pruned is never offered again.
        durable = max(durable, min(page.durable, page.end))
        log.prune(rows, page.scope, durable)
    stands = replace(mark, version=page.end, durable=durable, digest=digest)
    cursor.keep(rows, replace(stands, trail=_trail(mark, page.trail, page.revisions)))
    return Taken(changed, revisions=len(page.revisions), agrees=agrees)


def take_answers(rows: Rows, sent: Sequence[Waiting], pushed: Pushed, offered: frozenset[str]) -> Taken:
    """Store what became of the ops of one push.

    Where nobody else wrote meanwhile, the answers are the page: the shadow takes them, the cursor moves on.
    Else they are marked, and stay over the shadow until their page comes, so that the shadow is never ahead
    of the revisions that came before.

    Raises:
        WireError: the answers are not those of these ops.
    """
    mark = cursor.read(rows, pushed.scope)
    if pushed.epoch != mark.epoch:
        return Taken()
    if [each.op.op for each in sent] != [each.op for each in pushed.answers]:
        raise WireError("answers to other ops")
    accepted = _accepted(sent, pushed.answers)
    next_version = mark.version + 1
    alone = bool(accepted) and all(
        verdict != "duplicate" and revision.version == next_version == pushed.version
        for verdict, revision in accepted
    )
    changed: frozenset[str] = frozenset()
    dropped: set[Key] = set()
    agrees: bool | None = None
    other = _is_other_past(mark, pushed.trail if pushed.version == next_version else "")
    if alone and not mark.after and not other:
        new = [revision for _verdict, revision in accepted]
        changed, digest = _lay(rows, mark, new)
        moved = _trail(mark, pushed.trail, new)
        cursor.keep(rows, replace(mark, version=next_version, digest=digest, trail=moved))
    else:
        known, dropped = _mark(rows, mark, [revision for _verdict, revision in accepted])
        agrees = None if known and not other else False
    refused = [
        (one, answer)
        for one, answer in zip(sent, pushed.answers, strict=True)
        if answer.verdict not in ACCEPTED
    ]
    touched, again = refusals.take(rows, pushed.scope, refused, offered)
    changed |= _refold(rows, pushed.scope, touched | dropped)
    verdicts: Counter[str] = Counter(answer.verdict for answer in pushed.answers)
    return Taken(changed, verdicts, offered=again, agrees=agrees)


def take_snapshot(rows: Rows, snapshot: Snapshot) -> Taken:
    """Store a page of heads; after the last one the cursor stands at the tail, from which pulling goes on."""
    mark = cursor.read(rows, snapshot.scope)
    if snapshot.epoch != mark.epoch:
        return Taken()
    if not mark.after and mark.version == 0:
        mark = _doubt_all(rows, mark)
    fresh = {(each.type, each.rec): each.head for each in snapshot.heads}
    stood = shadow.heads(rows, fresh)
    newer = {key: head for key, head in fresh.items() if stood[key] != head}
    digest = heads.digests(((key, stood[key], head) for key, head in newer.items()), mark.digest)
    shadow.put(rows, snapshot.scope, newer)
    view.rebuild(rows, snapshot.scope, newer)
    came = shadow.by_noun(newer)
    finding.refresh(rows, came, more_to_come=bool(snapshot.after))
    _await_files(rows, came)
    begun = mark.after not in ("", FROM_THE_START)
    tail = min(mark.tail, snapshot.tail) if begun else snapshot.tail
    highest = max((mark.highest, *(head.version for head in fresh.values())))
    moved = replace(mark, digest=digest, highest=highest, after=snapshot.after, tail=tail)
    if not snapshot.after:
        finding.finish(rows)
        # An op accepted at the tail or below is in the heads, and no page will bring it: asked for again, its
        # answer says so.
        plain.write(rows, _NOT_IN_FEED, (snapshot.scope, tail))
        # Below the tail there are heads and no revisions: nothing there can be taken back or offered again.
        moved = replace(moved, version=tail, durable=tail, digest=_drop_doubted(rows, moved))
        # Nor is known which ops those were: the first page says it.
        moved = replace(moved, trail="" if tail else trail.START)
    cursor.keep(rows, moved)
    return Taken(frozenset(noun for noun, _id in newer), revisions=len(fresh))


def offer_again(rows: Rows, scope: str, history: Sequence[Epoch]) -> Taken:
    """Follow the scope into its new life (client rule 6).

    Every revision above what both lives share, own and foreign, goes to the front of the outbox under its
    own op id; the shadow is taken back to what is left.
    """
    mark = cursor.read(rows, scope)
    if mark.epoch == history[-1].epoch:
        return Taken()
    kept = min(epochs.kept_version(mark.history, history), mark.version)
    return _begin_again(rows, replace(mark, epoch=history[-1].epoch, history=tuple(history)), kept)


def another_past(rows: Rows, scope: str) -> Taken:
    """Begin again as if nothing were shared, under the same epoch: digests say that the hub has another past.

    What the log holds is offered again, and all heads are taken anew.
    """
    return _begin_again(rows, cursor.read(rows, scope), 0)


def _begin_again(rows: Rows, mark: Mark, keep: int) -> Taken:
    scope = mark.scope
    # Below what was pruned nothing can be taken back one by one: heads come anew.
    whole = keep < mark.durable or keep == 0
    keep = 0 if whole else keep
    lost = log.above(rows, scope, keep)
    stood = shadow.heads(rows, {each.key for each in lost})
    back = dict(stood)
    for each in reversed(lost):
        back[each.key] = heads.take_back(back[each.key], each.before, keep)
    shadow.put(rows, scope, back)
    if whole:
        # What is above the durable version and of no revision here came in a snapshot that was not finished.
        shadow.doubt(rows, scope, mark.durable)
    digest = shadow.digest(rows, scope)
    log.forget_above(rows, scope, keep, lost)
    log.offer_first(rows, scope, lost)
    # Custody has no version: the hub may have lost what it kept in quarantine as well.
    touched = {(noun, record_id) for noun, record_id in plain.write(rows, _LOST_ACKS, (scope, keep))}
    moved = replace(mark, version=keep, durable=min(mark.durable, keep), digest=digest, highest=0, tail=0)
    below = trail.before(mark.trail, [(each.version, each.op_id) for each in lost]) if keep else trail.START
    cursor.keep(rows, replace(moved, after=FROM_THE_START if whole else "", trail=below))
    changed = _refold(rows, scope, touched | set(back))
    return Taken(changed, offered=frozenset(each.op_id for each in lost))


def _doubt_all(rows: Rows, mark: Mark) -> Mark:
    """Before the first page of a snapshot: it must bring again what is in the shadow already.

    That came in a snapshot which ended at version 0, where nothing was durable yet: the hub may have been set
    back between two of its pages.
    """
    shadow.doubt(rows, mark.scope, mark.durable)
    return replace(mark, digest=shadow.digest(rows, mark.scope))


def _drop_doubted(rows: Rows, mark: Mark) -> str:
    """Let go of heads that no page of the snapshot brought again, and return the digest of what is left.

    The hub lost them by a restore before their revisions were here, so nobody at this desk has worked on
    them; where an op waits for one, its record stays in view.
    """
    lost = shadow.doubted(rows, mark.scope)
    if not lost:
        return mark.digest
    gone: dict[Key, Head | None] = dict.fromkeys(lost)
    shadow.put(rows, mark.scope, gone)
    view.rebuild(rows, mark.scope, gone)
    finding.forget(rows, shadow.by_noun(gone))
    return heads.digests(((key, head, None) for key, head in lost.items()), mark.digest)


def _accepted(sent: Sequence[Waiting], answers: Sequence[Answer]) -> list[tuple[str, Revision]]:
    """Return what became a revision, in the hub's order: it takes what was saved together together."""
    found = [
        (answer.verdict, answer.revision(one.op.body))
        for one, answer in zip(sent, answers, strict=True)
        if answer.verdict in ACCEPTED
    ]
    return sorted(found, key=lambda each: (each[1].version, each[1].ord))


def _lay(rows: Rows, mark: Mark, revisions: Iterable[Revision]) -> tuple[frozenset[str], str]:
    """Lay revisions over shadow and view; return the nouns that look different, and the scope's digest."""
    told = [(revision, heads.told_by(revision.op.body)) for revision in revisions]
    if not told:
        return frozenset(), mark.digest
    stands = shadow.heads(rows, {each.key for _revision, each in told})
    stood = dict(stands)
    steps = heads.lay(stands, told)
    own = log.keep(rows, mark.scope, steps)
    moved = {key: head for key, head in stands.items() if head is not stood[key]}
    digest = heads.digests(((key, stood[key], head) for key, head in moved.items()), mark.digest)
    shadow.put(rows, mark.scope, moved)
    view.rebuild(rows, mark.scope, stands)
    # What was ours and stands as we wrote it is found already.
    different = {
        each.key for revision, each in told if revision.op.op not in own or revision.outcome == "conflict"
    }
    came = shadow.by_noun(different)
    finding.refresh(rows, came)
    _await_files(rows, came)
    return frozenset(came), digest


def _await_files(rows: Rows, came: Mapping[str, Sequence[str]]) -> None:
    if "attachment" in came:
        plain.write(rows, _AWAIT, (shadow.spell(came["attachment"]),))


def _is_other_past(mark: Mark, told: str) -> bool:
    """Tell whether the hub came to our version by other ops than we did: it was set back, and others moved it
    on."""
    return bool(mark.trail and told) and mark.trail != told


def _trail(mark: Mark, told: str, revisions: Iterable[Revision]) -> str:
    """Return the trail behind these revisions; told: the hub's below them, where ours is not known."""
    return trail.after(mark.trail or told, [(each.version, each.op.op) for each in revisions])


def _mark(rows: Rows, mark: Mark, revisions: Sequence[Revision]) -> tuple[bool, set[Key]]:
    """Mark ops whose page is still to come; what the shadow surely holds leaves the outbox.

    Returns:
        False if the hub has an op at a version we passed without seeing it there: it has another past. And
        the records of what left: an op that was offered again had lain over what came after it.
    """
    past = {each.op.op for each in revisions if each.version <= mark.version}
    held = shadow.ids(rows, _KNOWN, past)
    held |= {each.op.op for each in revisions if each.version <= min(mark.durable, mark.version)}
    gone = plain.write(rows, _DROP, (shadow.spell(sorted(held)),)) if held else []
    later = [(each.version, each.op.op) for each in revisions if each.op.op not in held]
    if later:
        plain.write_many(rows, _ACKED, later)
    return all(version > mark.version for version, _op in later), {(noun, rec) for noun, rec in gone}


def _refold(rows: Rows, scope: str, keys: Iterable[Key]) -> frozenset[str]:
    touched = set(keys)
    if not touched:
        return frozenset()
    view.rebuild_keys(rows, scope, touched)
    finding.refresh(rows, shadow.by_noun(touched))
    return frozenset(noun for noun, _id in touched)
