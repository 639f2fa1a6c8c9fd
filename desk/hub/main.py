"""The hub's application: its routes, and how an answer goes out.

FastAPI is told as little as possible: the messages are read by `desk/wire`, strictly, and off the event loop
(`endpoints.py`).
"""

import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from desk import __version__
from desk.hub import described, journal, sync
from desk.hub.admission import Admission, Visit
from desk.hub.endpoints import ROUTES, Answer, Hub, Message, told
from desk.hub.hold import MINDING, Hold
from desk.hub.minder import minding
from desk.hub.own_postgres import OwnPostgres
from desk.hub.postgres import open_pool
from desk.hub.settings import Settings
from desk.wire import frame, packing, routes, signing, troubles
from desk.wire.greeting import Hello
from desk.wire.messages import Page, Pulled, Pushed
from desk.wire.troubles import CursorAhead, DeviceForked, EpochChanged, Trouble

_YOUNG = 200_000
_TROUBLES = (EpochChanged, CursorAhead, DeviceForked, Trouble)


def create_app(conninfo: str, connections: int = 8, rounds: int = 16, own_in: Path | None = None) -> FastAPI:
    """Make the application of one worker on a database that is up to date.

    Args:
        conninfo: how to reach the database.
        connections: most connections at a time.
        rounds: how many desks may be at work at a time; others are told when to come.
        own_in: folder of the hub's own PostgreSQL, which is started again where it has ended.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = open_pool(conninfo, connections, walled=True)
        app.state.hub = Hub(pool)
        app.state.gate = Admission(rounds, rounds)
        journal.note("worker_started")
        try:
            async with _minded(app.state.hub, own_in):
                yield
        finally:
            await run_in_threadpool(pool.close)
            journal.note("worker_stopped")

    app = FastAPI(title="desk hub", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    _add_health(app)
    for path, method, summary, ask in ROUTES:
        _add(app, path, method, summary, told(ask))
    return app


def from_environment() -> FastAPI:
    """Make the application of a worker that the command line started."""
    settings = Settings.from_environment()
    journal.start(sys.stderr)
    # A push makes some ten thousand objects that hold each other in no circle: they are not looked through
    # again and again, and what the worker was built of not at all.
    gc.freeze()
    gc.set_threshold(_YOUNG)
    own_in = settings.folder if settings.own else None
    return create_app(settings.database, settings.connections, settings.rounds, own_in)


def _minded(hub: Hub, own_in: Path | None) -> AbstractAsyncContextManager[None]:
    if own_in is None:
        return nullcontext()
    return minding(OwnPostgres(own_in), Hold(own_in, MINDING), hub.is_ready)


def _add(app: FastAPI, path: str, method: str, summary: str, ask: Answer) -> None:
    async def endpoint(request: Request) -> Response:
        began = time.monotonic()
        raw = await _body(request)
        if raw is None:
            said: Message = sync.trouble("too_large")
        else:
            said = await _let_in(request, ask, raw)
        response = _response(request, said)
        _note(path, request, said, began, (len(raw or b""), len(response.body)))
        return response

    endpoint.__name__ = path.rpartition("/")[2]
    said = described.of(path)
    app.add_api_route(
        path, endpoint, methods=[method], summary=summary, response_class=Response, openapi_extra=said
    )


async def _let_in(request: Request, ask: Answer, raw: bytes) -> Message:
    """Answer if there is room. The body is there already: a slow line holds up nobody.

    Who asks is not known before the signature is checked, with the database and beside the loop
    (`endpoints.guarded`).
    """
    hub: Hub = request.app.state.hub
    visit = Visit(request.app.state.gate, request.client.host if request.client else "")
    if wait_s := visit.knock():
        return sync.trouble("busy", wait_s=wait_s)
    request.state.visit = visit
    try:
        return await run_in_threadpool(ask, hub, request, raw)
    finally:
        visit.end()


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


def _response(request: Request, said: Message) -> Response:
    body, headers = said.encode(), {"Cache-Control": "no-store"}
    status = 200
    if isinstance(said, _TROUBLES):
        status = troubles.status_of(said)
        if isinstance(said, Trouble) and said.wait_s:
            headers["Retry-After"] = str(said.wait_s)
    if isinstance(said, Hello):
        headers["Accept-Encoding"] = f"{frame.ENCODING}, {packing.NAME}"
    if frame.ENCODING in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = frame.pack(body), frame.ENCODING
    return Response(body, status, headers, routes.JSON)


def _note(path: str, request: Request, said: Message, began: float, size: tuple[int, int]) -> None:
    noted: dict[str, str | int] = {
        "route": path,
        "device": _clean(request.headers.get(signing.DEVICE, "")),
        "ms": round((time.monotonic() - began) * 1000),
        # Bodies as they travel, in bytes.
        "in": size[0],
        "out": size[1],
    }
    if isinstance(said, _TROUBLES):
        alarm = isinstance(said, CursorAhead)
        journal.note(said.error, noted, alarm=alarm)
    elif isinstance(said, Pushed):
        for answer in said.answers:
            noted[answer.verdict] = int(noted.get(answer.verdict, 0)) + 1
        journal.note("pushed", {**noted, "scope": said.scope, "version": said.version})
    elif isinstance(said, Pulled):
        pages = [part for part in said.parts if isinstance(part, Page)]
        noted["revisions"] = sum(len(page.revisions) for page in pages)
        if any(isinstance(part, CursorAhead) for part in said.parts):
            journal.note("cursor_ahead", noted, alarm=True)
        journal.note("pulled", {**noted, "scopes": len(said.parts)})
    else:
        journal.note("answered", noted)


def _clean(device: str) -> str:
    # Whatever stands in a header may not write lines of its own into the log, nor a name.
    return device if len(device) <= 64 and device.replace("-", "").isalnum() else "?"
