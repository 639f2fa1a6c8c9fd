"""The real client on the real hub with no socket between, and a line that can be cut in either direction."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from fastapi import FastAPI

from desk.hub.main import create_app

Cut = Callable[[str], bool]
"""Asked with `there` before a request and `back` after its answer; True cuts the line at that place."""


class Line(httpx.BaseTransport):
    """Carries requests to the application in this process."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self._app, self._runner = app, runner
        self.cut: Cut = lambda _place: False
        self.asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.cut("there"):
            raise httpx.ConnectError("cut")
        self.asked += 1
        answer = self._runner.run(self._ask(request))
        if self.cut("back"):
            raise httpx.ReadError("cut")
        return answer

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        inner = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await httpx.ASGITransport(self._app).handle_async_request(inner)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        body = b"".join([piece async for piece in answer.stream])
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))


@contextmanager
def hub_on(database: str) -> Iterator[Line]:
    """Start the hub's application on a database and stop it at the end."""
    app = create_app(database, connections=2)
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        try:
            yield Line(app, runner)
        finally:
            runner.run(lifespan.__aexit__(None, None, None))
