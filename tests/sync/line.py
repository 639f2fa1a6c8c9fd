"""The way from a PC of the simulation to the hub: requests and answers are lost, late, doubled."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desk.errors import HubProblem
from desk.wire.greeting import Hello, HelloAsk, Snapshot
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble

if TYPE_CHECKING:
    from tests.sync.world import World

_LOST, _LATE, _TWICE = 0.1, 0.17, 0.25
_ANSWER_LOST = 0.12
_AS_BYTES = 0.1


class Line:
    """A `ports.Hub` for one PC of the world."""

    def __init__(self, world: "World", n: int) -> None:
        self._world, self._n = world, n

    def hello(self, ask: HelloAsk) -> Hello | AnyTrouble:
        return self._ask("hello", ask)

    def push(self, push: Push) -> Pushed | AnyTrouble:
        # What an old program writes into its messages, too.
        return self._ask("push", replace(push, schema=self._world.schemas[self._n]))

    def pull(self, pull: Pull) -> Pulled | AnyTrouble:
        return self._ask("pull", replace(pull, schema=self._world.schemas[self._n]))

    def snapshot(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        return self._ask("snapshot", (scope, after))

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


def _no_line() -> HubProblem:
    return HubProblem("连不上县级平台", field="no_line")
