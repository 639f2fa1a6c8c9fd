"""What breaks in the simulation: the hub and the PCs set back to a backup, cloned, or written to by a bug."""

from datetime import timedelta
from typing import TYPE_CHECKING

from desk.hub import sync
from desk.wire.epochs import Epoch
from desk.wire.greeting import Snapshot
from desk.wire.records import SCHEMA
from tests.sync import drawing
from tests.sync.client import Client

if TYPE_CHECKING:
    from tests.sync.world import World

BACKUPS = 3


def backup(world: "World") -> None:
    world.backups = [*world.backups, world.ledger.state.copy()][-BACKUPS:]
    if len(world.backups) == BACKUPS:
        versions = [backup.scope.version for backup in world.backups]
        pick = max if "durable_latest" in world.switches else min
        world.ledger.set_durable(pick(versions))


def restore(world: "World", *, announced: bool = True) -> None:
    if not world.backups:
        return
    place = world.draw.randrange(len(world.backups))
    backup = world.backups[place]
    world.backups = world.backups[: place + 1]
    if "no_epoch" in world.switches:
        world.ledger.restore(backup)
        return
    world.happened.add("restore" if announced else "silent_restore")
    world.ledger.restore(backup, world.new_id("e") if announced else "")


def silent_restore(world: "World") -> None:
    restore(world, announced=False)


def operator(world: "World") -> None:
    """Somebody looks at a halted scope and says what happened: at least the durable part is shared."""
    scope = world.ledger.state.scope
    if scope.halted:
        world.ledger.declare(world.new_id("e"), scope.durable)


def pc_backup(world: "World") -> None:
    n = world.some_desk()
    world.disks[n] = world.desks[n].state.copy()


def pc_restore(world: "World") -> None:
    n = world.some_desk()
    if n in world.disks:
        world.desks[n].state = world.disks[n].copy()
        world.happened.add("pc_restore")


def clone(world: "World") -> None:
    if len(world.desks) < 5:
        n = world.some_desk()
        twin = Client(world.desks[n].device, Epoch("", 0), world.switches)
        twin.state = world.desks[n].state.copy()
        world.desks.append(twin)
        world.offsets.append(world.offsets[n])
        world.schemas.append(world.schemas[n])
        world.happened.add("clone")


def join(world: "World") -> None:
    """A further PC begins with a snapshot, whose pages are not of one moment."""
    if len(world.desks) >= 6:
        return
    joining = Client(f"j{len(world.desks)}", Epoch("", 0), world.switches)
    scope = world.ledger.state.scope
    pages: list[Snapshot] = []
    after = ("", "")
    while not pages or pages[-1].after:
        page = sync.snapshot(world.ledger, scope.scope, after, 3)
        assert isinstance(page, Snapshot)
        pages.append(page)
        noun, _bar, record_id = page.after.partition("|")
        after = (noun, record_id)
        if world.draw.random() < 0.5:
            world.web()
    joining.on_snapshot(pages, scope.history)
    world.desks.append(joining)
    world.offsets.append(timedelta())
    world.schemas.append(SCHEMA)
    world.happened.add("join")


def poison(world: "World") -> None:
    """A desk with a bug writes what nobody can apply."""
    n = world.some_desk()
    op = drawing.poison(world, n, world.desks[n])
    world.save(n, [op])
    world.poisoned.add(op.op)
