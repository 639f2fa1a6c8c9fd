"""Too many bytes on their way in, and few that unfold to many (sync.md 3, fault 27)."""

import resource
from collections.abc import AsyncIterator, Iterator
from time import process_time

import psycopg
import pytest
import zstandard
from httpx import Response

from desk import ids
from desk.hub.main import create_app
from desk.wire import frame, routes, troubles
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.signing import Counter
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import op
from tests.hub.in_process import running

PIECE = 64 << 10
MOST_S, MOST_KIB = 1.0, 64 << 10
"""What refusing a bomb may cost: seconds of the processor, and memory beyond what was ever in use."""


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


class Body:
    """A body that is read piece by piece, and how much of it was."""

    def __init__(self, size: int) -> None:
        self.left, self.read = size, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.left > 0:
            self.left -= PIECE
            self.read += PIECE
            yield bytes(PIECE)


def pushed(desk: Desk, packed: bytes) -> Response:
    desk.counter = Counter(desk.counter.session, desk.counter.n + 1)
    headers = desk.headers("POST", routes.PUSH, "", packed)
    return desk.client.post(routes.PUSH, content=packed, headers=headers)


def epoch_of(desk: Desk) -> str:
    answer = desk.hello(HelloAsk("i1", desk.counter.session, ids.new_id()))
    return Hello.decode(answer.content).scopes[0].epoch


@pytest.mark.parametrize("route", [routes.PUSH, routes.PULL, routes.ENROLL])
@pytest.mark.parametrize("size", [10 << 20, 1 << 40], ids=["10 MB", "without end"])
def test_a_large_request_is_refused_before_it_is_read(desk: Desk, route: str, size: int) -> None:
    """Before anybody has looked who asks: what was sent so far is all it costs."""
    body = Body(size)
    answer = desk.client.post(route, content=body, headers=routes.headers(packed=True))
    assert (answer.status_code, troubles.decode(answer.content).error) == (413, "too_large")
    assert body.read <= frame.MOST_PACKED + PIECE


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_message_unfolds_to_so_much_and_no_more(desk: Desk, database: str, beyond: int) -> None:
    """All of it is sound JSON of a sound push: it is the size that is refused."""
    raw = desk.push_of(op("o1"), epoch=epoch_of(desk))
    answer = pushed(desk, frame.pack(raw.ljust(frame.MOST_RAW + beyond)))
    with psycopg.connect(database) as connection:
        there = connection.execute("SELECT op_id FROM revision").fetchall()
    if beyond:
        assert (answer.status_code, troubles.decode(answer.content).error, there) == (400, "bad_message", [])
    else:
        assert (answer.status_code, there) == (200, [("o1",)])


def test_a_bomb_costs_neither_time_nor_memory(desk: Desk) -> None:
    raw = desk.push_of(op("o1"), epoch=epoch_of(desk))
    bomb = bomb_of(raw, 256)
    assert len(bomb) < PIECE
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    answer = pushed(desk, bomb)
    assert process_time() - began < MOST_S
    assert (answer.status_code, troubles.decode(answer.content).error) == (400, "bad_message")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_KIB


def bomb_of(raw: bytes, mib: int) -> bytes:
    """Write so many MiB of blanks behind a message; nobody has them in memory, here neither."""
    packing = zstandard.ZstdCompressor().compressobj()
    blanks = b" " * (1 << 20)
    return b"".join(
        [packing.compress(raw), *(packing.compress(blanks) for _n in range(mib)), packing.flush()]
    )
