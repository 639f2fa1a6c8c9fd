"""What may happen next in the simulation, and how often."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.sync import faults

if TYPE_CHECKING:
    from tests.sync.world import World

Happening = tuple[float, Callable[[], None]]
"""Its weight, and the verb."""

BREAKS: Final = (
    *("ahead", "backup", "clock", "clone", "county", "crash", "join", "late", "line", "operator"),
    *("pc_backup", "pc_restore", "poison", "restore", "silent_restore", "web"),
)
"""What may break or come in between; a failing schedule is made short by leaving some of it out."""


def table(world: "World") -> dict[str, Happening]:
    """Return what may happen while no round is under way."""
    return {
        "round": (16, world.some_round),
        **_always(world),
        "pc_restore": (1.2, lambda: faults.pc_restore(world)),
        "clone": (1, lambda: faults.clone(world)),
        "join": (0.8, lambda: faults.join(world)),
    }


def beside(world: "World") -> dict[str, Happening]:
    """Return what may happen between two steps of a round; within one in between no further one begins."""
    others = {"round": (12.0, world.some_round)} if len(world.busy) == 1 else {}
    return {**_always(world), **others}


def behind_a_page(world: "World") -> dict[str, Happening]:
    """Return what may happen while a page of heads has come and is not wanted yet.

    Each page is such a moment for once, so the hub is set back in it more often than elsewhere.
    """
    return {**beside(world), "restore": (12.0, lambda: faults.restore(world))}


def let_happen(world: "World", may: dict[str, Happening]) -> None:
    """Draw one of these, as far as this world has it."""
    names = [name for name in may if name in world.breaks or name not in BREAKS]
    name = world.draw.choices(names, [may[each][0] for each in names])[0]
    may[name][1]()


def _always(world: "World") -> dict[str, Happening]:
    return {
        "edit": (22, world.edit),
        "late": (4, world.late_one),
        "web": (3, world.web),
        "backup": (5, lambda: faults.backup(world)),
        "restore": (1.5, lambda: faults.restore(world)),
        "silent_restore": (0.3, lambda: faults.silent_restore(world)),
        "operator": (1, lambda: faults.operator(world)),
        "pc_backup": (3, lambda: faults.pc_backup(world)),
        "clock": (0.7, lambda: faults.clock_jump(world)),
        "poison": (0.7, lambda: faults.poison(world)),
    }
