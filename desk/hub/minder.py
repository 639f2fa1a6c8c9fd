"""Looks after a PostgreSQL of the hub's own: where it has ended, it is started again.

PostgreSQL ends itself rather than go on after a write the disk did not take (a panic). Mostly it comes back
by itself; where it cannot, on a full disk say, it stays away until somebody starts it. One worker does.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from fastapi.concurrency import run_in_threadpool

from desk.hub import journal
from desk.hub.hold import Hold
from desk.hub.own_postgres import OwnPostgres

EVERY_S: Final = 5.0
"""How often it is looked at, in seconds."""


def look(own: OwnPostgres, hold: Hold) -> bool:
    """Start it if it has ended and nobody else is at it; tell whether it was started."""
    with hold.if_free() as free:
        if not free or own.is_running:
            return False
        came = own.start_again()
        journal.note("database_started" if came else "database_down", alarm=True)
        return came


@asynccontextmanager
async def minding(own: OwnPostgres, hold: Hold, is_ready: Callable[[], bool]) -> AsyncIterator[None]:
    """Look after it during this block; it is looked at only when the hub is not ready."""
    task = asyncio.create_task(_mind(own, hold, is_ready))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _mind(own: OwnPostgres, hold: Hold, is_ready: Callable[[], bool]) -> None:
    while True:
        await asyncio.sleep(EVERY_S)
        if not await run_in_threadpool(is_ready):
            await run_in_threadpool(look, own, hold)
