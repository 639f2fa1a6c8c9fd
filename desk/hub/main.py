"""The hub's routes. Each reads a message, asks `sync.py`, writes the answer; refusals are in one place.

Nothing but the two of health is answered without a device's token. FastAPI is told as little as possible: the
messages are read by `desk/wire`, strictly, and off the event loop.
"""

import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from psycopg_pool import ConnectionPool, PoolTimeout

from desk import __version__, clock
from desk.hub import door, journal, schema, sync
from desk.hub.door import Device
from desk.hub.postgres import PostgresLedger, open_pool
from desk.hub.settings import Settings
from desk.wire import frame, routes, troubles
from desk.wire.codecs import WireError, instant_text
from desk.wire.greeting import MOST_HEADS, SERVED, Hello, HelloAsk, Limits
from desk.wire.messages import Page, Pull, Pulled, Push, Pushed
from desk.wire.troubles import CursorAhead, DeviceForked, EpochChanged, Trouble

_TROUBLES = (EpochChanged, CursorAhead, DeviceForked, Trouble)


class Message(Protocol):
    """Whatever goes out."""

    def encode(self) -> bytes:
        """Write it."""


Answer = Callable[["Hub", Device, Request, bytes], Message]


class Hub:
    """What the routes share: the pool of connections and the ledger on it."""

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        self.pool = pool
        self.ledger = PostgresLedger(pool)

    def is_ready(self) -> bool:
        """Tell whether the database answers and has this version's tables."""
        try:
            with self.pool.connection(timeout=2) as connection:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except (psycopg.Error, PoolTimeout):
            return False
        return row is not None and row[0] == schema.newest()

    def answer(self, ask: Answer, request: Request, raw: bytes) -> Message:
        """Let the device in, read what it wants and answer it."""
        try:
            headers = request.headers
            with self.pool.connection() as connection:
                device = door.admit(
                    connection, headers.get(routes.DEVICE, ""), headers.get(routes.AUTHORIZATION, "")
                )
            if device is None:
                return sync.trouble("unknown_device")
            return ask(self, device, request, _unpacked(request, raw))
        except WireError:
            return sync.trouble("bad_message")
        except (psycopg.OperationalError, PoolTimeout):
            journal.note("database_unreachable", alarm=True)
            return sync.trouble("unready", wait_s=10)


