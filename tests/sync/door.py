"""What the hub of the simulation makes of a request, by whose PC it is: as `desk/hub/endpoints.py` does.

A county's PC greets two scopes, its own, in which nothing is ever written here, and that of the station; its
pages are sealed, and what other PCs wrote it may hand in by a seal alone.
"""

from typing import TYPE_CHECKING, Any, Final

from desk import clock
from desk.hub import sync, vouchers
from desk.wire.enrolling import COUNTY, COUNTYS
from desk.wire.greeting import SERVED, Hello, HelloAsk, Limits
from desk.wire.messages import Pull, Pulled, Push, Pushed
from desk.wire.troubles import AnyTrouble, CursorAhead, DeviceForked
from tests.sync.pc import Pc

if TYPE_CHECKING:
    from tests.sync.world import World, WorldLedger

_KEY: Final = vouchers.key_from(bytes(32))
_HEADS = 3
_NEW = frozenset({"applied", "merged", "conflict"})


def countys(scope: str) -> str:
    """Return the county's own scope beside that of a station."""
    return COUNTYS + scope.partition(":")[2]


def asked(world: "World", desk: Pc, verb: str, message: Any) -> Any:
    """Answer one request, and remember whether it raised an alarm."""
    answer = _answered(world, desk, verb, message)
    told = answer.parts if isinstance(answer, Pulled) else (answer,)
    if desk.role == COUNTY and any(isinstance(each, CursorAhead) for each in told):
        # A looker that is ahead halts nothing: an operator must be told.
        world.alarmed = True
    return answer


def _answered(world: "World", desk: Pc, verb: str, message: Any) -> Any:
    match verb:
        case "hello":
            return _hello(world, desk, message)
        case "push":
            return world.take_push(desk, message)
        case "pull":
            return _pulled(world, desk, message)
        case _:
            world.happened.add("snapshot")
            scope, after = message
            noun, _bar, record_id = after.partition("|")
            return sync.snapshot(_ledger(world, scope), scope, (noun, record_id), _HEADS)


def pushed(world: "World", desk: Pc, message: Push) -> Any:
    """Let the hub decide a push, by the role of whose it is and the seals that came with it."""
    vouched = vouchers.good(_KEY, message) if message.vouchers else frozenset()
    answer = sync.push(world.ledger, message, desk.role, vouched)
    if isinstance(answer, Pushed):
        if any(each.op in vouched and each.verdict in _NEW for each in answer.answers):
            world.happened.add("vouched")
        # No PC here speaks in another's name: what the county offers, the hub had given to it.
        if any(each.code == "not_yours" for each in answer.answers):
            world.wrong.append("I1 no seal")
    return answer


def _pulled(world: "World", desk: Pc, message: Pull) -> Any:
    answer = sync.pull(_ledger(world, message.wants[0].scope), message, desk.role)
    if isinstance(answer, Pulled) and desk.role == COUNTY:
        return vouchers.given(_KEY, answer)
    return answer


def _ledger(world: "World", scope: str) -> "WorldLedger":
    return world.ledger if scope == world.scope else world.countys


def _hello(world: "World", desk: Pc, ask: HelloAsk) -> Hello | AnyTrouble:
    """Greet as `hub/door.py` does, which needs PostgreSQL for it."""
    device = desk.disk.device_id
    session, nonce = world.sessions.get((device, ask.incarnation), (0, ""))
    if not (ask.session == session - 1 and ask.nonce == nonce):
        if ask.session < session:
            world.happened.add("forked")
            return DeviceForked(device)
        session = ask.session + 1
        world.sessions[device, ask.incarnation] = session, ask.nonce
    draw = world.draw
    small = Limits(ops=draw.randint(1, 5), revisions=draw.randint(1, 8))
    limits = Limits() if world.healing else small
    names = (countys(world.scope), world.scope) if desk.role == COUNTY else (world.scope,)
    found = (_ledger(world, name).scope(name) for name in names)
    states = tuple(sync.state_of(scope) for scope in found if scope is not None)
    now = clock.now().isoformat(timespec="milliseconds")
    return Hello(*SERVED, now, session, 1, limits, states)
