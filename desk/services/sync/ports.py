"""What a round needs of the store and of the hub, so that both can be stood in for by a test's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from desk.wire import trail
from desk.wire.epochs import Epoch
from desk.wire.greeting import Hello, HelloAsk, ScopeState, Snapshot
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble

DIFFERS: Final = "digest"
"""The word for both sides holding different things in the end: a person must look."""


@dataclass(frozen=True)
class Place:
    """Where this desk stands in its scope.

    epoch: the life it knows, empty before the first round. version: everything up to here is in the shadow.
    highest: the highest version it has heard of, from answers too.
    after: where a snapshot that is coming in goes on, empty if none is.
    digest: of the shadow, empty before the first page.
    trail: over the ids of all ops up to `version` (`trail.py`), empty where it is not known.
    """

    scope: str
    device: str
    incarnation: str
    epoch: str = ""
    version: int = 0
    highest: int = 0
    history: tuple[Epoch, ...] = ()
    after: str = ""
    digest: str = ""
    trail: str = trail.START


@dataclass(frozen=True)
class Waiting:
    """One op to send, and its place in the outbox. voucher: the hub's word that it had it, if it is known."""

    position: int
    op: OpIn
    voucher: str = ""


@dataclass(frozen=True)
class Taken:
    """What one step made of the store.

    changed: nouns that look different now. verdicts: how many answers of each kind. offered: ops put in front
    of the outbox again.
    agrees: whether the digests of both sides are the same, None where that is not known.
    """

    changed: frozenset[str] = frozenset()
    verdicts: Mapping[str, int] = field(default_factory=dict)
    revisions: int = 0
    offered: frozenset[str] = frozenset()
    agrees: bool | None = None


class Keeper(Protocol):
    """The store's side of a round. Each verb is one transaction, and none touches the network."""

    def of(self, scope: str) -> "Keeper":
        """Return the keeper of another scope of the same store."""
        ...

    def place(self) -> Place:
        """Return where this desk stands."""
        ...

    def ask(self) -> HelloAsk:
        """Return the greeting; its nonce is kept until an answer came."""
        ...

    def greeted(self, hello: Hello, offset_ms: int) -> None:
        """Keep what a hello answered, and how far our clock was from the hub's."""
        ...

    def fork(self) -> None:
        """Become a new writer: another incarnation, `seq` from the start, all op ids as they are."""
        ...

    def join(self, epoch: str, history: Sequence[Epoch]) -> None:
        """Begin to follow the scope, at the life it is in."""
        ...

    def waiting(self, after: int | None, most_ops: int, most_bytes: int) -> tuple[Waiting, ...]:
        """Return the next ops to send, behind a place of the outbox or from its head."""
        ...

    def take_answers(self, sent: Sequence[Waiting], pushed: Pushed, offered: frozenset[str]) -> Taken:
        """Keep what became of the ops of one push; of `offered` none is put in front another time."""
        ...

    def take_page(self, page: Page) -> Taken:
        """Keep a page and the cursor; one that does not begin at the cursor changes nothing."""
        ...

    def take_snapshot(self, snapshot: Snapshot) -> Taken:
        """Keep a page of heads; after the last the cursor stands at the snapshot's tail."""
        ...

    def offer_again(self, history: Sequence[Epoch]) -> Taken:
        """Follow the scope into its new life: what the hub lost goes to the front of the outbox."""
        ...

    def another_past(self) -> Taken:
        """Begin again under the same epoch: the hub's digest says that it has another past than ours."""
        ...

    def leave(self, state: ScopeState) -> None:
        """Remember in this process that beginning again does not help against this state of the hub's."""
        ...

    def leaves(self, state: ScopeState) -> bool:
        """Tell whether beginning again has not helped against this very state of the hub's."""
        ...


class Hub(Protocol):
    """The hub's side of a round. Every verb raises HubProblem if no answer came that could be understood."""

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        """Greet."""
        ...

    def push(self, push: Push) -> Pushed | AnyTrouble:
        """Hand in ops."""
        ...

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        """Ask for what is new."""
        ...

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        """Ask for a page of heads."""
        ...
