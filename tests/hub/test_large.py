"""Too many bytes on their way in, and few that unfold to many (sync.md 3, fault 27)."""

import json
import resource
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from time import process_time

import psycopg
import pytest
import zstandard
from httpx import Response

from desk import ids
from desk.hub import endpoints
from desk.hub.main import create_app
from desk.wire import frame, packing, routes, signing, troubles
from desk.wire.enrolling import Enrol
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.incoming import OpIn
from desk.wire.messages import MOST_OPS, MOST_PUSH_BYTES, MOST_SCOPES, Pull, Push, Want
from desk.wire.records import SCHEMA
from desk.wire.rotating import Rotate
from desk.wire.signing import Counter
from desk.wire.tables import MOST_ROWS
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running

PIECE = 64 << 10
OF_LISTS = 4
"""The kind of a column whose values are lists of objects (`desk/wire/tables.py`)."""

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
    return sent(desk, routes.PUSH, packed, frame.ENCODING)


def sent(desk: Desk, path: str, packed: bytes, encoding: str) -> Response:
    """Send what is packed already: to be let in as one that is not known yet, else with the next number."""
    signer = Desk(desk.client, desk.device, desk.key)
    if path != routes.ENROLL:
        desk.counter = Counter(desk.counter.session, desk.counter.n + 1)
        signer = desk
    headers = signer.headers("POST", path, "", packed) | {"Content-Encoding": encoding}
    return desk.client.post(path, content=packed, headers=headers)


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


def test_the_longest_honest_messages_are_far_below_what_may_be_sent() -> None:
    """Of every version: what a desk puts into a push was the same from the first one on."""
    name, scope = ids.new_id(), f"S:{ids.new_id()}"
    ops = tuple(OpIn(ids.new_id(), b"x" * (MOST_PUSH_BYTES // MOST_OPS)) for _n in range(MOST_OPS))
    seals = {each.op: "s" * 24 for each in ops}
    push = Push(name, name, scope, name, SCHEMA, 2**53 - 1, ops, 2**53 - 1, vouchers=seals)
    assert len(push.encode()) < 0.6 * endpoints.MOST_PUSH
    wants = tuple(Want(f"S:{ids.new_id()}", name, 2**53 - 1, 2**53 - 1) for _n in range(MOST_SCOPES))
    assert len(Pull(SCHEMA, wants).encode()) < 0.2 * endpoints.MOST_PULL
    assert len(Rotate.to(name, bytes(32)).encode()) < 0.1 * endpoints.MOST_OTHER
    assert len(Enrol("A" * 40, name, bytes(32), scope).encode()) < 0.1 * endpoints.MOST_OTHER


@pytest.mark.parametrize("beyond", [0, 1])
@pytest.mark.parametrize("message", ["pull", "rotate", "enrol"])
def test_what_is_no_push_unfolds_to_less(desk: Desk, message: str, beyond: int) -> None:
    """Sound messages again, with blanks behind them."""
    fresh = Desk(desk.client, desk.device, bytes(range(32)))
    path, raw, most = {
        "pull": (routes.PULL, Pull(SCHEMA, (Want(SCOPE, "e1", 0),)).encode(), endpoints.MOST_PULL),
        "rotate": (
            routes.of_device(routes.ROTATE, desk.device),
            Rotate.to(desk.device, fresh.key).encode(),
            endpoints.MOST_OTHER,
        ),
        "enrol": (
            routes.ENROLL,
            Enrol("A", desk.device, signing.public_of(desk.key), SCOPE).encode(),
            endpoints.MOST_OTHER,
        ),
    }[message]
    answer = sent(desk, path, frame.pack(raw.ljust(most + beyond)), frame.ENCODING)
    if beyond:
        assert (answer.status_code, troubles.decode(answer.content).error) == (400, "bad_message")
    else:
        # Read, whatever is then said to it.
        assert answer.status_code in {200, 403}


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_message_unfolds_to_so_much_and_no_more(desk: Desk, database: str, beyond: int) -> None:
    """All of it is sound JSON of a sound push: it is the size that is refused."""
    raw = desk.push_of(op("o1"), epoch=epoch_of(desk))
    answer = pushed(desk, frame.pack(raw.ljust(endpoints.MOST_PUSH + beyond)))
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


def of_lists(_desk: Desk, most: int) -> bytes:
    """Pack an object of so many bytes, all of them empty lists; for its blank it is read strictly as well."""
    return frame.pack(b'{"more": [' + b"[]," * ((most - 14) // 3) + b"[]]}")


def of_an_op(desk: Desk, most: int) -> bytes:
    """Pack the same as an op, which is no op and so is kept in custody."""
    raw = desk.push_of(op("o1"), epoch=epoch_of(desk))
    start = raw.index(b'"ops":[') + len(b'"ops":[')
    return frame.pack(raw[:start] + b'{"more": [' + b"[]," * ((most - start - 16) // 3) + b"[]]}]}")


def of_rows(_desk: Desk, most: int) -> bytes:
    """Pack tables that unfold to nearly so many bytes, nearly all of them empty objects."""
    rows = min(MOST_ROWS, most // 3)
    names = [f"{n:03}" for n in range((most - 200) // (2 * rows + 60))]
    columns = [[name, OF_LISTS, [rows, [[]], {}, []]] for name in names]
    head = json.dumps([0, 0, [1, [names], {}, columns], []], separators=(",", ":"))
    return frame.pack(f"{head}\n{','.join([str(rows)] * len(names))}\n".encode())


@pytest.mark.parametrize(
    ("path", "most", "costs_mib"),
    [
        (routes.PUSH, endpoints.MOST_PUSH, 192),
        (routes.PULL, endpoints.MOST_PULL, 12),
        (routes.ROTATE, endpoints.MOST_OTHER, 8),
        (routes.ENROLL, endpoints.MOST_OTHER, 8),
    ],
)
def test_a_bomb_that_unfolds_to_no_more_than_it_may_costs_little(
    desk: Desk, path: str, most: int, costs_mib: int
) -> None:
    """A few hundred bytes packed. As large as any message may be is refused before it is read."""
    pushes, path = path == routes.PUSH, path.format(device=desk.device)
    for make, encoding in (
        (of_an_op if pushes else of_lists, frame.ENCODING),
        (of_rows, packing.ENCODING),
    ):
        for size in [most] if pushes else [most, frame.MOST_RAW]:
            packed = make(desk, size)
            assert len(packed) < PIECE
            status, peak = peak_of(partial(sent, desk, path, packed, encoding))
            assert status == (200 if (make, size) == (of_an_op, most) else 400), (make, size)
            assert peak < costs_mib << 20, (make, size, peak)


def peak_of(ask: Callable[[], Response]) -> tuple[int, int]:
    """Return the answer's status, and the most memory that was asked for meanwhile, in bytes."""
    tracemalloc.start()
    try:
        status = ask().status_code
        return status, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