def create_app(conninfo: str, connections: int = 8) -> FastAPI:
    """Make the application of one worker on a database that is up to date.

    Args:
        conninfo: how to reach the database.
        connections: most connections at a time.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = open_pool(conninfo, connections)
        app.state.hub = Hub(pool)
        journal.note("worker_started")
        try:
            yield
        finally:
            await run_in_threadpool(pool.close)
            journal.note("worker_stopped")

    app = FastAPI(title="desk hub", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    _add_health(app)
    for path, method, summary, ask in _ROUTES:
        _add(app, path, method, summary, ask)
    return app


def from_environment() -> FastAPI:
    """Make the application of a worker that the command line started."""
    settings = Settings.from_environment()
    journal.start(sys.stderr)
    return create_app(settings.database, settings.connections)


def _hello(hub: Hub, device: Device, request: Request, _raw: bytes) -> Message:
    ask = HelloAsk.read(dict(request.query_params))
    with hub.pool.connection() as connection:
        session = door.greet(connection, device, ask)
    if isinstance(session, DeviceForked):
        return session
    found = (hub.ledger.scope(scope) for scope in sorted(device.scopes))
    return Hello(
        *SERVED,
        now=instant_text(clock.now()),
        session=session,
        grants=device.grants,
        limits=Limits(),
        scopes=tuple(sync.state_of(scope) for scope in found if scope is not None),
    )


def _push(hub: Hub, device: Device, _request: Request, raw: bytes) -> Message:
    message = Push.decode(raw)
    if message.device != device.device:
        return sync.trouble("unknown_device")
    if message.scope not in device.scopes:
        return sync.trouble("no_grant", message.scope)
    return sync.push(hub.ledger, message)


def _pull(hub: Hub, device: Device, _request: Request, raw: bytes) -> Message:
    message = Pull.decode(raw)
    foreign = [want.scope for want in message.wants if want.scope not in device.scopes]
    if foreign:
        return sync.trouble("no_grant", foreign[0])
    return sync.pull(hub.ledger, message)


def _snapshot(hub: Hub, device: Device, request: Request, _raw: bytes) -> Message:
    scope = request.path_params["scope"]
    if scope not in device.scopes:
        return sync.trouble("no_grant", scope)
    noun, _bar, record_id = request.query_params.get("after", "").partition("|")
    most = request.query_params.get("most", str(MOST_HEADS))
    if not most.isascii() or not most.isdigit() or not 0 < int(most) <= MOST_HEADS:
        raise WireError("most: out of its range")
    return sync.snapshot(hub.ledger, scope, (noun, record_id), int(most))


def _digest(hub: Hub, device: Device, request: Request, _raw: bytes) -> Message:
    scope = request.path_params["scope"]
    if scope not in device.scopes:
        return sync.trouble("no_grant", scope)
    return sync.digest(hub.ledger, scope, request.query_params.get("prefix", ""))


_ROUTES: tuple[tuple[str, str, str, Answer], ...] = (
    (routes.HELLO, "GET", "Greet: what is served, and where the scopes stand", _hello),
    (routes.PUSH, "POST", "Hand in ops of one scope", _push),
    (routes.PULL, "POST", "Ask for what is new", _pull),
    (routes.SNAPSHOT, "GET", "Heads for an empty desk", _snapshot),
    (routes.DIGEST, "GET", "Digests of a scope and its parts", _digest),
)


def _add(app: FastAPI, path: str, method: str, summary: str, ask: Answer) -> None:
    async def endpoint(request: Request) -> Response:
        began = time.monotonic()
        raw = await _body(request)
        hub: Hub = request.app.state.hub
        if raw is None:
            said: Message = sync.trouble("too_large")
        else:
            said = await run_in_threadpool(hub.answer, ask, request, raw)
        _note(path, request, said, began)
        return _response(request, said)

    endpoint.__name__ = ask.__name__.strip("_")
    app.add_api_route(path, endpoint, methods=[method], summary=summary, response_class=Response)


def _add_health(app: FastAPI) -> None:
    @app.get(routes.HEALTHZ, summary="The process lives")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get(routes.READYZ, summary="The database answers and is up to date")
    async def readyz(request: Request, response: Response) -> dict[str, str]:
        hub: Hub = request.app.state.hub
        ready = await run_in_threadpool(hub.is_ready)
        response.status_code = 200 if ready else 503
        return {"status": "ready" if ready else "unready"}


async def _body(request: Request) -> bytes | None:
    """Read the body, and no more of it than may be; None if there is more."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > frame.MOST_PACKED:
            return None
    return bytes(raw)


def _unpacked(request: Request, raw: bytes) -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding == frame.ENCODING:
        return frame.unpack(raw)
    if encoding != "identity":
        raise WireError("another encoding")
    return raw


def _response(request: Request, said: Message) -> Response:
    body, headers = said.encode(), {"Cache-Control": "no-store"}
    status = 200
    if isinstance(said, _TROUBLES):
        status = troubles.status_of(said)
        if isinstance(said, Trouble) and said.wait_s:
            headers["Retry-After"] = str(said.wait_s)
    if frame.ENCODING in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = frame.pack(body), frame.ENCODING
    return Response(body, status, headers, routes.JSON)


def _note(path: str, request: Request, said: Message, began: float) -> None:
    told: dict[str, str | int] = {
        "route": path,
        "device": _clean(request.headers.get(routes.DEVICE, "")),
        "ms": round((time.monotonic() - began) * 1000),
    }
    if isinstance(said, _TROUBLES):
        alarm = isinstance(said, CursorAhead)
        journal.note(said.error, told, alarm=alarm)
    elif isinstance(said, Pushed):
        for answer in said.answers:
            told[answer.verdict] = int(told.get(answer.verdict, 0)) + 1
        journal.note("pushed", {**told, "scope": said.scope, "version": said.version})
    elif isinstance(said, Pulled):
        pages = [part for part in said.parts if isinstance(part, Page)]
        told["revisions"] = sum(len(page.revisions) for page in pages)
        if any(isinstance(part, CursorAhead) for part in said.parts):
            journal.note("cursor_ahead", told, alarm=True)
        journal.note("pulled", {**told, "scopes": len(said.parts)})
    else:
        journal.note("answered", told)


def _clean(device: str) -> str:
    # Whatever stands in a header may not write lines of its own into the log, nor a name.
    return device if len(device) <= 64 and device.replace("-", "").isalnum() else "?"
