"""The store's side of a round (`ports.Keeper`): every verb is one transaction and touches no network."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session as Rows

from desk import ids
from desk.models import plain
from desk.models.store import Store
from desk.services.sync import batches, cursor, merge
from desk.services.sync.ports import Place, Taken, Waiting
from desk.wire.epochs import Epoch
from desk.wire.greeting import Hello, HelloAsk, ScopeState, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pushed

_SESSION = "SELECT coalesce(session, 0), coalesce(nonce, '') FROM hub WHERE row = 1"
_NONCE = "INSERT INTO hub (row, nonce) VALUES (1, ?) ON CONFLICT (row) DO UPDATE SET nonce = excluded.nonce"
_GREETED = "UPDATE hub SET session = ?, nonce = '', grants = ? WHERE row = 1"
_OFFSET = "UPDATE meta SET clock_offset_ms = ?"
_FORK = "UPDATE meta SET incarnation = ?, seq = 0"
_NEW_SESSION = "UPDATE hub SET session = 0, nonce = '' WHERE row = 1"
_WAITING = (
    "SELECT position, op_id, body, coalesce(voucher, '') FROM outbox"
    " WHERE scope_id = ? AND position > ? AND acked = 0 AND held = 0 ORDER BY position LIMIT ?"
)
_ACKED = "SELECT coalesce(max(acked), 0) FROM outbox WHERE scope_id = ?"
_FIRST = -(2**62)


@dataclass
class Left:
    """What is left as it is from round to round, for every scope of one store.

    It lives as long as somebody is signed on. A second whole snapshot would not help against the same state
    of the hub; against another it may, and so it may after whatever came between two sign-ons.
    """

    at: dict[str, tuple[str, int, str, str]] = field(default_factory=dict)


class StoreKeeper:
    """Keeps what a round brings in one store for one scope: the store's own unless another is named.

    left: of the rounds before; whoever makes a keeper for each round keeps it.
    """

    def __init__(self, store: Store, scope: str = "", left: Left | None = None) -> None:
        self._store = store
        self._scope = scope or store.scope_id
        self._left = Left() if left is None else left

    def of(self, scope: str) -> "StoreKeeper":
        """Return the keeper of another scope of the same store."""
        return StoreKeeper(self._store, scope, self._left)

    def place(self) -> Place:
        """Return where this desk stands."""
        with self._store.read() as rows:
            mark = cursor.read(rows, self._scope)
            acked = plain.ask(rows, _ACKED, (self._scope,))[0][0]
            return Place(
                mark.scope,
                self._store.device_id,
                _incarnation(rows),
                mark.epoch,
                mark.version,
                max(mark.version, mark.highest, acked),
                mark.history,
                mark.after,
                mark.digest,
                mark.trail,
            )

    def ask(self) -> HelloAsk:
        """Return the greeting; its nonce is kept until an answer came."""
        with self._store.write_confirmed() as rows:
            session, nonce = next(iter(plain.ask(rows, _SESSION)), (0, ""))
            if not nonce:
                nonce = ids.random_bytes(16).hex()
                plain.write(rows, _NONCE, (nonce,))
            return HelloAsk(_incarnation(rows), session, nonce)

    def greeted(self, hello: Hello, offset_ms: int) -> None:
        """Keep what a hello answered, and how far our clock was from the hub's."""
        with self._store.write_confirmed() as rows:
            plain.write(rows, _GREETED, (hello.session, hello.grants))
            plain.write(rows, _OFFSET, (offset_ms,))

    def fork(self) -> None:
        """Become a new writer: another incarnation, `seq` from the start, all op ids as they are."""
        with self._store.write_confirmed() as rows:
            plain.write(rows, _FORK, (ids.new_id(),))
            plain.write(rows, _NEW_SESSION)

    def join(self, epoch: str, history: Sequence[Epoch]) -> None:
        """Begin to follow the scope, at the life it is in."""
        with self._store.write_confirmed() as rows:
            cursor.keep(rows, cursor.Mark(self._scope, epoch, history=tuple(history)))

    def waiting(self, after: int | None, most_ops: int, most_bytes: int) -> tuple[Waiting, ...]:
        """Return the next ops to send; what was saved together goes together, as far as a push may hold it.

        A single op may be larger than `most_bytes`.
        """
        first = _FIRST if after is None else after
        with self._store.read() as rows:
            # One more than may go, to see whether the last of them has others of its save behind it.
            found = plain.ask(rows, _WAITING, (self._scope, first, most_ops + 1))
        waiting = [Waiting(position, OpIn(op_id, body), voucher) for position, op_id, body, voucher in found]
        return batches.first(waiting, most_ops, most_bytes)

    def take_answers(self, sent: Sequence[Waiting], pushed: Pushed, offered: frozenset[str]) -> Taken:
        """Keep what became of the ops of one push."""
        with self._store.write_confirmed() as rows:
            return merge.take_answers(rows, sent, pushed, offered)

    def take_page(self, page: Page) -> Taken:
        """Keep a page and the cursor."""
        with self._store.write_confirmed() as rows:
            return merge.take_page(rows, page)

    def take_snapshot(self, snapshot: Snapshot) -> Taken:
        """Keep a page of heads."""
        with self._store.write_confirmed() as rows:
            return merge.take_snapshot(rows, snapshot)

    def offer_again(self, history: Sequence[Epoch]) -> Taken:
        """Follow the scope into its new life."""
        with self._store.write_confirmed() as rows:
            return merge.offer_again(rows, self._scope, history)

    def another_past(self) -> Taken:
        """Begin again under the same epoch."""
        with self._store.write_confirmed() as rows:
            return merge.another_past(rows, self._scope)

    def leave(self, state: ScopeState) -> None:
        """Remember in this process that beginning again does not help against this state of the hub's."""
        self._left.at[state.scope] = _past(state)

    def leaves(self, state: ScopeState) -> bool:
        """Tell whether beginning again has not helped against this very state of the hub's."""
        return self._left.at.get(state.scope) == _past(state)


def _past(state: ScopeState) -> tuple[str, int, str, str]:
    return state.epoch, state.version, state.digest, state.trail


def _incarnation(rows: Rows) -> str:
    found: str = plain.ask(rows, "SELECT incarnation FROM meta")[0][0]
    return found
