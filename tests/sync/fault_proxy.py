"""A TCP line between desk and hub that fails in the ways lines fail, drawn from a seed.

What travels to the hub may be changed on its way, since every request is signed. What comes back may be late,
slow or cut, but not changed: on a real line TLS sees to that, and answers carry no signature of their own.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Self

FAULTS: Final = (
    *("none", "none", "delay", "jitter", "thin"),
    *("cut there", "cut back", "reset", "half-open", "flip", "twice"),
)
CHUNK: Final = 1024
"""Most bytes of one piece, which waits, is cut, spoilt or doubled as one."""

BYTES_A_SECOND: Final = 64_000
"""What a thin line carries."""

_SLOW = frozenset({"delay", "jitter", "thin"})
_TOWARDS_HUB = frozenset({"cut there", "flip", "twice"})
_BACK = frozenset({"cut back", "reset", "half-open"})


@dataclass(frozen=True)
class Fault:
    """What one connection suffers: which fault, after how many bytes of the direction it strikes in.

    delay_s: how long a piece waits, at most where the waits are drawn one by one (jitter).
    """

    kind: str
    after: int = 0
    delay_s: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def wait_s(self, size: int) -> float:
        """Return how long a piece of this size is on its way, in seconds."""
        match self.kind:
            case "delay":
                return self.delay_s
            case "jitter":
                return self.delay_s * 2 * self.dice.random()
            case "thin":
                return size / BYTES_A_SECOND
            case _:
                return 0.0


WHOLE: Final = Fault("none")


class FaultProxy:
    """Listens on a port of its own and passes everything on to `target`; a context. Healthy until `break_it`.

    silent_s: how long a half-open connection says nothing before it is gone.
    """

    def __init__(self, target: int, silent_s: float = 0.5) -> None:
        self.target, self.silent_s = target, silent_s
        self.port = 0
        self.struck: set[str] = set()
        self._drawn: Callable[[], Fault] = lambda: WHOLE
        self._ends: set[asyncio.WriteTransport] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_about: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def break_it(self, seed: str) -> None:
        """From now on every connection draws its fault."""
        dice = random.Random(seed)

        def drawn() -> Fault:
            kind, after = dice.choice(FAULTS), dice.randrange(1, 3000)
            return Fault(kind, after, dice.random() * 0.02, random.Random(dice.random()))

        self._drawn = drawn

    def suffer(self, fault: Fault) -> None:
        """From now on every connection has this fault."""
        self._drawn = lambda: fault

    def heal(self) -> None:
        """From now on nothing fails."""
        self.suffer(WHOLE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        # One that is closed waits until all it was given is sent: here nobody reads any more.
        for end in self._ends:
            end.abort()
        # What was closed just now is let go in the next turns of the loop.
        for _turn in range(3):
            await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._drawn()
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except (OSError, asyncio.CancelledError):
            writer.close()
            return
        self._ends |= {writer.transport, back.transport}
        both = [
            asyncio.ensure_future(self._carry(reader, back, fault, towards_hub=True)),
            asyncio.ensure_future(self._carry(there, writer, fault, towards_hub=False)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()
            if fault.kind == "reset":
                _reset(writer)
            # Before anything is waited for: whoever is called off while it ends must not leave one open.
            for end in (writer, back):
                end.close()
            await asyncio.gather(*both, return_exceptions=True)
            for end in (writer, back):
                with contextlib.suppress(OSError):
                    await end.wait_closed()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        fault: Fault,
        *,
        towards_hub: bool,
    ) -> None:
        """Pass bytes on until the source ends or the fault strikes."""
        strikes = fault.kind in (_TOWARDS_HUB if towards_hub else _BACK)
        passed = 0
        while piece := await source.read(CHUNK):
            if fault.kind in _SLOW:
                self.struck.add(fault.kind)
                await asyncio.sleep(fault.wait_s(len(piece)))
            if strikes and passed + len(piece) > fault.after:
                self.struck.add(fault.kind)
                strikes = False
                piece = _spoilt(piece, fault, fault.after - passed)
                sink.write(piece)
                await sink.drain()
                if fault.kind == "half-open":
                    await asyncio.sleep(self.silent_s)
                if fault.kind not in {"flip", "twice"}:
                    return
            else:
                sink.write(piece)
                await sink.drain()
            passed += len(piece)


def _spoilt(piece: bytes, fault: Fault, place: int) -> bytes:
    place = max(0, min(place, len(piece) - 1))
    if fault.kind == "flip":
        return piece[:place] + bytes([piece[place] ^ 1 << fault.after % 8]) + piece[place + 1 :]
    if fault.kind == "twice":
        return piece + piece
    return piece[:place]


def _reset(writer: asyncio.StreamWriter) -> None:
    # No lingering: the system sends a reset instead of an end.
    end = writer.get_extra_info("socket")
    if end is not None:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
