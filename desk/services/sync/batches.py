"""Which of the waiting ops go into one push: what was saved together stands or falls together at the hub."""

from collections.abc import Sequence

from desk.services.sync.heads import saved_with
from desk.services.sync.ports import Waiting


def first(waiting: Sequence[Waiting], most_ops: int, most_bytes: int) -> tuple[Waiting, ...]:
    """Return the ops of the next push: as many as fit, and no save cut in two (`tx`, sync.md 2.3).

    Only a save that is larger than a push may be goes in parts, since it could not go otherwise. A single op
    may be larger than `most_bytes`.

    Args:
        waiting: in their order; one more than may go, where there are so many.
        most_ops, most_bytes: what a push may hold.
    """
    fits = _fitting(waiting, most_ops, most_bytes)
    if fits == len(waiting):
        return tuple(waiting)
    cut = saved_with(waiting[fits].op.body)
    whole = fits
    while whole and saved_with(waiting[whole - 1].op.body) == cut:
        whole -= 1
    return tuple(waiting[: whole or fits])


def _fitting(waiting: Sequence[Waiting], most_ops: int, most_bytes: int) -> int:
    room = most_bytes
    for n, each in enumerate(waiting):
        room -= len(each.op.body)
        if n == most_ops or (room < 0 and n):
            return n
    return len(waiting)
