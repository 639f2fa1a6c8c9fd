"""The way from a PC of the simulation to the hub: requests and answers are lost, late, doubled."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desk.errors import HubProblem
from desk.wire.greeting import Hello, HelloAsk, Snapshot
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble
from tests.sync import happenings

if TYPE_CHECKING:
    from tests.sync.world import World

_LOST, _LATE, _TWICE = 0.1, 0.17, 0.25
_ANSWER_LOST = 0.12
_AS_BYTES = 0.1
_AHEAD = 0.8


Question = tuple[str, str]
"""A scope, and the key behind which a page of its heads begins."""

Heads = Snapshot | AnyTrouble | HubProblem
"""What came of asking for a page, also where nothing came."""


class Line:
    """A `ports.Hub` for one PC of the world, and as `HubClient` one page of a snapshot ahead."""

    def __init__(self, world: "World", n: int) -> None:
        self._world, self._n = world, n
        self._ahead: tuple[Question, Heads] | None = None

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        return self._next("hello", ask)

    def push(self, push: Push) -> Pushed | AnyTrouble:
        # What an old program writes into its messages, too.
        return self._next("push", replace(push, schema=self._world.schemas[self._n]))

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        return self._next("pull", replace(pull, schema=self._world.schemas[self._n]))

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        page = self._foreseen((scope, after))
        if page is None:
            page = self._heads((scope, after))
        if isinstance(page, HubProblem):
            raise page
        if isinstance(page, Snapshot) and page.after and self._looks_ahead():
            # The one behind it is as of now, and knows of nothing that happens until it is wanted.
            behind = (scope, page.after)
            self._ahead = behind, self._heads(behind)
        return page

    def _looks_ahead(self) -> bool:
        # The thread that asks may also come so late that this page is stored by then.
        world = self._world
        return "ahead" in world.breaks and (world.healing or world.draw.random() < _AHEAD)

    def _foreseen(self, question: Question) -> Heads | None:
        """Return the page that came before it was wanted, if it is this one; the world went on meanwhile."""
        ahead, self._ahead = self._ahead, None
        if ahead is None or ahead[0] != question:
            return None
        if not self._world.healing:
            self._world.meanwhile(happenings.behind_a_page)
        _note(self._world, ahead[1])
        return ahead[1]

    def _heads(self, question: Question) -> Heads:
        try:
            found: Heads = self._ask("snapshot", question)
        except HubProblem as problem:
            return problem
        return found

    def _next(self, verb: str, message: Any) -> Any:
        self._ahead = None
        return self._ask(verb, message)

    def _ask(self, verb: str, message: Any) -> Any:
        world = self._world
        if world.healing:
            return world.arrive(self._n, verb, message)
        world.meanwhile()
        luck = 1.0 if world.whole_line else world.draw.random()
        if luck < _LOST:
            raise _no_line()
        if luck < _LATE:
            # It comes when it comes, and whoever asked has given up.
            world.late.append((self._n, verb, message))
            raise _no_line()
        answer = self._carried(verb, message)
        if luck < _TWICE:
            again = self._carried(verb, message)
            answer = world.draw.choice([answer, again])
        world.meanwhile()
        if not world.whole_line and world.draw.random() < _ANSWER_LOST:
            raise _no_line()
        return answer

    def _carried(self, verb: str, message: Any) -> Any:
        # One message in ten as the bytes that really travel; the others would only cost time.
        if self._world.draw.random() >= _AS_BYTES:
            return self._world.arrive(self._n, verb, message)
        if isinstance(message, Push | Pull):
            message = type(message).decode(message.encode())
        answer = self._world.arrive(self._n, verb, message)
        if isinstance(answer, Pushed):
            # A desk reads the answer beside the push it sent.
            return Pushed.decode(answer.encode(), message)
        if isinstance(answer, Hello | Pulled | Snapshot):
            return type(answer).decode(answer.encode())
        return answer


def _note(world: "World", page: Heads) -> None:
    """Remember that a page came before it was wanted, and whether the life it is of is over by now."""
    scope = world.ledger.scope(world.scope)
    if isinstance(page, Snapshot):
        world.happened |= {"ahead"} if scope and page.epoch == scope.epoch else {"ahead", "former_life"}


def _no_line() -> HubProblem:
    return HubProblem("连不上县级平台", field="no_line")
