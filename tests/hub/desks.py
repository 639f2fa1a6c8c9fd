"""PCs that are enrolled at a hub of the tests, and sign what they ask."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import psycopg
from httpx import Response

from desk import ids
from desk.hub import enrolment, register
from desk.wire import frame, routes, signing
from desk.wire.enrolling import Enrol
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.incoming import OpIn
from desk.wire.messages import Pull, Push, Pushed, Want
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from desk.wire.signing import Asked, Counter
from tests.hub.hub_ops import SCOPE
from tests.hub.in_process import InProcess


def county_of(connection: psycopg.Connection[Any]) -> str:
    """Return the county of the tests."""
    (row,) = connection.execute("SELECT county_id FROM county WHERE name = '示例县'").fetchall()
    return str(row[0])


def station_of(connection: psycopg.Connection[Any], scope: str = SCOPE) -> str:
    """Return the station of a scope, made if need be."""
    row = connection.execute("SELECT station_id FROM station WHERE scope_id = %s", (scope,)).fetchone()
    return (
        str(row[0]) if row else register.add_station(connection, county_of(connection), "邻站", scope=scope)
    )


def code_for(database: str, role: str = "station", scope: str = SCOPE) -> str:
    """Return a fresh code, as typed."""
    with psycopg.connect(database) as connection:
        if role == "station":
            return enrolment.new_code(connection, station=station_of(connection, scope)).code
        user = register.add_user(connection, county_of(connection), "王某某", role)
        return enrolment.new_code(connection, user=user).code


@dataclass
class Desk:
    """One device with its key, asking through the application."""

    client: InProcess
    device: str
    key: bytes = field(default_factory=lambda: ids.random_bytes(32))
    incarnation: str = "i1"
    counter: Counter = field(default_factory=Counter)

    def headers(self, method: str, path: str, query: str = "", body: bytes = b"") -> dict[str, str]:
        """Sign a request with the counter as it stands."""
        asked = Asked(method, path, query, body)
        signed = signing.sign(asked, self.device, self.incarnation, self.counter, self.key)
        return routes.headers(packed=bool(body)) | signed

    def post(self, route: str, raw: bytes) -> Response:
        """Send a message, with the next number."""
        self.counter = Counter(self.counter.session, self.counter.n + 1)
        packed = frame.pack(raw)
        return self.client.post(route, content=packed, headers=self.headers("POST", route, "", packed))

    def get(self, route: str, **query: str) -> Response:
        """Ask, with the next number."""
        self.counter = Counter(self.counter.session, self.counter.n + 1)
        return self._get(route, query)

    def hello(self, ask: HelloAsk) -> Response:
        """Greet; a greeting that is answered begins a session."""
        self.incarnation, self.counter = ask.incarnation, Counter(ask.session)
        answer = self._get(routes.HELLO, ask.query())
        if answer.status_code == 200:
            self.counter = Counter(Hello.decode(answer.content).session)
        return answer

    def push(self, *ops: Op, epoch: str, cursor: int = 0) -> Pushed:
        """Hand in ops of the station."""
        raw = self.push_of(*ops, epoch=epoch, cursor=cursor)
        answer = self.post(routes.PUSH, raw)
        assert answer.status_code == 200, answer.content
        return Pushed.decode(answer.content, Push.decode(raw))

    def push_of(self, *ops: Op, epoch: str, cursor: int = 0, scope: str = SCOPE) -> bytes:
        """Write a push."""
        given = tuple(OpIn(each.op, each.to_bytes()) for each in ops)
        return Push(self.device, self.incarnation, scope, epoch, SCHEMA, cursor, given).encode()

    def pull(self, epoch: str, cursor: int, scope: str = SCOPE) -> Response:
        """Ask for what is new."""
        return self.post(routes.PULL, Pull(SCHEMA, (Want(scope, epoch, cursor),)).encode())

    def _get(self, route: str, query: dict[str, str]) -> Response:
        text = urlencode(query)
        target = f"{route}?{text}" if text else route
        return self.client.get(target, headers=self.headers("GET", route, text))


def enrolled(
    database: str, client: InProcess, role: str = "station", scope: str = SCOPE, device: str = ""
) -> Desk:
    """Enrol a PC at a running hub and greet."""
    made = Desk(client, device or ids.new_id())
    code = code_for(database, role, scope).replace("-", "")
    # A PC of the county comes as the wizard leaves it; one of a station may have worked for long.
    empty = role != "station"
    ask = Enrol(code, made.device, signing.public_of(made.key), scope, empty=empty).encode()
    packed = frame.pack(ask)
    headers = made.headers("POST", routes.ENROLL, "", packed)
    answer = client.post(routes.ENROLL, content=packed, headers=headers)
    assert answer.status_code == 200, answer.content
    made.hello(HelloAsk(made.incarnation, 0, "first"))
    return made
