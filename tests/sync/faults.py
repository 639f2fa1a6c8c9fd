"""What breaks in the simulation: the hub and the PCs set back to a backup, cloned, or written to by a bug."""

from datetime import timedelta
from typing import TYPE_CHECKING

from desk.wire.enrolling import COUNTY, STATION
from desk.wire.records import SCHEMA
from tests.sync import door, drawing

if TYPE_CHECKING:
    from tests.sync.world import World

BACKUPS = 3
_MOST_PCS, _MOST_TWINS = 6, 5
_COUNTY = 0.3


def backup(world: "World") -> None:
    """Keep a state of the hub; what all kept ones reach is durable."""
    kept = (world.ledger.backup(), dict(world.sessions))
    world.backups = [*world.backups, kept][-BACKUPS:]
    if len(world.backups) == BACKUPS:
        versions = [backup.scope.version for backup, _sessions in world.backups]
        pick = max if "durable_latest" in world.switches else min
        world.ledger.set_durable(pick(versions))


def restore(world: "World", *, announced: bool = True) -> None:
    """Set the hub back to any of the kept states."""
    if not world.backups:
        return
    place = world.draw.randrange(len(world.backups))
    kept, sessions = world.backups[place]
    world.backups = world.backups[: place + 1]
    world.sessions = dict(sessions)
    if "no_epoch" in world.switches:
        world.ledger.restore(kept)
        return
    world.happened.add("restore" if announced else "silent_restore")
    world.ledger.restore(kept, world.new_id("e") if announced else "")


def silent_restore(world: "World") -> None:
    """Set the hub back and tell nobody."""
    restore(world, announced=False)


def operator(world: "World") -> None:
    """Somebody looks at a halted scope, or at an alarm, and says what happened: at least the durable part is
    shared."""
    scope = world.ledger.scope(world.scope)
    assert scope is not None
    if scope.halted or world.alarmed:
        world.alarmed = False
        world.ledger.declare(world.new_id("e"), scope.durable)


def pc_backup(world: "World") -> None:
    """Copy the disk of a PC; also between two steps of its round."""
    n = world.some_desk()
    world.images[n] = world.desks[n].disk.image()


def pc_restore(world: "World") -> None:
    """Set a PC back to the last copy of its disk."""
    n = world.some_desk()
    if n in world.images:
        world.desks[n].disk.put_back(world.images[n])
        world.happened.add("pc_restore")


def clone(world: "World") -> None:
    """Set a second PC up from the disk of another."""
    if len(world.desks) < _MOST_TWINS:
        n = world.some_desk()
        disk = world.desks[n].disk
        twin = world.place.disk(disk.scope_id, disk.device_id, disk.image())
        world.add(twin, world.offsets[n], world.schemas[n], world.desks[n].role)
        world.happened.add("clone")


def join(world: "World") -> None:
    """Begin with a further, empty PC."""
    if len(world.desks) < _MOST_PCS:
        countys = world.has_county and world.draw.random() < _COUNTY
        own = door.countys(world.scope) if countys else world.scope
        disk = world.place.disk(own, f"j{len(world.desks)}")
        world.add(disk, timedelta(), SCHEMA, COUNTY if countys else STATION)
        world.happened.add("join")


def clock_jump(world: "World") -> None:
    """Set the clock of a PC to another day, up to a year off."""
    world.offsets[world.some_desk()] = world.a_clock()


def poison(world: "World") -> None:
    """A desk with a bug writes what nobody can apply."""
    n = world.some_desk()
    op = drawing.poison(world, n)
    world.save(n, [op])
    world.poisoned.add(op.op)
    world.spoilt.add(op.rec)
