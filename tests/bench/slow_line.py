"""A line of so many bits and so long a way between desk and hub, which counts what goes over it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from tests.sync.fault_proxy import Fault, FaultProxy

_PIECE = 512


@dataclass
class Count:
    """What went over a line: bytes there and back, and requests."""

    there: int = 0
    back: int = 0
    requests: int = 0

    @property
    def both(self) -> int:
        """All bytes."""
        return self.there + self.back


class SlowLine(FaultProxy):
    """Nothing fails on it. bits: a second each way, 0 for no limit. way_s: from one end to the other."""

    def __init__(self, target: int, bits: int = 0, way_s: float = 0.0) -> None:
        super().__init__(target)
        self.bits, self.way_s, self.count = bits, way_s, Count()

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, _fault: Fault, *, towards_hub: bool
    ) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.ensure_future(_arrive(under_way, sink))
        free_at = 0.0
        try:
            while piece := await source.read(_PIECE):
                self._note(piece, towards_hub=towards_hub)
                free_at = max(free_at, monotonic()) + (len(piece) * 8 / self.bits if self.bits else 0.0)
                await _until(free_at)
                under_way.put_nowait((free_at + self.way_s, piece))
            under_way.put_nowait((free_at + self.way_s, b""))
            await arriving
        finally:
            arriving.cancel()

    def _note(self, piece: bytes, *, towards_hub: bool) -> None:
        if towards_hub:
            self.count.there += len(piece)
            self.count.requests += piece.count(b" HTTP/1.1\r\n")
        else:
            self.count.back += len(piece)


async def _arrive(under_way: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter) -> None:
    while True:
        at, piece = await under_way.get()
        await _until(at)
        if not piece:
            return
        sink.write(piece)
        await sink.drain()


async def _until(at: float, now: Callable[[], float] = monotonic) -> None:
    await asyncio.sleep(max(0.0, at - now()))
