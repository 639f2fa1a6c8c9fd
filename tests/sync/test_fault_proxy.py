"""Each fault of the line does what its name says: what a schedule suffers is only as true as this."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.sync.fault_proxy import BYTES_A_SECOND, CHUNK, FAULTS, Fault, FaultProxy

SENT = bytes(range(256)) * 12
"""Three pieces, in which every byte tells its place."""

AFTER = 1500
PATIENCE_S, SOON_S = 60.0, 0.3


@dataclass
class Echo:
    """Answers each connection with the bytes that came, and keeps them."""

    came: list[bytearray] = field(default_factory=list)

    def __enter__(self) -> int:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        port: int = self._socket.getsockname()[1]
        return port

    def __exit__(self, *_about: object) -> None:
        # A thread that waits for the next one is not woken by closing, but by coming.
        self._ending = True
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()

    _ending = False

    def _serve(self) -> None:
        while True:
            line, _whose = self._socket.accept()
            with line, contextlib.suppress(ConnectionError):
                if self._ending:
                    return
                line.settimeout(PATIENCE_S)
                came = bytearray()
                self.came.append(came)
                while piece := line.recv(CHUNK):
                    came += piece
                    line.sendall(piece)


@dataclass(frozen=True)
class Told:
    """What one connection was told: the bytes, how it ended ("" where it stood still), how long it took."""

    bytes: bytes
    end: str
    took_s: float


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[FaultProxy]:
    with echo as port, FaultProxy(port, silent_s=PATIENCE_S) as made:
        yield made


def say(proxy: FaultProxy, fault: Fault, most: int = len(SENT), silent: int = len(SENT)) -> Told:
    """Send everything over a line with this fault and listen until `most` bytes are there, or the end.

    silent: behind so many bytes nothing is expected, and waited for only a little.
    """
    proxy.suffer(fault)
    began, told = time.monotonic(), bytearray()
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=PATIENCE_S) as line:
        end = "open"
        try:
            line.sendall(SENT)
            while len(told) < most:
                line.settimeout(PATIENCE_S if len(told) < silent else SOON_S)
                piece = line.recv(most - len(told))
                if not piece:
                    end = "closed"
                    break
                told += piece
        except TimeoutError:
            end = "silent"
        except ConnectionError:
            end = "reset"
    return Told(bytes(told), end, time.monotonic() - began)


def test_a_whole_line_changes_nothing(proxy: FaultProxy, echo: Echo) -> None:
    told = say(proxy, Fault("none"))
    assert (told.bytes, bytes(echo.came[0]), proxy.struck) == (SENT, SENT, set())


@pytest.mark.parametrize(
    ("fault", "least_s"),
    [
        (Fault("delay", delay_s=0.05), 2 * 0.05),
        (Fault("jitter", delay_s=0.5), 0.0),
        (Fault("thin"), len(SENT) / BYTES_A_SECOND),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_a_slow_line_brings_everything_late(proxy: FaultProxy, fault: Fault, least_s: float) -> None:
    told = say(proxy, fault)
    assert (told.bytes, proxy.struck) == (SENT, {fault.kind})
    assert told.took_s >= least_s


def test_pieces_wait_each_its_own_time_or_all_the_same() -> None:
    uneven, even, thin = (Fault(kind, delay_s=0.02) for kind in ("jitter", "delay", "thin"))
    waits = [uneven.wait_s(CHUNK) for _n in range(50)]
    assert len(set(waits)) == 50
    assert 0 <= min(waits) < 0.01
    assert 0.03 < max(waits) <= 0.04
    assert {even.wait_s(size) for size in (1, CHUNK)} == {0.02}
    assert thin.wait_s(BYTES_A_SECOND) == 1.0
    assert Fault("cut back", delay_s=0.02).wait_s(CHUNK) == 0


def test_a_line_that_is_cut_on_the_way_there(proxy: FaultProxy, echo: Echo) -> None:
    told = say(proxy, Fault("cut there", AFTER))
    assert told.end in {"closed", "reset"}
    assert told.bytes == SENT[: len(told.bytes)]
    assert proxy.struck == {"cut there"}
    # The next one is answered when this one is over: all that ever came is there by then.
    say(proxy, Fault("none"))
    assert bytes(echo.came[0]) == SENT[:AFTER]


def test_a_line_that_is_cut_on_the_way_back(proxy: FaultProxy) -> None:
    told = say(proxy, Fault("cut back", AFTER))
    assert (told.bytes, proxy.struck) == (SENT[:AFTER], {"cut back"})
    assert told.end in {"closed", "reset"}


def test_a_line_that_is_reset(proxy: FaultProxy) -> None:
    told = say(proxy, Fault("reset", AFTER))
    assert (told.end, proxy.struck) == ("reset", {"reset"})
    assert told.bytes == SENT[: len(told.bytes)]


def test_a_line_that_stands_open_and_says_nothing(proxy: FaultProxy) -> None:
    told = say(proxy, Fault("half-open", AFTER), silent=AFTER)
    assert (told.bytes, told.end, proxy.struck) == (SENT[:AFTER], "silent", {"half-open"})


def test_one_bit_is_another(proxy: FaultProxy, echo: Echo) -> None:
    say(proxy, Fault("flip", AFTER))
    wrong = [place for place, byte in enumerate(echo.came[0]) if byte != SENT[place]]
    assert (wrong, len(echo.came[0]), proxy.struck) == ([AFTER], len(SENT), {"flip"})
    assert (echo.came[0][AFTER] ^ SENT[AFTER]).bit_count() == 1


def test_a_piece_comes_twice(proxy: FaultProxy, echo: Echo) -> None:
    told = say(proxy, Fault("twice", AFTER), most=len(SENT) + 1)
    assert proxy.struck == {"twice"}
    assert len(told.bytes) == len(SENT) + 1
    # One piece, wherever the system cut it, stands there a second time.
    came = bytes(echo.came[0])
    assert any(
        came.startswith((SENT[:end] + SENT[start:end])[: len(came)])
        for end in range(AFTER, len(SENT) + 1)
        for start in range(max(0, end - CHUNK), min(end, AFTER + 1))
    )


def test_every_fault_is_tried_here() -> None:
    assert set(FAULTS) == {
        *("none", "delay", "jitter", "thin", "cut there", "cut back", "reset", "half-open", "flip", "twice"),
    }


def test_what_is_drawn_follows_from_the_seed(proxy: FaultProxy) -> None:
    drawn = []
    for _time in range(2):
        proxy.break_it("7")
        drawn.append([(one.kind, one.after, one.delay_s) for one in (proxy._drawn() for _n in range(200))])
    assert drawn[0] == drawn[1]
    assert {kind for kind, _after, _delay in drawn[0]} == set(FAULTS)
    proxy.heal()
    assert proxy._drawn().kind == "none"
